import { dot } from "../dot.ts";

/** 1 / length, or 0 for a vector that has none (or is no number): an empty text must not become NaN. */
function scaleOf(vector: Float32Array): number {
  const scale = 1 / Math.sqrt(dot(vector, vector));
  return Number.isFinite(scale) ? scale : 0;
}

/** Adds the vector, brought to unit length, `weight` times. */
export function addUnit(sum: Float32Array, vector: Float32Array, weight: number): void {
  const scale = scaleOf(vector) * weight;
  if (scale === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) * scale;
}

/** Brings the vector itself to unit length, and gives it back; the zero vector stays. */
export function makeUnit(vector: Float32Array): Float32Array {
  const scale = scaleOf(vector);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * scale;
  return vector;
}

/** A copy of the vector at unit length. */
export function toUnit(vector: Float32Array): Float32Array {
  return makeUnit(vector.slice());
}
