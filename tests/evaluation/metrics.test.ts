import { describe, expect, it } from "vitest";
import { hit, mean, ndcg } from "../../src/evaluation/metrics.ts";

const relevance = new Map([
  ["a", 2],
  ["b", 1],
]);

describe("ndcg", () => {
  it("is 1 for the ideal order, 0 for none, and what the formula gives between", () => {
    expect(ndcg(["a", "b", "x"], relevance, 10)).toBeCloseTo(1, 12);
    expect(ndcg(["x", "y"], relevance, 10)).toBe(0);
    expect(ndcg(["b", "a"], relevance, 10)).toBeCloseTo((1 + 2 / Math.log2(3)) / (2 + 1 / Math.log2(3)), 12);
    expect(ndcg(["x", "a"], relevance, 1)).toBe(0);
    expect(ndcg(["a"], new Map(), 10)).toBe(0);
  });
});

describe("hit", () => {
  it("asks whether one of the first k is relevant", () => {
    expect(hit(["x", "a"], relevance, 1)).toBe(0);
    expect(hit(["x", "a"], relevance, 2)).toBe(1);
  });
});

describe("mean", () => {
  it("is 0 of nothing", () => {
    expect(mean([])).toBe(0);
    expect(mean([1, 2])).toBe(1.5);
  });
});
