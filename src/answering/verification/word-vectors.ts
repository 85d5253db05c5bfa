import { dot } from "../../dot.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { toUnit } from "../../embedding/vectors.ts";
import type { Word } from "./words.ts";

/** The cosine from which on two words are taken to speak of the same; docs/verification.md has the curve. */
export const NEAR_WORD = 0.3;

/** A word's vector of unit length, and how much the word says: an everyday word about 1. */
export interface WordVector {
  readonly unit: Float32Array;
  readonly weight: number;
}

/** The vectors of words in lower case. */
export type WordVectors = ReadonlyMap<string, WordVector>;

/** Words that were asked for, by the model: the statements of an answer cite the same passages. */
const known = new WeakMap<Embedder, Map<string, WordVector>>();
const KNOWN = 20_000;

/** Null where the model has no vectors of words. Throws ModelError. */
export async function wordVectors(words: readonly string[], embedder: Embedder): Promise<WordVectors | null> {
  const kept = known.get(embedder);
  const vectors = kept === undefined || kept.size > KNOWN ? new Map<string, WordVector>() : kept;
  known.set(embedder, vectors);
  const fresh = [...new Set(words)].filter((word) => !vectors.has(word));
  const found = await embedder.words?.(fresh);
  if (found === undefined) return null;
  fresh.forEach((word, i) => {
    const vector = found[i];
    if (vector !== undefined) vectors.set(word, { unit: toUnit(vector), weight: Math.sqrt(dot(vector, vector)) });
  });
  return vectors;
}

/** The cosine of two words; 0 where one is not known. */
export function cosineOf(a: Pick<Word, "plain">, b: Pick<Word, "plain">, vectors: WordVectors | null): number {
  const [one, other] = [vectors?.get(a.plain), vectors?.get(b.plain)];
  return one === undefined || other === undefined ? 0 : dot(one.unit, other.unit);
}
