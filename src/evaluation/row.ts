import type { Figure } from "./figure.ts";

/** The tables, in the order they are printed. */
export const TABLES = [
  "retrieval",
  "turns",
  "evidence",
  "sentences",
  "refusal",
  "kinds",
  "mentions",
  "statements",
] as const;

/** A row of a table: what was measured of one set. */
export interface Row {
  readonly table: (typeof TABLES)[number];
  readonly set: string;
  /** The method of retrieval, the kind of question, or which turns of conversations and how they were asked; "" where a set has one row. */
  readonly of: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, Figure>>;
  /** The questions' ids, in the order of the figures' columns. */
  readonly questions: readonly string[];
}
