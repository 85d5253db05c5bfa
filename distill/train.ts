import { adamStep, type Moments } from "./adam.ts";
import { addToRows, type Bags, sumsOf } from "./bags.ts";
import type { Lesson } from "./lessons.ts";
import { type Matrix, matrix } from "./matrix.ts";
import { randomOf } from "./random.ts";

export interface TrainingOptions {
  readonly seed: number;
  readonly passes: number;
  /** Of Adam. */
  readonly rate: number;
}

/** Everything that the next pass depends on; written to disk after each, it goes on as if nothing had happened. */
export interface TrainingState {
  /** Passes done. */
  readonly pass: number;
  /** Steps done. */
  readonly steps: number;
  /** The mean loss of the last pass; NaN before the first. */
  readonly loss: number;
  readonly table: Matrix;
  readonly moments: Moments;
}

export interface TrainingHooks {
  /** Steps of this pass, and the mean loss of them. */
  onStep(pass: number, step: number, steps: number, loss: number): void;
  onPass(state: TrainingState): Promise<void>;
}

export function startOf(table: Matrix): TrainingState {
  const moments = { mean: new Float32Array(table.data.length), square: new Float32Array(table.data.length) };
  return { pass: 0, steps: 0, loss: Number.NaN, table, moments };
}

/** Trains the table of token vectors, in place, until all passes are done. */
export async function train(
  bags: Bags,
  lesson: Lesson,
  start: TrainingState,
  { seed, passes, rate }: TrainingOptions,
  { onStep, onPass }: TrainingHooks,
): Promise<TrainingState> {
  const { table, moments } = start;
  const gradient = matrix(table.rows, table.columns);
  let state = start;
  while (state.pass < passes) {
    const random = randomOf(seed, state.pass);
    const batches = lesson.batches(random);
    let steps = state.steps;
    let losses = 0;
    for (const [at, texts] of batches.entries()) {
      const { loss, gradient: slope } = await lesson.learn(texts, sumsOf(bags, texts, table));
      addToRows(bags, texts, slope, gradient);
      losses += loss;
      steps++;
      adamStep(table, gradient.data, moments, steps, rate);
      onStep(state.pass, at + 1, batches.length, losses / (at + 1));
    }
    state = { pass: state.pass + 1, steps, loss: losses / batches.length, table, moments };
    await onPass(state);
  }
  return state;
}
