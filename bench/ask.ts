import { cpus } from "node:os";
import { draftAnswer, type Timed } from "../src/answering/draft.ts";
import { extractiveAnswerer } from "../src/answering/extractive.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { indexPassages } from "../src/evaluation/retrieval.ts";
import { readSets } from "../src/evaluation/sets.ts";
import { hybridRetriever } from "../src/retrieval/retriever.ts";
import { standaloneQuestion } from "../src/retrieval/standalone.ts";
import { bundledModel, evaluationFolder } from "./paths.ts";
import { printTable } from "./table.ts";

const QUESTIONS = 150;
const LIMIT = 8;

/** What an answer costs beside the search that it rests on, in milliseconds; verification, which reads files, is left out. */
export async function benchAsk(): Promise<void> {
  const embedder = await loadEmbedder(bundledModel());
  const rows = [];
  for (const set of await readSets(evaluationFolder()).catch(() => [])) {
    if (set.type !== "retrieval") continue;
    const index = await indexPassages(set, embedder);
    const parts = {
      index,
      retriever: hybridRetriever(index, embedder),
      answerer: extractiveAnswerer(embedder),
      limit: LIMIT,
      filters: {},
    };
    const untimed: Timed = async (_, work) => work();
    const search: number[] = [];
    const whole: number[] = [];
    for (const query of set.queries.slice(0, QUESTIONS)) {
      search.push(await milliseconds(() => parts.retriever.retrieve(query.text, LIMIT)));
      const turns = (query.history ?? []).map((content) => ({ role: "user", content }) as const);
      whole.push(
        await milliseconds(() => {
          const question = standaloneQuestion(query.text, turns, index);
          return draftAnswer(question, { ...parts, conversation: { asked: query.text, turns } }, untimed);
        }),
      );
    }
    const [searched, asked] = [median(search), median(whole)];
    const slow = percentile(whole, 0.95);
    rows.push([
      set.name,
      index.passages.length.toLocaleString("en"),
      searched.toFixed(1),
      asked.toFixed(1),
      slow.toFixed(1),
      `${(asked / searched).toFixed(1)} x`,
    ]);
  }
  printTable(
    `ask: median ms a question of ${QUESTIONS}, ${cpus().length} cores`,
    ["set", "passages", "search alone", "answer", "answer p95", "answer/search"],
    rows,
  );
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}

const median = (values: readonly number[]) => percentile(values, 0.5);
