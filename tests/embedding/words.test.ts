import { beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED, cosine, MINILM } from "./model-paths.ts";

describe("words of a table of token vectors", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder(BUNDLED);
  });

  const words = async (...each: string[]) => (await embedder.words?.(each)) ?? [];

  test("have a unit vector each, in order, the same from memory", async () => {
    const all = ["umbrella", "Perry", "umbrella", "unaffable", "핵우산"];
    const first = await words(...all);
    expect(first).toHaveLength(all.length);
    for (const vector of first) {
      expect(vector).toHaveLength(embedder.dimension);
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    }
    expect(first[2]).toEqual(first[0]);
    const again = await words("Perry", "never met", "umbrella");
    expect([again[0], again[2]]).toEqual([first[1], first[0]]);
  });

  test("lie nearer the words that are near in meaning", async () => {
    const [car, truck, poem] = await words("car", "truck", "poem");
    expect(cosine(car, truck)).toBeGreaterThan(cosine(car, poem) + 0.2);
  });

  test("are what a text's vector is the weighted sum of", async () => {
    const [a, b] = await words("nuclear", "umbrella");
    const [text] = await embedder.embed(["nuclear umbrella nuclear"], "passage");
    const ab = cosine(a, b);
    // The text's shares of both, by their angles; what is left of it outside their plane is nothing.
    const share = (one: number, other: number) => (one - ab * other) / (1 - ab * ab);
    const [ofA, ofB] = [share(cosine(text, a), cosine(text, b)), share(cosine(text, b), cosine(text, a))];
    expect(ofA).toBeGreaterThan(ofB);
    expect(ofB).toBeGreaterThan(0.1);
    const left = text?.map((value, i) => value - ofA * (a?.[i] ?? 0) - ofB * (b?.[i] ?? 0)) ?? [];
    expect(Math.hypot(...left)).toBeLessThan(1e-5);
  });

  test("without tokens have the zero vector; none have none", async () => {
    const [nothing, blank, word] = await words("", " \u0000", "word");
    expect([...(nothing ?? []), ...(blank ?? [])].every((value) => value === 0)).toBe(true);
    expect(cosine(word, word)).toBeCloseTo(1, 5);
    expect(await words()).toEqual([]);
  });

  test("are as many as one likes, past what is remembered", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `w${i}`);
    const vectors = await words(...many);
    expect(vectors).toHaveLength(many.length);
    const [some] = await words("w19999");
    expect(cosine(some, vectors[19_999])).toBeCloseTo(1, 5);
  });
});

test.skipIf(!MINILM)("a transformer has no vectors of words by themselves", async () => {
  expect((await loadEmbedder(MINILM ?? "")).words).toBeUndefined();
});
