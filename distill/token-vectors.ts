import { type Matrix, matrix } from "./matrix.ts";

/** From Arora et al. 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings": a / (a + p). */
const SMOOTHING = 1e-4;

/**
 * The start: the teacher's vector of each token alone, centred, and weighted down by how common the token is, its
 * frequency taken from Zipf's law over its rank in the vocabulary, which vocabularies are sorted by.
 * `vectors` is [size of the vocabulary, columns], zero for tokens without a text; a new matrix of that shape.
 */
export function weightedTokens({ data, rows, columns }: Matrix): Matrix {
  const mean = meanOf(data, rows, columns);
  const weighted = matrix(rows, columns);
  const harmonic = Array.from({ length: rows }, (_, rank) => 1 / (rank + 1)).reduce((sum, share) => sum + share, 0);
  for (let row = 0; row < rows; row++) {
    if (!isPresent(data, row, columns)) continue;
    const weight = SMOOTHING / (SMOOTHING + 1 / ((row + 1) * harmonic));
    for (let k = row * columns; k < (row + 1) * columns; k++) {
      weighted.data[k] = weight * ((data[k] ?? 0) - (mean[k % columns] ?? 0));
    }
  }
  return weighted;
}

function meanOf(data: Float32Array, rows: number, columns: number): Float64Array {
  const sum = new Float64Array(columns);
  let present = 0;
  for (let row = 0; row < rows; row++) {
    if (!isPresent(data, row, columns)) continue;
    present++;
    for (let k = 0; k < columns; k++) sum[k] = (sum[k] ?? 0) + (data[row * columns + k] ?? 0);
  }
  return sum.map((number) => number / Math.max(1, present));
}

function isPresent(data: Float32Array, row: number, columns: number): boolean {
  return data.subarray(row * columns, (row + 1) * columns).some((number) => number !== 0);
}
