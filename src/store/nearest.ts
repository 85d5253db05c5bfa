import { dot } from "./packed.ts";
import { type Packed, type QuantizedQuery, quantizeQuery } from "./quantized.ts";
import type { VectorHit } from "./vector-store.ts";

/** A segment as the search sees it. */
export interface ScannedSegment {
  readonly packed: Packed;
  /** The ordinal of each row, or DELETED. */
  readonly ordinals: Uint32Array;
  /** The vector of a row, exact; overwritten by the next call. */
  vector(row: number): Float32Array;
}

/** Of the float32 arithmetic of a scan, relative to the largest product there can be. */
const ROUNDING = 1e-6;

/**
 * The `limit` passages with the largest dot product, best first, ties by ordinal; exact. All rows are scanned as 8-bit
 * numbers, which leaves each dot product uncertain by `margin` (Cauchy-Schwarz: |q·v - q'·v'| <= |q||v - v'| + |q - q'||v'|).
 * Only rows that may be among the best in spite of it are read and multiplied in full: a few hundred of 100,000.
 */
export function nearestOf(
  segments: readonly ScannedSegment[],
  query: Float32Array,
  limit: number,
  allows: (ordinal: number) => boolean,
): VectorHit[] {
  if (limit < 1) return [];
  const quantized = quantizeQuery(query);
  const scans = segments.map((segment) => ({ segment, scores: segment.packed.scan(quantized) }));
  const least = new Least(limit);
  for (const { segment, scores } of scans) {
    const { ordinals, packed } = segment;
    const fixed = fixedMargin(quantized, packed);
    for (let row = 0; row < packed.rows; row++) {
      const low = quantized.scale * (scores[row] ?? 0) - quantized.norm * (packed.errors[row] ?? 0) - fixed;
      if (low > least.value && allows(ordinals[row] ?? 0)) least.add(low);
    }
  }
  const hits: VectorHit[] = [];
  for (const { segment, scores } of scans) {
    const { ordinals, packed } = segment;
    const fixed = fixedMargin(quantized, packed);
    for (let row = 0; row < packed.rows; row++) {
      const high = quantized.scale * (scores[row] ?? 0) + quantized.norm * (packed.errors[row] ?? 0) + fixed;
      const ordinal = ordinals[row] ?? 0;
      if (high >= least.value && allows(ordinal)) hits.push({ ordinal, score: dot(query, segment.vector(row), 0) });
    }
  }
  return hits.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
}

function fixedMargin({ norm, error }: QuantizedQuery, { largest }: Packed): number {
  return (error + ROUNDING * norm) * largest;
}

/** The least of the `size` largest numbers added so far: a heap with the least on top. A class, as it is all state. */
class Least {
  readonly #heap: Float64Array;
  #count = 0;
  /** -Infinity until there are `size`. */
  value = Number.NEGATIVE_INFINITY;

  constructor(size: number) {
    this.#heap = new Float64Array(size);
  }

  add(number: number): void {
    const heap = this.#heap;
    if (this.#count < heap.length) {
      heap[this.#count++] = number;
      // Sorted is a heap already.
      if (this.#count === heap.length) this.value = heap.sort()[0] ?? 0;
      return;
    }
    let hole = 0;
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      const lower = heap[child] ?? 0;
      if (number <= lower) break;
      heap[hole] = lower;
      hole = child;
    }
    heap[hole] = number;
    this.value = heap[0] ?? 0;
  }
}
