import { beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { toUnit as unitOf } from "../../src/embedding/vectors.ts";
import { wordTable } from "../../src/embedding/words.ts";
import { BUNDLED, cosine, MINILM } from "./model-paths.ts";

describe("words of a table of token vectors", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder(BUNDLED);
  });

  const words = async (...each: string[]) => (await embedder.words?.(each)) ?? [];

  test("have a vector each, in order, the same from memory", async () => {
    const all = ["umbrella", "Perry", "umbrella", "unaffable", "핵우산"];
    const first = await words(...all);
    expect(first).toHaveLength(all.length);
    for (const vector of first) {
      expect(vector).toHaveLength(embedder.dimension);
      expect(lengthOf(vector)).toBeGreaterThan(0.1);
    }
    expect(first[2]).toEqual(first[0]);
    const again = await words("Perry", "never met", "umbrella");
    expect([again[0], again[2]]).toEqual([first[1], first[0]]);
  });

  test("lie nearer the words that are near in meaning", async () => {
    const [car, truck, poem] = await words("car", "truck", "poem");
    expect(cosine(toUnit(car), toUnit(truck))).toBeGreaterThan(cosine(toUnit(car), toUnit(poem)) + 0.2);
  });

  test("weigh little where they say little", async () => {
    const [the, of, water, allotment] = (await words("the", "of", "water", "allotment")).map(lengthOf);
    expect(water).toBeCloseTo(1, 5);
    expect(Math.max(the ?? 1, of ?? 1)).toBeLessThan(0.5);
    expect(allotment).toBeGreaterThan(0.8);
  });

  test("add up to the vector of a text", async () => {
    const text = "The nuclear umbrella was reaffirmed; the allotments, 핵우산, were not";
    const each = await words(...(text.match(/[\p{L}]+|[;,]/gu) ?? []));
    const sum = Float32Array.from({ length: embedder.dimension }, (_, i) =>
      each.reduce((total, vector) => total + (vector[i] ?? 0), 0),
    );
    // What the tokens around a text add is not in its words.
    const [first] = await embedder.embed([text], "passage");
    expect(cosine(toUnit(sum), first)).toBeGreaterThan(0.98);
  });

  test("without tokens have the zero vector; none have none", async () => {
    const [nothing, blank, word] = await words("", " \u0000", "word");
    expect([...(nothing ?? []), ...(blank ?? [])].every((value) => value === 0)).toBe(true);
    expect(lengthOf(word)).toBeGreaterThan(0.1);
    expect(await words()).toEqual([]);
  });

  test("are as many as one likes, past what is remembered", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `w${i}`);
    const vectors = await words(...many);
    expect(vectors).toHaveLength(many.length);
    const [some] = await words("w19999");
    expect(some).toEqual(vectors[19_999]);
  });
});

describe("windows of words", () => {
  const EAST = Float32Array.of(1, 0);
  const VECTORS: Readonly<Record<string, readonly number[]>> = {
    n: [0, 1],
    e: [1, 0],
    E: [7, 0],
    z: [0, 0],
    "~": [1, 0.5],
  };
  const letters = Object.keys(VECTORS);
  /** Each letter is a token, and "water", against which words are weighed, the last of them. */
  const tokenizer = {
    encode: (text: string) =>
      Int32Array.from(text === "water" ? [letters.indexOf("~")] : [...text].map((letter) => letters.indexOf(letter))),
    frame: { before: [], after: [] },
    pad: 0,
  };
  const run = async (windows: readonly { readonly tokens: Int32Array }[]) =>
    windows.map(({ tokens }) => {
      const parts = [...tokens].map((token) => VECTORS[letters[token] ?? ""] ?? []);
      return unitOf(Float32Array.of(...[0, 1].map((k) => parts.reduce((sum, part) => sum + (part[k] ?? 0), 0))));
    });
  const many = (count: number, word: string) => Array.from({ length: count }, () => word);
  const best = (...texts: string[][]) => wordTable(run, tokenizer, 1000, 2).bestWindows(EAST, texts, 8);

  test("the cosine of a short text is its own", async () => {
    const [even = 0, east = 0] = await best(["e", "n"], ["E", "n", "n"]);
    expect(even).toBeCloseTo(Math.SQRT1_2, 3);
    expect(east).toBeCloseTo(7 / Math.hypot(7, 2), 2);
  });

  test("what the mean of a long text hides is found, wherever it stands", async () => {
    const hidden = [...many(32, "n"), ...many(16, "e"), ...many(40, "n")];
    const [whole = 0, half = 0] = await best(hidden, [...many(70, "n"), ...many(10, "e")]);
    expect(whole).toBeCloseTo(1, 3);
    expect(half).toBeGreaterThan(0.7);
    for (const at of [0, 7, 15, 16, 23, 24, 39]) {
      const words = many(40, "nz");
      words[at] = "EEE";
      expect((await best(words))[0]).toBeGreaterThan(0.7);
    }
  });

  test("texts do not run into each other; one that says nothing has none", async () => {
    const texts = [many(8, "n"), many(8, "e"), [], many(20, "z"), many(3, "e")];
    expect((await best(...texts)).map((value) => Math.round(100 * value))).toEqual([0, 100, -100, -100, 100]);
    expect(await best()).toEqual([]);
    const lots = Array.from({ length: 60 }, (_, i) => many(1 + i, i % 2 === 0 ? "e" : "n"));
    expect((await best(...lots)).map(Math.round)).toEqual(lots.map((_, i) => (i % 2 === 0 ? 1 : 0)));
  });
});

test.skipIf(!MINILM)("a transformer has no vectors of words by themselves", async () => {
  expect((await loadEmbedder(MINILM ?? "")).words).toBeUndefined();
});

function lengthOf(vector: Float32Array | undefined): number {
  return Math.hypot(...(vector ?? []));
}

function toUnit(vector: Float32Array | undefined): Float32Array {
  return unitOf(vector ?? new Float32Array());
}
