import { dot } from "../dot.ts";
import { BestHits } from "./best-hits.ts";
import type { VectorHit } from "./vector-store.ts";

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
    const score = dot(query, vectors, ordinal * query.length);
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
    return dot(query, vectors, ordinal * query.length);
  });
}
