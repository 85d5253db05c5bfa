import { BestHits } from "./best-hits.ts";
import type { VectorHit } from "./vector-store.ts";

/** Dot product of `query` with row `row` of a row-major matrix. Four sums, so that additions need not wait for each other. */
export function dot(query: Float32Array, vectors: Float32Array, row: number): number {
  const dimension = query.length;
  const offset = row * dimension;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  // Indices are within bounds, so the fallbacks never count; the engine drops them.
  for (; i + 3 < dimension; i += 4) {
    a += (query[i] ?? 0) * (vectors[offset + i] ?? 0);
    b += (query[i + 1] ?? 0) * (vectors[offset + i + 1] ?? 0);
    c += (query[i + 2] ?? 0) * (vectors[offset + i + 2] ?? 0);
    d += (query[i + 3] ?? 0) * (vectors[offset + i + 3] ?? 0);
  }
  for (; i < dimension; i++) a += (query[i] ?? 0) * (vectors[offset + i] ?? 0);
  return a + b + (c + d);
}

/** The `limit` rows with the largest dot product, best first, ties by ordinal; exact. Vectors of unit length: cosines. */
export function nearest(
  vectors: Float32Array,
  query: Float32Array,
  limit: number,
  allows?: (ordinal: number) => boolean,
): VectorHit[] {
  if (limit < 1 || query.length === 0) return [];
  const best = new BestHits(limit);
  const count = vectors.length / query.length;
  for (let ordinal = 0; ordinal < count; ordinal++) {
    if (allows && !allows(ordinal)) continue;
    const score = dot(query, vectors, ordinal);
    if (score > best.least) best.add(ordinal, score);
  }
  return best.sorted();
}

/** The dot product of each of these rows, in the order given. Throws RangeError for a row that is not there. */
export function similarities(vectors: Float32Array, query: Float32Array, ordinals: readonly number[]): number[] {
  return ordinals.map((ordinal) => {
    if (!(Number.isInteger(ordinal) && ordinal >= 0 && (ordinal + 1) * query.length <= vectors.length)) {
      throw new RangeError(`There is no passage ${ordinal}`);
    }
    return dot(query, vectors, ordinal);
  });
}
