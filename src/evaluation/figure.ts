import { mean } from "./metrics.ts";

/** What each question of a set adds to a figure, in the set's order; null where the question does not count for it. */
export type Column = readonly (number | null)[];

/** A measured mean with the 95% interval of what other questions of the same sort would give. */
export interface Figure {
  /** The mean of the columns' means; one column, but for a balanced accuracy. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How many questions count for it; 0, and the rest too, where a column has none. */
  readonly questions: number;
  /** All of the same length. */
  readonly columns: readonly Column[];
}

/** An estimate and its 95% interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
const SEED = 20_190_615;

/** Measures columns of equal length: their means, averaged, with a percentile bootstrap over the questions (Efron 1979). */
export function figure(...columns: Column[]): Figure {
  const value = average(columns);
  const interval = bootstrap(columns[0]?.length ?? 0, (drawn) => average(columns, drawn));
  if (value === null || interval === null) return { value: 0, low: 0, high: 0, questions: 0, columns };
  const counted = (columns[0] ?? []).filter((_, at) => columns.some((column) => column[at] !== null));
  return { value, ...interval, questions: counted.length, columns };
}

/** How much more `now` is than `before`, question by question; null unless both are of the same questions. */
export function difference(now: Pick<Figure, "columns">, before: Pick<Figure, "columns">): Estimate | null {
  const count = now.columns[0]?.length ?? 0;
  if (now.columns.length !== before.columns.length || count !== before.columns[0]?.length) return null;
  const gain = (drawn?: Uint32Array) => {
    const [after, ago] = [average(now.columns, drawn), average(before.columns, drawn)];
    return after === null || ago === null ? null : after - ago;
  };
  const value = gain();
  const interval = bootstrap(count, gain);
  return value === null || interval === null ? null : { value, ...interval };
}

/** The mean of the columns' means over the questions drawn; null where a column has none of them. */
function average(columns: readonly Column[], drawn?: Uint32Array): number | null {
  const means: number[] = [];
  for (const column of columns) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < (drawn ?? column).length; i++) {
      const value = column[drawn === undefined ? i : (drawn[i] ?? 0)];
      if (value === null || value === undefined) continue;
      sum += value;
      count++;
    }
    if (count === 0) return null;
    means.push(sum / count);
  }
  return means.length === 0 ? null : mean(means);
}

/** The 2.5th and 97.5th percentile of a statistic over resampled questions: the same draws at every run. */
function bootstrap(count: number, statistic: (drawn: Uint32Array) => number | null) {
  const random = mulberry32(SEED);
  const drawn = new Uint32Array(count);
  const found: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let i = 0; i < count; i++) drawn[i] = Math.floor(random() * count);
    const value = statistic(drawn);
    if (value !== null) found.push(value);
  }
  found.sort((a, b) => a - b);
  const low = found[Math.floor(0.025 * found.length)];
  const high = found[Math.ceil(0.975 * found.length) - 1];
  return low === undefined || high === undefined ? null : { low, high };
}

/** Tommy Ettinger's 32-bit generator: small, seeded, the same on every machine; 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
