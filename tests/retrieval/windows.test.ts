import { describe, expect, it } from "vitest";
import { bestWindow, windowGains } from "../../src/retrieval/windows.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

const EAST = Float32Array.of(1, 0);
const NORTH = Float32Array.of(0, 1);
const many = (count: number, vector: Float32Array) => Array.from({ length: count }, () => vector);

describe("bestWindow", () => {
  it("is the cosine of a short passage", () => {
    expect(bestWindow(EAST, [EAST, NORTH])).toBeCloseTo(Math.SQRT1_2, 6);
    expect(bestWindow(EAST, [Float32Array.of(3, 0), Float32Array.of(0, 4)])).toBeCloseTo(0.6, 6);
  });

  it("finds what the mean of a long passage hides, wherever it stands", () => {
    const hidden = [...many(32, NORTH), ...many(16, EAST), ...many(40, NORTH)];
    expect(bestWindow(EAST, hidden)).toBeCloseTo(1, 6);
    expect(bestWindow(EAST, [...many(70, NORTH), ...many(10, EAST)])).toBeGreaterThan(0.7);
  });

  it("looks at every word", () => {
    for (const at of [0, 7, 15, 16, 23, 24, 39]) {
      const vectors = many(40, NORTH);
      vectors[at] = Float32Array.of(100, 0);
      expect(bestWindow(EAST, vectors)).toBeGreaterThan(0.95);
    }
  });

  it("passes over words that add nothing", () => {
    expect(bestWindow(EAST, many(20, Float32Array.of(0, 0)))).toBe(-1);
    expect(bestWindow(EAST, [])).toBe(-1);
  });
});

describe("windowGains", () => {
  const LONG = `${"The council met and spoke of many things. ".repeat(8)}The ferry broke down.`;
  const vectorsOf = fakeEmbedder();
  const withWords = {
    ...vectorsOf,
    words: (words: readonly string[]) => vectorsOf.embed(words, "passage"),
  };

  it("gives a long paragraph what its best window is nearer than the whole", async () => {
    const index = await indexOf({ notes: { title: "Notes", paragraphs: [LONG, "The ferry broke down."] } });
    const [question] = await vectorsOf.embed(["ferry broke down"], "query");
    const [long = 0, short = 1] = await windowGains(question ?? EAST, [0, 1], index, withWords);
    expect(long).toBeGreaterThan(0.15);
    expect(short).toBeLessThan(long);
    expect(await windowGains(question ?? EAST, [0, 1], index, vectorsOf)).toEqual([0, 0]);
  });
});
