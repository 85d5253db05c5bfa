import type { Matrix } from "./matrix.ts";

/** What Adam remembers of the gradients: the running mean of each, and of its square. */
export interface Moments {
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

const KEPT_MEAN = 0.9;
const KEPT_SQUARE = 0.999;
const EPSILON = 1e-8;

/**
 * One step of Adam (Kingma and Ba 2015) on all of `table`; `step` counts from 1. Leaves `gradient` at zero, ready for
 * the next batch.
 */
export function adamStep(table: Matrix, gradient: Float32Array, { mean, square }: Moments, step: number, rate: number) {
  const { data } = table;
  const squareBias = Math.sqrt(1 - KEPT_SQUARE ** step);
  const size = (rate * squareBias) / (1 - KEPT_MEAN ** step);
  const epsilon = EPSILON * squareBias;
  for (let i = 0; i < data.length; i++) {
    const slope = gradient[i] ?? 0;
    const m = KEPT_MEAN * (mean[i] ?? 0) + (1 - KEPT_MEAN) * slope;
    const v = KEPT_SQUARE * (square[i] ?? 0) + (1 - KEPT_SQUARE) * slope * slope;
    mean[i] = m;
    square[i] = v;
    // A row that no batch has touched yet stays where it is.
    if (v > 0) data[i] = (data[i] ?? 0) - (size * m) / (Math.sqrt(v) + epsilon);
  }
  gradient.fill(0);
}
