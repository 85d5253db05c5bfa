import { FLOAT, node, value } from "./graph.ts";
import { type Matrix, matrix } from "./matrix.ts";
import { compile } from "./runtime.ts";

/** Rows a product at once: bounds the memory. */
const ROWS_AT_ONCE = 8192;

export interface Components {
  /** [columns of the vectors, count], orthonormal, by falling energy. */
  readonly basis: Matrix;
  /** The share of the vectors' squared length that the basis holds. */
  readonly energy: number;
}

/** The leading principal components of vectors that are not centred: cosines, not variances, are to be kept. */
export async function principalComponents(vectors: Matrix, count: number): Promise<Components> {
  const size = vectors.columns;
  const { values, vectors: eigenvectors } = eigenSymmetric(await gramOf(vectors), size);
  const order = Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const basis = matrix(size, count);
  for (const [column, which] of order.slice(0, count).entries()) {
    for (let row = 0; row < size; row++) basis.data[row * count + column] = eigenvectors[row * size + which] ?? 0;
  }
  const sum = (some: readonly number[]) => some.reduce((total, which) => total + (values[which] ?? 0), 0);
  return { basis, energy: sum(order.slice(0, count)) / sum(order) };
}

/** vectors x basis. */
export async function project(vectors: Matrix, basis: Matrix): Promise<Matrix> {
  const program = await compile({
    name: "projection",
    initializer: [],
    input: [value("vectors", FLOAT, ["n", "D"]), value("basis", FLOAT, ["D", "d"])],
    output: [value("projected", FLOAT, ["n", "d"])],
    node: [node("MatMul", ["vectors", "basis"], "projected")],
  });
  const projected = matrix(vectors.rows, basis.columns);
  const base = { data: basis.data, dims: [basis.rows, basis.columns] };
  for (const { start, data, dims } of slices(vectors)) {
    const output = await program({ vectors: { data, dims }, basis: base });
    projected.data.set(output("projected"), start * basis.columns);
  }
  return projected;
}

/** The sum of the outer products of the rows. */
async function gramOf(vectors: Matrix): Promise<Float64Array> {
  const program = await compile({
    name: "gram",
    initializer: [],
    input: [value("vectors", FLOAT, ["n", "D"])],
    output: [value("gram", FLOAT, ["D", "D"])],
    node: [node("Transpose", ["vectors"], "turned"), node("MatMul", ["turned", "vectors"], "gram")],
  });
  const sum = new Float64Array(vectors.columns ** 2);
  for (const { data, dims } of slices(vectors)) {
    const gram = (await program({ vectors: { data, dims } }))("gram");
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (gram[i] ?? 0);
  }
  return sum;
}

function* slices({ data, rows, columns }: Matrix) {
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const end = Math.min(rows, start + ROWS_AT_ONCE);
    yield { start, data: data.subarray(start * columns, end * columns), dims: [end - start, columns] };
  }
}

const MOST_SWEEPS = 30;

/**
 * Eigenvalues, and eigenvectors as columns, of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan,
 * "Matrix Computations", 8.5). Overwrites `a`.
 */
export function eigenSymmetric(a: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  // Kept as rows while rotating, which memory likes better than columns.
  const turned = new Float64Array(size * size);
  for (let i = 0; i < size; i++) turned[i * size + i] = 1;
  const at = (i: number, j: number) => a[i * size + j] ?? 0;
  let diagonal = 0;
  for (let i = 0; i < size; i++) diagonal += at(i, i) ** 2;
  const small = 1e-24 * (diagonal / size);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = at(p, q);
        if (off * off <= small) continue;
        rotated = true;
        const theta = (at(q, q) - at(p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotateColumns(a, size, p, q, c, t * c);
        rotateRows(a, size, p, q, c, t * c);
        rotateRows(turned, size, p, q, c, t * c);
      }
    }
    if (!rotated) break;
  }
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) vectors[j * size + i] = turned[i * size + j] ?? 0;
  }
  return { values: Float64Array.from({ length: size }, (_, i) => at(i, i)), vectors };
}

function rotateRows(a: Float64Array, size: number, p: number, q: number, c: number, s: number): void {
  const [first, second] = [p * size, q * size];
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[first + k] ?? 0, a[second + k] ?? 0];
    a[first + k] = c * x - s * y;
    a[second + k] = s * x + c * y;
  }
}

function rotateColumns(a: Float64Array, size: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[k * size + p] ?? 0, a[k * size + q] ?? 0];
    a[k * size + p] = c * x - s * y;
    a[k * size + q] = s * x + c * y;
  }
}
