import { addToRows, type Bags, bagCount, bagLength, sumsOf } from "./bags.ts";
import { type Matrix, matrix } from "./matrix.ts";

export interface RidgeOptions {
  /** How strongly the start is held to: the weight of its squared distance. */
  readonly lambda: number;
  /** The steps end when the residual is this share of the first, or after `mostSteps`. */
  readonly tolerance: number;
  readonly mostSteps: number;
  readonly onStep?: (step: number, residual: number) => void;
}

const BAGS_AT_ONCE = 1024;

/**
 * The table of token vectors W that minimises sum over texts |mean of the text's rows of W - target|² + lambda |W -
 * start|², by conjugate gradients with the diagonal as preconditioner (Shewchuk 1994), all columns at once.
 * `targets` is [bags, columns]; the result has the shape of `start`.
 */
export function ridge(bags: Bags, targets: Matrix, start: Matrix, options: RidgeOptions): Matrix {
  const { lambda, tolerance, mostSteps, onStep } = options;
  const { columns } = start;
  const solution = matrix(start.rows, columns, start.data.slice());
  const diagonal = diagonalOf(bags, start.rows, lambda);
  // At the start lambda's part is nothing, so the residual is that of the texts alone.
  const residual = matrix(start.rows, columns);
  throughTexts(bags, solution, residual, targets.data);
  const conditioned = condition(residual, diagonal);
  const direction = matrix(start.rows, columns, conditioned.slice());
  let products = columnProducts(residual.data, conditioned, columns);
  const first = total(products);
  for (let step = 1; step <= mostSteps; step++) {
    const image = matrix(
      start.rows,
      columns,
      direction.data.map((number) => number * lambda),
    );
    throughTexts(bags, direction, image, null);
    const length = quotients(products, columnProducts(direction.data, image.data, columns));
    addColumns(solution.data, direction.data, length);
    addColumns(
      residual.data,
      image.data,
      length.map((number) => -number),
    );
    const next = condition(residual, diagonal);
    const nextProducts = columnProducts(residual.data, next, columns);
    const turn = quotients(nextProducts, products);
    for (let i = 0; i < next.length; i++) {
      direction.data[i] = (next[i] ?? 0) + (turn[i % columns] ?? 0) * (direction.data[i] ?? 0);
    }
    products = nextProducts;
    const left = Math.sqrt(total(products) / first);
    onStep?.(step, left);
    if (!(left > tolerance)) break;
  }
  return solution;
}

/**
 * The factor that brings the means of the texts' rows of `start` nearest to the targets. Without it what the texts
 * moved would be several times as long as what they left where it was, and drown it.
 */
export function bestScale(bags: Bags, targets: Matrix, start: Matrix): number {
  let along = 0;
  let squares = 0;
  eachMean(bags, start, (mean, cell) => {
    along += mean * (targets.data[cell] ?? 0);
    squares += mean * mean;
    return 0;
  });
  return squares > 0 && along > 0 ? along / squares : 1;
}

/** Adds X'X `from` to `to`, or X'(`targets` - X `from`), where X takes the mean of each text. */
function throughTexts(bags: Bags, from: Matrix, to: Matrix, targets: Float32Array | null): void {
  const change = (mean: number, cell: number) => (targets === null ? mean : (targets[cell] ?? 0) - mean);
  eachMean(bags, from, change, to);
}

/** Calls `change` with each number of each text's mean, and adds what it gives, shared by the text's rows, to `to`. */
function eachMean(bags: Bags, from: Matrix, change: (mean: number, cell: number) => number, to?: Matrix): void {
  const { columns } = from;
  for (let start = 0; start < bagCount(bags); start += BAGS_AT_ONCE) {
    const which = Int32Array.from({ length: Math.min(BAGS_AT_ONCE, bagCount(bags) - start) }, (_, i) => start + i);
    const values = sumsOf(bags, which, from);
    for (let i = 0; i < which.length; i++) {
      const share = 1 / Math.max(1, bagLength(bags, start + i));
      for (let k = 0; k < columns; k++) {
        const at = i * columns + k;
        values[at] = share * change((values[at] ?? 0) * share, start * columns + at);
      }
    }
    if (to !== undefined) addToRows(bags, which, values, to);
  }
}

/** The diagonal of X'X + lambda; a token's repetitions within a text are taken one by one, which is near enough. */
function diagonalOf(bags: Bags, rows: number, lambda: number): Float32Array {
  const diagonal = new Float32Array(rows).fill(lambda);
  for (let bag = 0; bag < bagCount(bags); bag++) {
    const share = 1 / Math.max(1, bagLength(bags, bag)) ** 2;
    for (let at = bags.starts[bag] ?? 0; at < (bags.starts[bag + 1] ?? 0); at++) {
      const row = bags.rows[at] ?? 0;
      diagonal[row] = (diagonal[row] ?? 0) + share;
    }
  }
  return diagonal;
}

function condition({ data, columns }: Matrix, diagonal: Float32Array): Float32Array {
  return data.map((number, i) => number / (diagonal[Math.floor(i / columns)] ?? 1));
}

function columnProducts(a: Float32Array, b: Float32Array, columns: number): Float64Array {
  const products = new Float64Array(columns);
  for (let i = 0; i < a.length; i += columns) {
    for (let k = 0; k < columns; k++) products[k] = (products[k] ?? 0) + (a[i + k] ?? 0) * (b[i + k] ?? 0);
  }
  return products;
}

function addColumns(to: Float32Array, from: Float32Array, factors: Float64Array): void {
  const columns = factors.length;
  for (let i = 0; i < to.length; i += columns) {
    for (let k = 0; k < columns; k++) to[i + k] = (to[i + k] ?? 0) + (factors[k] ?? 0) * (from[i + k] ?? 0);
  }
}

/** 0 where the divisor is: that column is solved. */
function quotients(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((number, k) => (b[k] ? number / (b[k] ?? 1) : 0));
}

function total(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
