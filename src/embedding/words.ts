import type { Tokenizer } from "./tokenizer.ts";
import { makeUnit, toUnit } from "./unit.ts";
import { batchesOf, type Window } from "./windows.ts";

/** One pooled vector a window, of any length. */
export type Run = (windows: readonly Window[]) => Promise<Float32Array[]>;

/** Words whose vectors are remembered: 20 MB at 256 numbers. */
const CACHED_WORDS = 16_384;
/** A word's tokens are its first ones: what goes on longer is no word. */
const LONGEST_WORD = 32;
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

  async function learn(words: readonly string[]): Promise<Float32Array[]> {
    const learnt: Float32Array[] = [];
    const windows = words.map((word, text) => ({ text, tokens: bareTokens(tokenizer, word) }));
    for (const batch of batchesOf(windows, tokensARun)) {
      const vectors = await run(batch);
      batch.forEach(({ text }, i) => {
        const vector = vectors[i];
        if (vector) learnt[text] = makeUnit(vector);
      });
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

function bareTokens({ encode, frame }: Tokenizer, word: string): Int32Array {
  const framed = encode(word);
  const start = frame.before.length;
  return framed.subarray(start, Math.min(start + LONGEST_WORD, framed.length - frame.after.length));
}

/** What of a vector is not along a unit vector. */
function perpendicular(vector: Float32Array, unit: Float32Array): Float32Array {
  const along = vector.reduce((sum, value, i) => sum + value * (unit[i] ?? 0), 0);
  return vector.map((value, i) => value - along * (unit[i] ?? 0));
}
