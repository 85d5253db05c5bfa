import type { Tokenizer } from "./tokenizer.ts";
import { dot, makeUnit, toUnit } from "./vectors.ts";
import { batchesOf, type Window } from "./windows.ts";

/** One pooled vector a window, of any length. */
export type Run = (windows: readonly Window[]) => Promise<Float32Array[]>;

/** Words whose vectors are remembered: 20 MB at 256 numbers. */
const CACHED_WORDS = 16_384;
/** A word's tokens are its first ones: what goes on longer is no word. */
const LONGEST_WORD = 32;
/** An everyday word, against which the weight of others is measured; and the most that any has. */
const MEASURE = "water";
const MOST_WEIGHT = 8;
/** How far, of 1, a sum may lie outside the plane of its parts: rounding of 32-bit numbers is below it, a layer of attention far above. */
const OUT_OF_PLANE = 1e-4;

/**
 * Whether a model's vector of several tokens is a weighted sum of each token's own, as in a table of token vectors: then
 * a word alone has the vector that it has in a text. Told by whether that of two words lies in the plane of theirs.
 */
export async function isTokenTable(run: Run, tokenizer: Tokenizer): Promise<boolean> {
  const [a, b] = ["water", "music"].map((word) => bareTokens(tokenizer, word));
  if (!a || !b) return false;
  const windows = [a, b, Int32Array.of(...a, ...b)].map((tokens, text) => ({ text, tokens }));
  const [x, y, sum] = (await run(windows)).map(toUnit);
  if (!x || !y || !sum) return false;
  const across = perpendicular(y, x);
  const left = perpendicular(perpendicular(sum, x), toUnit(across));
  return Math.hypot(...across) > OUT_OF_PLANE && Math.hypot(...left) < OUT_OF_PLANE;
}

/** Vectors of single words by a model that is a table of token vectors, the special tokens left out. */
export function wordVectors(run: Run, tokenizer: Tokenizer, tokensARun: number) {
  const known = new Map<string, Float32Array>();

  async function inOrder(each: readonly Int32Array[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    const windows = each.map((tokens, text) => ({ text, tokens }));
    for (const batch of batchesOf(windows, tokensARun)) {
      const found = await run(batch);
      batch.forEach(({ text }, i) => {
        const vector = found[i];
        if (vector) vectors[text] = vector;
      });
    }
    return vectors;
  }

  async function learn(words: readonly string[]): Promise<Float32Array[]> {
    const learnt: Float32Array[] = [];
    const beside = bareTokens(tokenizer, MEASURE);
    const bare = words.map((word) => bareTokens(tokenizer, word));
    const [measure, ...vectors] = await inOrder([
      beside,
      ...bare,
      ...bare.map((own) => Int32Array.of(...own, ...beside)),
    ]);
    for (const i of words.keys()) {
      const own = vectors[i];
      const sum = vectors[words.length + i];
      if (!measure || !own || !sum) throw new Error("it gave fewer vectors than it was given words");
      const weight = weightOf(makeUnit(own), makeUnit(measure), makeUnit(sum));
      learnt[i] = own.map((value) => value * weight);
    }
    return learnt;
  }

  function remember(words: readonly string[], vectors: readonly Float32Array[]): void {
    if (known.size + words.length > CACHED_WORDS) known.clear();
    vectors.slice(0, CACHED_WORDS).forEach((vector, i) => {
      const word = words[i];
      if (word !== undefined) known.set(word, vector);
    });
  }

  return async (words: readonly string[]): Promise<Float32Array[]> => {
    const found = words.map((word) => known.get(word));
    const unknown = [...new Set(words.filter((_, i) => found[i] === undefined))];
    if (unknown.length === 0) return found.filter((vector) => vector !== undefined);
    const learnt = await learn(unknown);
    remember(unknown, learnt);
    const places = new Map(unknown.map((word, i) => [word, i]));
    return words.map((word, i) => {
      const vector = found[i] ?? learnt[places.get(word) ?? -1];
      if (vector === undefined) throw new Error("it gave fewer vectors than it was given words");
      return vector;
    });
  };
}

/**
 * How long a vector is beside another, from the directions of both and of their sum: of `a` and `b` in the sum
 * r·a + b, r. Each is of unit length, or zero.
 */
function weightOf(a: Float32Array, b: Float32Array, sum: Float32Array): number {
  const [alongA, alongB, between] = [dot(sum, a), dot(sum, b), dot(a, b)];
  // The same direction tells nothing; the word itself weighs as much as it does.
  if (1 - between * between < OUT_OF_PLANE) return 1;
  const weight = (alongA - alongB * between) / (alongB - alongA * between);
  return Number.isFinite(weight) ? Math.min(MOST_WEIGHT, Math.max(0, weight)) : 0;
}

function bareTokens({ encode, frame }: Tokenizer, word: string): Int32Array {
  const framed = encode(word);
  const start = frame.before.length;
  return framed.subarray(start, Math.min(start + LONGEST_WORD, framed.length - frame.after.length));
}

/** What of a vector is not along a unit vector. */
function perpendicular(vector: Float32Array, unit: Float32Array): Float32Array {
  const along = dot(vector, unit);
  return vector.map((value, i) => value - along * (unit[i] ?? 0));
}
