import type { Embedder } from "../src/embedding/embedder.ts";
import { evaluateRetrieval } from "../src/evaluation/retrieval.ts";
import { type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { evaluationFolder } from "./paths.ts";

/** nDCG@10 of each method of retrieval, averaged over sets. */
export type Quality = ReadonlyMap<string, number>;

/** The sets of questions asked one by one: what a conversation leaves out is not for a model of passages to find. */
export async function singleQuestionSets(): Promise<RetrievalSet[]> {
  const sets = await readSets(evaluationFolder()).catch(() => []);
  return sets
    .flatMap((set) => (set.type === "retrieval" ? [set] : []))
    .filter(({ queries }) => queries.every(({ history = [] }) => history.length === 0));
}

export async function qualityOf(sets: readonly RetrievalSet[], embedder: Embedder): Promise<Quality> {
  const sums = new Map<string, number>();
  for (const set of sets) {
    for (const { of, figures } of await evaluateRetrieval(set, embedder)) {
      sums.set(of, (sums.get(of) ?? 0) + (figures["nDCG@10"]?.value ?? 0) / sets.length);
    }
  }
  return sums;
}
