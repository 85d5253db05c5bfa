import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSettings } from "../src/config.ts";
import { modelSource } from "../src/embedding/source.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { type EvalText, paragraphOf, writeCorpus } from "./eval-text.ts";

/** Where a corpus of one size and its index are. */
export interface Place {
  readonly corpus: string;
  readonly index: string;
  readonly paragraphs: number;
}

export interface Build {
  /** Paragraphs a second, end to end: from files to an index on the disk. */
  readonly rate: number;
  /** Of the embedder alone, over the same text. */
  readonly embedderRate: number;
  /** The same build with all-MiniLM-L6-v2. */
  readonly miniLmRate: number;
  readonly bytesAParagraph: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const miniLm = fileURLToPath(new URL("../../shared/models/Xenova/all-MiniLM-L6-v2", import.meta.url));
/** Paragraphs that the embedder alone is measured with, and the slow model's build. */
const ALONE = 5000;
const SLOW = 150;

const modelOf = (folder?: string) =>
  modelSource(parseSettings(folder === undefined ? {} : { model: folder }, {}, root, root).model);

/** A folder of so many paragraphs; made once, as it is always the same. */
export async function withCorpus(folder: string, text: EvalText, paragraphs: number): Promise<Place> {
  const place = { corpus: join(folder, "corpus"), index: join(folder, "index"), paragraphs };
  if (!existsSync(place.corpus)) {
    await mkdir(folder, { recursive: true });
    await writeCorpus(`${place.corpus}.new`, text, paragraphs);
    await rename(`${place.corpus}.new`, place.corpus);
  }
  return place;
}

export async function buildRates({ corpus, index, paragraphs }: Place, text: EvalText): Promise<Build> {
  const bundled = modelOf();
  const embedder = await bundled.load();
  const texts = Array.from({ length: Math.min(paragraphs, ALONE) }, (_, i) => paragraphOf(text, i));
  await embedder.embed(texts.slice(0, 64), "passage");
  const started = performance.now();
  for (let at = 0; at < texts.length; at += embedder.batchSize)
    await embedder.embed(texts.slice(at, at + embedder.batchSize), "passage");
  const embedderRate = perSecond(texts.length, performance.now() - started);
  await rm(index, { recursive: true, force: true });
  const { passages, elapsedMs } = await buildOf(corpus, index, bundled);
  return {
    rate: perSecond(passages, elapsedMs),
    embedderRate,
    miniLmRate: await slowRate(text),
    bytesAParagraph: ((await bytesIn(index)) - (await bytesIn(corpus))) / passages,
  };
}

let measuredSlowRate: number | null = null;

/** Measured once a run: it does not depend on the size. */
async function slowRate(text: EvalText): Promise<number> {
  if (!existsSync(miniLm)) return Number.NaN;
  if (measuredSlowRate === null) {
    const folder = join(root, "node_modules/.cache/pilcrow-bench");
    await rm(folder, { recursive: true, force: true });
    const place = await withCorpus(folder, text, SLOW);
    const model = modelOf(miniLm);
    await model.load();
    const { passages, elapsedMs } = await buildOf(place.corpus, place.index, model);
    measuredSlowRate = perSecond(passages, elapsedMs);
    await rm(folder, { recursive: true, force: true });
  }
  return measuredSlowRate;
}

async function buildOf(folder: string, index: string, model: ReturnType<typeof modelSource>) {
  // What is built and shipped: from the sources no thread parses.
  const built: typeof import("../src/index-corpus.ts") = await import(
    new URL("../dist/index-corpus.js", import.meta.url).href
  );
  const store = vectraStore(index, lexicalCodec);
  const corpus = { folder, ignore: [index], maxFileBytes: 50e6 };
  for await (const event of built.indexCorpus(corpus, { model, store }, { rebuild: true }))
    if (event.type === "index-end") return event;
  throw new Error("indexing ends with index-end");
}

const perSecond = (count: number, milliseconds: number) => (1000 * count) / milliseconds;

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(join(folder, name));
    if (found.isFile()) sum += found.size;
  }
  return sum;
}
