import type { Pooling } from "../config/model.ts";

/** One vector of the first `count` of `width` token vectors, row after row in `hidden`; the rest is padding. */
export function pooled(hidden: Float32Array, count: number, width: number, way: Pooling): Float32Array {
  const dimension = hidden.length / width;
  const token = (at: number) => hidden.subarray(at * dimension, (at + 1) * dimension);
  if (way === "cls") return token(0);
  if (way === "last") return token(Math.max(0, count - 1));
  const mean = new Float32Array(dimension);
  for (let at = 0; at < count * dimension; at++) {
    mean[at % dimension] = (mean[at % dimension] ?? 0) + (hidden[at] ?? 0) / count;
  }
  return mean;
}
