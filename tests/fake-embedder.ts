import type { Embedder, EmbedderIdentity } from "../src/embedding/embedder.ts";

/**
 * Deterministic stand-in for a model: each word (lower-cased letters and digits) adds one to a coordinate chosen by its
 * hash, then the vector is made of unit length. Texts that share words are near; a text without words is the zero vector.
 */
export function fakeEmbedder(options: Partial<EmbedderIdentity> = {}): Embedder {
  const { id = "fake", dimension = 64 } = options;
  return {
    id,
    dimension,
    hash: options.hash ?? `${id}-${dimension}`,
    batchSize: 16,
    embed: async (texts) => texts.map((text) => vectorOf(text, dimension)),
  };
}

function vectorOf(text: string, dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    let hash = 2166136261; // FNV-1a
    for (const character of word) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
    const coordinate = (hash >>> 0) % dimension;
    vector[coordinate] = (vector[coordinate] ?? 0) + 1;
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
