import { decode, encode, idsOf, type KnownFigure, type KnownRows, rowName } from "./baseline.ts";
import { difference, type Figure } from "./figure.ts";
import type { Row } from "./row.ts";
import { three } from "./table.ts";

export interface Comparison {
  /** How many figures were compared. */
  readonly compared: number;
  /** Each figure that dropped, in a line. */
  readonly drops: readonly string[];
  /** Each figure that rose as surely. */
  readonly rises: readonly string[];
  /** Sets of the baseline that were not run, and sets that it does not know. */
  readonly absent: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * Compares with the baseline. Over the same questions a figure has dropped when the 95% interval of its differences,
 * question by question, is all below 0; over others, when its value is below the baseline's interval.
 */
export function compare(rows: readonly Row[], known: KnownRows): Comparison {
  const drops: string[] = [];
  const rises: string[] = [];
  let compared = 0;
  for (const row of rows) {
    const before = known[rowName(row)];
    for (const [name, figure] of Object.entries(row.figures)) {
      const past = before?.figures[name];
      if (before === undefined || past === undefined || past.questions === 0 || figure.questions === 0) continue;
      compared++;
      const change = changeOf(figure, past, before.ids === idsOf(row));
      const line = `${rowName(row)}, ${name}: ${three(past.value)} to ${three(figure.value)} (${change.basis})`;
      if (change.high < 0) drops.push(line);
      if (change.low > 0) rises.push(line);
    }
  }
  const run = new Set(rows.map(({ set }) => set));
  const sets = new Set(Object.values(known).map(({ set }) => set));
  return {
    compared,
    drops,
    rises,
    absent: [...sets].filter((set) => !run.has(set)),
    unknown: [...run].filter((set) => !sets.has(set)),
  };
}

function changeOf(now: Figure, past: KnownFigure, same: boolean): { low: number; high: number; basis: string } {
  // Both are rounded alike, so that a question whose value has not changed makes no difference.
  const alike = (each: string) => ({ columns: decode(each) });
  const paired = same ? difference(alike(encode(now.columns)), alike(past.each)) : null;
  if (paired !== null) {
    const { low, high } = paired;
    return { low, high, basis: `question by question ${three(low)} to ${three(high)}` };
  }
  const { low, high } = past;
  return { low: now.value - high, high: now.value - low, basis: `then ${three(low)} to ${three(high)}` };
}

/** What is said of a comparison, a line each. */
export function gateLines({ compared, drops, rises, absent, unknown }: Comparison): string[] {
  return [
    ...absent.map((set) => `gate: ${set} is not on this machine, its figures were not compared`),
    ...unknown.map((set) => `gate: ${set} is not in the baseline; --update-baseline adds it`),
    ...rises.map((line) => `gate: risen: ${line}`),
    ...drops.map((line) => `gate: DROPPED: ${line}`),
    verdict(compared, drops.length),
  ];
}

function verdict(compared: number, drops: number): string {
  if (compared === 0) return "gate: failed, the baseline has no figures of these sets with this model";
  if (drops === 0) return `gate: passed, none of ${compared} figures has dropped`;
  return `gate: failed, ${drops} of ${compared} figures ${drops === 1 ? "has" : "have"} dropped`;
}
