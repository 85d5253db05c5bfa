import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseSettings } from "../src/config.ts";
import { modelSource } from "../src/embedding/source.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { lexicalQuery } from "../src/retrieval/max-score.ts";
import { hybridRetriever } from "../src/retrieval/retriever.ts";
import { searchable } from "../src/retrieval/searchable.ts";
import { queryTerms } from "../src/retrieval/stopwords.ts";
import { vectraStore } from "../src/store/vectra.ts";
import type { EvalText } from "./eval-text.ts";
import type { Place } from "./index-build.ts";
import { medianMs, percentile } from "./table.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const child = fileURLToPath(new URL("index-minisearch.ts", import.meta.url));
const LIMIT = 20;
const SCANS = 9;

interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds a question; the baselines over the same vectors and the same texts. */
export async function searchTimes({ index: folder, corpus }: Place, { questions }: EvalText) {
  const open = await medianMs(3, async () => {
    const snapshot = await vectraStore(folder, lexicalCodec).open();
    return snapshot && searchable(snapshot);
  });
  const snapshot = await vectraStore(folder, lexicalCodec).open();
  if (snapshot === null) throw new Error(`there is no index in ${folder}`);
  const index = searchable(snapshot);
  const embedder = await modelSource(parseSettings({}, {}, root, root).model).load();
  const retriever = hybridRetriever(index, embedder);
  const hybrid = await timesOf(questions, (question) => retriever.retrieve(question, LIMIT));
  const filtered = await timesOf(questions, (question) => retriever.retrieve(question, LIMIT, { folders: ["part-3"] }));
  const lexical = await timesOf(questions, (question) =>
    lexicalQuery(index.lexical, [{ terms: queryTerms(question), weight: 1 }]).best(LIMIT),
  );
  const vectors = snapshot.vectorsOf([...index.passages.keys()]);
  const [query = new Float32Array()] = await embedder.embed([questions[0] ?? ""], "query");
  const scan = await medianMs(SCANS, () => scanned(vectors, query));
  return { open, hybrid, filtered, lexical, scan, miniSearch: await miniSearchMs(corpus) };
}

async function timesOf(questions: readonly string[], ask: (question: string) => unknown): Promise<Times> {
  // The engine compiles what it sees often.
  for (const question of questions.slice(0, 40)) await ask(question);
  const times: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    await ask(question);
    times.push(performance.now() - started);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** The dot product of every row, and the best of them: a loop as anybody would write it. */
function scanned(vectors: Float32Array, query: Float32Array): { readonly row: number; readonly score: number }[] {
  const best: { row: number; score: number }[] = [];
  for (let row = 0; row * query.length < vectors.length; row++) {
    let score = 0;
    const at = row * query.length;
    for (let i = 0; i < query.length; i++) score += (query[i] ?? 0) * (vectors[at + i] ?? 0);
    if (best.length < LIMIT || score > (best.at(-1)?.score ?? 0)) {
      best.push({ row, score });
      best.sort((a, b) => b.score - a.score);
      best.length = Math.min(best.length, LIMIT);
    }
  }
  return best;
}

/** In a process of its own: at 100,000 paragraphs it takes gigabytes. */
async function miniSearchMs(corpus: string): Promise<number> {
  const args = ["--max-old-space-size=12000", "--import", "tsx", child, corpus];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return Number(stdout.trim().split("\n").at(-1));
}
