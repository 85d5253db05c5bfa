import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Embedder } from "../src/embedding/embedder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import type { IndexedDocument } from "../src/types.ts";
import { differentParagraphs, paragraphs } from "./paragraphs.ts";
import { baselineModel, bundledModel, evaluationFolder, exampleCorpus } from "./paths.ts";
import { type Quality, qualityOf, singleQuestionSets } from "./quality.ts";
import { medianMs, printTable } from "./table.ts";

/** Paragraphs that each is timed on, the slowest on the fewest. */
const PARAGRAPHS = { lexical: 3_000, bundled: 3_000, baseline: 24 };
const ROUNDS = 3;
const QUESTION = "What did the Secretary commit to in 1996?";

interface Measured {
  readonly name: string;
  readonly rate: Rate;
  readonly megabytes: number;
  /** Milliseconds to embed a question; null where none is. */
  readonly questionMs: number | null;
  /** Different paragraphs, none of which was embedded before, a CPU second; null where there are none. */
  readonly different: number | null;
  /** Milliseconds of an `ask` on the example documents, from the start of its process to its end; null where not timed. */
  readonly firstAnswerMs: number | null;
  readonly quality: Quality;
  /** The methods of retrieval that the row is about. */
  readonly methods: readonly string[];
}

/** A document of these paragraphs alone. */
function documentOf(texts: readonly string[]): IndexedDocument {
  const documentId = "bench";
  const text = texts.join("\n");
  let end = -1;
  const passages = texts.map((one, i) => {
    const start = end + 1;
    end = start + one.length;
    return { passageId: `${documentId}#${i}`, documentId, label: "", start, end, text: one };
  });
  const file = { path: "bench.txt", mediaType: "text/plain", encoding: "utf-8", hash: "" };
  return { document: { documentId, ...file, title: "", date: null, source: null, people: [], text }, passages };
}

/**
 * What a model costs and gives: words alone, the bundled model, and the transformer it was distilled from where that is.
 * With `--quality` also how well each finds, over the sets of single questions; that takes minutes.
 */
export async function benchEmbed(flags: readonly string[]): Promise<void> {
  const sets = flags.includes("--quality") ? await singleQuestionSets() : [];
  if (flags.includes("--quality") && sets.length === 0) console.log(`embed: no question sets in ${evaluationFolder()}`);
  const bundled = await measureModel(bundledModel(), PARAGRAPHS.bundled, sets);
  const baseline = existsSync(baselineModel()) ? await measureModel(baselineModel(), PARAGRAPHS.baseline, sets) : null;
  const index = (texts: readonly string[]) => lexicalCodec.build([documentOf(texts)]);
  const lexical = {
    name: "words alone",
    rate: await rate(PARAGRAPHS.lexical, async (texts) => index(texts)),
    megabytes: 0,
    questionMs: null,
    different: await differentRate(PARAGRAPHS.lexical, async (texts) => index(texts)),
    firstAnswerMs: null,
    quality: bundled.quality,
    methods: ["lexical"],
  };
  const rows = [lexical, bundled, ...(baseline === null ? [] : [baseline])];
  printTable(
    `embed: ${cpus().length} cores, paragraphs of some 160 tokens put together from few words, then different ones of the question sets a CPU second${sets.length === 0 ? "" : `; nDCG@10 over ${sets.map(({ name }) => name).join(", ")}`}`,
    [
      "",
      ...(sets.length === 0 ? [] : ["one vector", "windows", "with words"]),
      "paragraphs/s",
      "a CPU second",
      "different",
      "ratio",
      "MB",
      "question ms",
      "first answer ms",
    ],
    rows.map((row) => [
      row.name,
      ...(sets.length === 0 ? [] : qualities(row)),
      row.rate.aSecond.toFixed(0),
      row.rate.aCpuSecond.toFixed(0),
      row.different?.toFixed(0) ?? "–",
      baseline === null ? "–" : `${(row.rate.aCpuSecond / baseline.rate.aCpuSecond).toFixed(0)} x`,
      row.megabytes.toFixed(1),
      row.questionMs?.toFixed(3) ?? "–",
      row.firstAnswerMs?.toFixed(0) ?? "–",
    ]),
  );
}

async function measureModel(folder: string, count: number, sets: Parameters<typeof qualityOf>[0]): Promise<Measured> {
  const firstAnswerMs = firstAnswer(folder);
  const embedder = await loadEmbedder(folder);
  return {
    name: embedder.id,
    rate: await rate(count, (texts) => embedAll(embedder, texts)),
    different: await differentRate(count, (texts) => embedAll(embedder, texts)),
    megabytes: bytesIn(folder) / 1e6,
    questionMs: await medianMs(100, (i) =>
      embedder.embed([`What was agreed on at meeting ${i} of the council?`], "query"),
    ),
    firstAnswerMs,
    quality: await qualityOf(sets, embedder),
    methods: ["cosine", "dense", "hybrid"],
  };
}

async function embedAll(embedder: Embedder, texts: readonly string[]): Promise<void> {
  for (let i = 0; i < texts.length; i += embedder.batchSize) {
    await embedder.embed(texts.slice(i, i + embedder.batchSize), "passage");
  }
}

interface Rate {
  /** The median of some rounds after one that is thrown away. */
  readonly aSecond: number;
  /** Over all rounds and threads: what a machine that others use too does not change much. */
  readonly aCpuSecond: number;
}

async function rate(count: number, index: (texts: readonly string[]) => Promise<unknown>): Promise<Rate> {
  const texts = paragraphs(count);
  await index(texts);
  const before = process.cpuUsage();
  const ms = await medianMs(ROUNDS, () => index(texts));
  const { user, system } = process.cpuUsage(before);
  return { aSecond: (count / ms) * 1000, aCpuSecond: (count * (ROUNDS + 1) * 1e6) / (user + system) };
}

/** Each round has texts of its own: what a model remembers of words, it has from others. */
async function differentRate(
  count: number,
  index: (texts: readonly string[]) => Promise<unknown>,
): Promise<number | null> {
  const texts = await differentParagraphs((ROUNDS + 1) * count);
  const [warmUp, ...rounds] = Array.from({ length: ROUNDS + 1 }, (_, i) =>
    texts.slice((i * texts.length) / (ROUNDS + 1), ((i + 1) * texts.length) / (ROUNDS + 1)),
  );
  if (warmUp === undefined || warmUp.length === 0) return null;
  await index(warmUp);
  const before = process.cpuUsage();
  for (const round of rounds) await index(round);
  const { user, system } = process.cpuUsage(before);
  return (rounds.flat().length * 1e6) / (user + system);
}

/** The median of several processes; null where the program is not built. */
function firstAnswer(model: string): number | null {
  const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
  if (!existsSync(cli)) {
    console.log("embed: the first answer is not timed, run `npm run build` first");
    return null;
  }
  const index = mkdtempSync(join(tmpdir(), "pilcrow-bench-"));
  const run = (...command: string[]) =>
    execFileSync(process.execPath, [cli, ...command, "--corpus", exampleCorpus(), "--index", index, "--model", model], {
      stdio: "pipe",
    });
  try {
    run("index");
    const times = Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      run("ask", QUESTION);
      return performance.now() - started;
    });
    return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? null;
  } finally {
    rmSync(index, { recursive: true, force: true });
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

function qualities({ methods, quality }: Measured): string[] {
  const shown = methods.map((method) => quality.get(method)?.toFixed(3) ?? "–");
  return shown.length === 1 ? ["–", "–", ...shown] : shown;
}
