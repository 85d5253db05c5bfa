import { hash } from "node:crypto";
import type { RetrievalSet } from "./sets.ts";

/** A set with at most this many of its questions, the same at every run; its name says so. The passages stay. */
export function sampled(set: RetrievalSet, most: number): RetrievalSet {
  if (set.queries.length <= most && set.gold.length <= most) return set;
  return { ...set, name: `${set.name} (sample)`, queries: some(set.queries, most), gold: some(set.gold, most) };
}

/** In their order; which ones is decided by the hash of their ids, so that an added question moves few. */
function some<T extends { readonly _id: string }>(questions: readonly T[], most: number): T[] {
  const key = ({ _id }: T) => hash("sha256", _id);
  const last = questions.map(key).sort()[most - 1];
  return questions.filter((question) => last === undefined || key(question) <= last);
}
