import { dot } from "../dot.ts";
import { BestHits } from "./best-hits.ts";
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
 * numbers, which leaves each dot product uncertain by a margin (Cauchy-Schwarz: |q·v - q'·v'| <= |q||v - v'| + |q - q'||v'|).
 * Those that look best are multiplied in full, which gives what has to be reached, and then those that may reach it in
 * spite of how they look: a few hundred of 100,000.
 */
export function nearestOf(
  segments: readonly ScannedSegment[],
  query: Float32Array,
  limit: number,
  allows: (ordinal: number) => boolean,
): VectorHit[] {
  if (limit < 1) return [];
  const quantized = quantizeQuery(query);
  const { scale, norm } = quantized;
  const scans = segments.map((segment) => ({ segment, scores: segment.packed.scan(quantized) }));
  const looking = new Least(limit);
  for (const { segment, scores } of scans) {
    const { ordinals, packed } = segment;
    for (let row = 0; row < packed.rows; row++) {
      const score = scores[row] ?? 0;
      if (score > looking.value && allows(ordinals[row] ?? 0)) looking.add(score);
    }
  }
  const hits = new BestHits(limit);
  const multiply = (segment: ScannedSegment, row: number) =>
    hits.add(segment.ordinals[row] ?? 0, dot(query, segment.vector(row)));
  for (const { segment, scores } of scans) {
    for (let row = 0; row < segment.packed.rows; row++) {
      if ((scores[row] ?? 0) >= looking.value && allows(segment.ordinals[row] ?? 0)) multiply(segment, row);
    }
  }
  for (const { segment, scores } of scans) {
    const { ordinals, packed } = segment;
    const fixed = fixedMargin(quantized, packed);
    for (let row = 0; row < packed.rows; row++) {
      const score = scores[row] ?? 0;
      if (score >= looking.value) continue;
      const most = scale * score + norm * (packed.errors[row] ?? 0) + fixed;
      if (most >= hits.least && allows(ordinals[row] ?? 0)) multiply(segment, row);
    }
  }
  return hits.sorted();
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
