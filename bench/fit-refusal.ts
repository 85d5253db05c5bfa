import { LEAST_SCORE, RISE, SMALL_INDEX } from "../src/answering/refusal.ts";
import { printTable } from "./table.ts";

/** Scores of the best passage for questions that a collection answers, and for those of another collection. */
export interface Collection {
  readonly name: string;
  readonly passages: number;
  readonly answerable: readonly number[];
  readonly foreign: readonly number[];
}

/** To refuse a question that the documents answer is this many times as bad as to answer one of another subject. */
const COST = 5;
const STARTS = Array.from({ length: 16 }, (_, i) => 0.14 + 0.02 * i);
const RISES = Array.from({ length: 13 }, (_, i) => 0.005 * i);
const SHOWN = 5;

/**
 * The least score and its rise that do best over all collections, each counted the same: the weighted mean of the answerable
 * questions answered and the foreign ones refused. The ones in use are beside them.
 */
export function printFit(collections: readonly Collection[]): void {
  const tried = STARTS.flatMap((start) => RISES.map((rise) => ({ start, rise, ...worthOf(collections, start, rise) })));
  const best = tried.toSorted((a, b) => b.worth - a.worth).slice(0, SHOWN);
  const inUse = { start: LEAST_SCORE, rise: RISE, ...worthOf(collections, LEAST_SCORE, RISE) };
  printTable(
    `refusal, fitted: least score at ${SMALL_INDEX} passages and its rise, over ${collections.length} collections, an answerable question refused counted ${COST} times`,
    ["", "least score", "rise", "answered", "foreign refused", "weighted"],
    [...best.map((one) => row("", one)), row("in use", inUse)],
  );
}

type Tried = { start: number; rise: number; answered: number; refused: number; worth: number };

function row(name: string, { start, rise, answered, refused, worth }: Tried) {
  return [name, start.toFixed(2), rise.toFixed(3), ...[answered, refused, worth].map((value) => value.toFixed(3))];
}

function worthOf(collections: readonly Collection[], start: number, rise: number) {
  const shares = collections.map(({ passages, answerable, foreign }) => {
    const least = start + rise * Math.log(Math.max(1, passages / SMALL_INDEX));
    return { answered: shareAtLeast(answerable, least), refused: 1 - shareAtLeast(foreign, least) };
  });
  const mean = (of: (one: (typeof shares)[number]) => number) =>
    shares.reduce((sum, one) => sum + of(one), 0) / Math.max(1, shares.length);
  const [answered, refused] = [mean((one) => one.answered), mean((one) => one.refused)];
  return { answered, refused, worth: (COST * answered + refused) / (COST + 1) };
}

function shareAtLeast(scores: readonly number[], least: number): number {
  return scores.filter((score) => score >= least).length / Math.max(1, scores.length);
}
