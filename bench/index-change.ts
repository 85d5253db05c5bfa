import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSettings } from "../src/config.ts";
import { modelSource } from "../src/embedding/source.ts";
import { indexCorpus } from "../src/index-corpus.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { type EvalText, fileName, fileText } from "./eval-text.ts";
import type { Place } from "./index-build.ts";
import { percentile } from "./table.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** More than the segments that are kept before some are merged, so that merging is among what is measured. */
const CHANGES = 11;

/** What it takes to find and index one file of 50 new paragraphs, the model loaded, with everything checked anew. */
export async function changeCosts(
  { corpus: folder, index, paragraphs }: Place,
  text: EvalText,
): Promise<{ readonly median: number; readonly worst: number }> {
  const model = modelSource(parseSettings({}, {}, root, root).model);
  await model.load();
  const corpus = { folder, ignore: [index], maxFileBytes: 50e6 };
  const run = async () => {
    for await (const event of indexCorpus(corpus, { model, store: vectraStore(index, lexicalCodec) }))
      if (event.type === "index-end") return event.elapsedMs;
    return Number.NaN;
  };
  const changed = join(folder, fileName(Math.floor(paragraphs / 100)));
  const original = await readFile(changed);
  const times: number[] = [];
  for (let i = 0; i <= CHANGES; i++) {
    await writeFile(changed, fileText(text, 0, 50, i + 1));
    times.push(await run());
  }
  await writeFile(changed, original);
  await run();
  return { median: percentile(times.slice(1), 0.5), worst: Math.max(...times.slice(1)) };
}
