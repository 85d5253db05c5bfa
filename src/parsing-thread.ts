// Run in a thread of its own by parsing-threads.ts: answers each list of files with what is in them, in order.
import { parentPort, workerData } from "node:worker_threads";
import { fileParser, type ParsedFiles, type ParsingOptions } from "./parse-files.ts";
import type { ChangedFile } from "./renamed-files.ts";
import type { Passage } from "./types.ts";

/** Passages go without their texts, which are cut out of the document's again. */
export type SentFiles = Omit<ParsedFiles, "documents"> & {
  readonly documents: readonly (Omit<ParsedFiles["documents"][number], "passages"> & {
    readonly passages: readonly Omit<Passage, "text">[];
  })[];
};

function sent({ documents, words, failed, unread }: ParsedFiles): SentFiles {
  const bare = documents.map((entry) => ({ ...entry, passages: entry.passages.map(({ text: _, ...rest }) => rest) }));
  return { documents: bare, words, failed, unread };
}

const options: ParsingOptions = workerData;
const parse = fileParser(options);
let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (files: readonly ChangedFile[]) => {
  last = last.then(async () => {
    const answer = sent(await parse(files));
    const { terms, termEnds, times, timeEnds } = answer.words;
    parentPort?.postMessage(answer, [terms.buffer, termEnds.buffer, times.buffer, timeEnds.buffer]);
  });
});
