import { contentTokens } from "../retrieval/stopwords.ts";
import { type Column, figure } from "./figure.ts";
import type { Row } from "./row.ts";

/** Measures by name, each 0 to 1. */
type Measures = Readonly<Record<string, number | null>>;

/** A turn of a conversation, asked by itself and after what was said before it. */
export interface AskedTwice {
  readonly id: string;
  /** Whether a person needs nothing of the conversation to understand it. */
  readonly standsAlone: boolean;
  readonly alone: Measures;
  /** The same measures. */
  readonly inTurn: Measures;
}

/** A pair of rows for the turns that stand alone, and one for those that need what was said before them. */
export function turnRows(set: string, turns: readonly AskedTwice[]): Row[] {
  return [true, false].flatMap((standsAlone) => {
    const some = turns.filter((turn) => turn.standsAlone === standsAlone);
    return some.length === 0 ? [] : pair(set, standsAlone ? "stand alone" : "need their history", some);
  });
}

function pair(set: string, which: string, turns: readonly AskedTwice[]): Row[] {
  const row = (how: "alone" | "inTurn", words: string, others: Row["figures"]): Row => ({
    table: "turns",
    set,
    of: `${which}, ${words}`,
    counts: { turns: turns.length },
    figures: { ...figuresOf(turns.map((turn) => turn[how])), ...others },
    questions: turns.map(({ id }) => id),
  });
  const kept = figure(turns.map(noWorse));
  return [row("alone", "asked without it", {}), row("inTurn", "asked with it", { "no worse for it": kept })];
}

function figuresOf(measured: readonly Measures[]): Row["figures"] {
  const names = [...new Set(measured.flatMap((one) => Object.keys(one)))];
  const column = (name: string): Column => measured.map((one) => one[name] ?? null);
  return Object.fromEntries(names.map((name) => [name, figure(column(name))]));
}

/** 1 where no measure fell. */
function noWorse({ alone, inTurn }: AskedTwice): number {
  return Number(Object.entries(alone).every(([name, value]) => (inTurn[name] ?? 0) >= (value ?? 0)));
}

/** Whether the person who wrote the turn out took no word of substance from what was said before it. */
export function wroteOutAlone(turn: string, rewrite: string, history: readonly string[]): boolean {
  const own = new Set(termsOf(turn));
  const before = new Set(history.flatMap(termsOf));
  return termsOf(rewrite).every((term) => own.has(term) || !before.has(term));
}

const termsOf = (text: string): string[] => contentTokens(text).map(({ term }) => term);
