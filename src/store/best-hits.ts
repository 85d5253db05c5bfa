import type { VectorHit } from "./vector-store.ts";

/**
 * The `limit` best of the hits added so far, ties by ordinal: a heap with the worst on top, O(log limit) a hit. A class,
 * as it is all state.
 */
export class BestHits {
  readonly #limit: number;
  readonly #heap: VectorHit[] = [];
  /** What a hit has to reach to be among the best: -Infinity until there are `limit`. */
  least = Number.NEGATIVE_INFINITY;

  /** At least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(ordinal: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#limit) {
      heap.push({ ordinal, score });
      // Sorted is a heap already.
      if (heap.length === this.#limit) this.least = heap.sort(worstFirst)[0]?.score ?? 0;
      return;
    }
    const hit = { ordinal, score };
    const worst = heap[0];
    if (worst === undefined || worstFirst(hit, worst) <= 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let lower = left;
      if (right && worstFirst(right, left) < 0) {
        lower = right;
        child++;
      }
      if (worstFirst(hit, lower) <= 0) break;
      heap[hole] = lower;
      hole = child;
    }
    heap[hole] = hit;
    this.least = heap[0]?.score ?? 0;
  }

  /** Best first. Nothing can be added after it. */
  sorted(): VectorHit[] {
    return this.#heap.sort((a, b) => worstFirst(b, a));
  }
}

function worstFirst(a: VectorHit, b: VectorHit): number {
  return a.score - b.score || b.ordinal - a.ordinal;
}
