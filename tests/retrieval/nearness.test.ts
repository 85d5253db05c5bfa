import { describe, expect, it } from "vitest";
import { nearnessTo } from "../../src/retrieval/nearness.ts";
import { fakeEmbedder } from "../fake-embedder.ts";

const VECTORS = new Map([
  ["boat", Float32Array.of(2, 0)],
  ["ferry", Float32Array.of(0.3, 0.4)],
  ["roof", Float32Array.of(-1, 0)],
  ["", Float32Array.of(0, 0)],
]);
const withWords = {
  ...fakeEmbedder(),
  words: async (words: readonly string[]) => words.map((word) => VECTORS.get(word) ?? Float32Array.of(0, 0)),
};

describe("nearnessTo", () => {
  it("is the cosine of two words, whatever they weigh, and never below 0", async () => {
    const near = await nearnessTo(["boat", ""], new Set(["ferry", "roof", "boat"]), withWords);
    expect(near(0, "ferry")).toBeCloseTo(0.6, 6);
    expect(near(0, "boat")).toBeCloseTo(1, 6);
    expect(near(0, "roof")).toBe(0);
    expect(near(1, "boat")).toBe(0);
    expect(near(0, "never compared")).toBe(0);
  });

  it("is 0 with a model that has no vectors of words", async () => {
    const near = await nearnessTo(["boat"], new Set(["boat"]), fakeEmbedder());
    expect(near(0, "boat")).toBe(0);
  });
});
