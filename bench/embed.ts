import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Embedder } from "../src/embedding/embedder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { timesIn } from "../src/retrieval/passage-times.ts";
import { terms } from "../src/retrieval/tokenize.ts";
import { buildPostings } from "../src/retrieval/word-collector.ts";
import { paragraphs } from "./paragraphs.ts";
import { baselineModel, bundledModel, evaluationFolder } from "./paths.ts";
import { type Quality, qualityOf, singleQuestionSets } from "./quality.ts";
import { medianMs, printTable } from "./table.ts";

/** Paragraphs that each is timed on, the slowest on the fewest. */
const PARAGRAPHS = { lexical: 3_000, bundled: 3_000, baseline: 24 };
const ROUNDS = 3;

interface Measured {
  readonly name: string;
  readonly rate: Rate;
  readonly megabytes: number;
  /** Milliseconds to embed a question; null where none is. */
  readonly questionMs: number | null;
  readonly start: z.infer<typeof Start> | null;
  readonly quality: Quality;
  /** The methods of retrieval that the row is about. */
  readonly methods: readonly string[];
}

const Start = z.object({ loaded: z.number(), asked: z.number() });

/**
 * What a model costs and gives: words alone, the bundled model, and the transformer it was distilled from where that is.
 * With `--quality` also how well each finds, over the sets of single questions; that takes minutes.
 */
export async function benchEmbed(flags: readonly string[]): Promise<void> {
  const sets = flags.includes("--quality") ? await singleQuestionSets() : [];
  if (flags.includes("--quality") && sets.length === 0) console.log(`embed: no question sets in ${evaluationFolder()}`);
  const bundled = await measureModel(bundledModel(), PARAGRAPHS.bundled, sets);
  const baseline = existsSync(baselineModel()) ? await measureModel(baselineModel(), PARAGRAPHS.baseline, sets) : null;
  const lexical = {
    name: "words alone",
    rate: await rate(PARAGRAPHS.lexical, async (texts) =>
      buildPostings(texts.map((text) => ({ terms: terms(text), times: timesIn(text) }))),
    ),
    megabytes: 0,
    questionMs: null,
    start: null,
    quality: bundled.quality,
    methods: ["lexical"],
  };
  const rows = [lexical, bundled, ...(baseline === null ? [] : [baseline])];
  printTable(
    `embed: ${cpus().length} cores, paragraphs of some 160 tokens${sets.length === 0 ? "" : `; nDCG@10 over ${sets.map(({ name }) => name).join(", ")}`}`,
    [
      "",
      ...(sets.length === 0 ? [] : ["alone", "with words"]),
      "paragraphs/s",
      "a CPU second",
      "ratio",
      "MB",
      "question ms",
      "load ms",
      "first question ms",
    ],
    rows.map((row) => [
      row.name,
      ...(sets.length === 0 ? [] : qualities(row)),
      row.rate.aSecond.toFixed(0),
      row.rate.aCpuSecond.toFixed(0),
      baseline === null ? "–" : `${(row.rate.aCpuSecond / baseline.rate.aCpuSecond).toFixed(0)} x`,
      row.megabytes.toFixed(1),
      row.questionMs?.toFixed(3) ?? "–",
      row.start?.loaded.toFixed(0) ?? "–",
      row.start?.asked.toFixed(0) ?? "–",
    ]),
  );
}

async function measureModel(folder: string, count: number, sets: Parameters<typeof qualityOf>[0]): Promise<Measured> {
  const start = startOf(folder);
  const embedder = await loadEmbedder(folder);
  return {
    name: embedder.id,
    rate: await rate(count, (texts) => embedAll(embedder, texts)),
    megabytes: bytesIn(folder) / 1e6,
    questionMs: await medianMs(100, (i) =>
      embedder.embed([`What was agreed on at meeting ${i} of the council?`], "query"),
    ),
    start,
    quality: await qualityOf(sets, embedder),
    methods: ["dense", "hybrid"],
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

function startOf(folder: string): z.infer<typeof Start> {
  const script = fileURLToPath(new URL("first-question.ts", import.meta.url));
  const options = { encoding: "utf8" } as const;
  return Start.parse(JSON.parse(execFileSync(process.execPath, ["--import", "tsx", script, folder], options)));
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

function qualities({ methods, quality }: Measured): string[] {
  const shown = methods.map((method) => quality.get(method)?.toFixed(3) ?? "–");
  return shown.length === 1 ? [...shown, "–"] : shown;
}
