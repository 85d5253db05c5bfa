/** Run by parsing-threads.test.ts, as threads do not start in a test: says whether threads parse as this thread does. */
import { isDeepStrictEqual } from "node:util";
import { fileParser } from "../src/parse-files.ts";
import { startParsers } from "../src/parsing-threads.ts";
import { scan } from "../src/read-corpus.ts";
import type { ChangedFile } from "../src/renamed-files.ts";
import { serializePostings } from "../src/retrieval/postings.ts";
import { wordCollector } from "../src/retrieval/word-collector.ts";

const [folder = ""] = process.argv.slice(2);
const corpus = { folder, ignore: [], maxFileBytes: 1e6 };
const { metadata, files } = await scan(corpus);
const options = { folder, maxFileBytes: 1e6, metadata };
const gone = { path: "gone.txt", size: 1, stamp: "" };
const toParse = [...files, gone].map((file): ChangedFile => ({ file, change: "added", listed: "", before: null }));

const here = fileParser({ ...options, reader: 0 });
const threads = await startParsers(options, Number.POSITIVE_INFINITY);
const [expected, found] = [wordCollector(), wordCollector()];
let isSame = true;
for (const [at, file] of toParse.entries()) {
  const [one, other] = await Promise.all([here([file]), threads.parse(at % threads.count, [file])]);
  isSame &&= isDeepStrictEqual([other.documents, other.failed], [one.documents, one.failed]);
  expected.add(one.words);
  found.add(other.words);
}
await threads.end();
const samePostings = isDeepStrictEqual(serializePostings(found.take()), serializePostings(expected.take()));
console.log(JSON.stringify({ threads: threads.count, files: toParse.length, isSame, samePostings }));
