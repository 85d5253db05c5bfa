/**
 * The dot product of `a` with as many numbers of `b`, from place `from` on: the cosine, where both are of unit length.
 * Four sums, so that additions need not wait for each other.
 */
export function dot(a: Float32Array, b: Float32Array, from = 0): number {
  const dimension = a.length;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let i = 0;
  // Indices are within bounds, so the fallbacks never count; the engine drops them.
  for (; i + 3 < dimension; i += 4) {
    first += (a[i] ?? 0) * (b[from + i] ?? 0);
    second += (a[i + 1] ?? 0) * (b[from + i + 1] ?? 0);
    third += (a[i + 2] ?? 0) * (b[from + i + 2] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[from + i + 3] ?? 0);
  }
  for (; i < dimension; i++) first += (a[i] ?? 0) * (b[from + i] ?? 0);
  return first + second + (third + fourth);
}
