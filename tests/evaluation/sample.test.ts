import { expect, test } from "vitest";
import { sampled } from "../../src/evaluation/sample.ts";
import type { RetrievalSet } from "../../src/evaluation/sets.ts";

function setOf(count: number): RetrievalSet {
  const queries = Array.from({ length: count }, (_, at) => ({ _id: `q${at}`, text: `question ${at}` }));
  const gold = queries.map((query) => ({ ...query, answers: [], answerable: false }));
  return { type: "retrieval", name: "set", passages: [], queries, relevance: new Map(), gold };
}

test("a small set is left as it is", () => {
  const set = setOf(5);
  expect(sampled(set, 5)).toBe(set);
});

test("a sample is in order, says that it is one, and hardly moves when questions are added", () => {
  const ids = (set: RetrievalSet) => set.queries.map(({ _id }) => _id);
  const some = sampled(setOf(100), 20);
  expect(some.name).toBe("set (sample)");
  expect(some.queries).toHaveLength(20);
  expect(some.gold.map(({ _id }) => _id)).toEqual(ids(some));
  expect(ids(some)).toEqual(ids(setOf(100)).filter((id) => ids(some).includes(id)));
  const more = ids(sampled(setOf(101), 20));
  expect(more.filter((id) => !ids(some).includes(id)).length).toBeLessThanOrEqual(1);
});
