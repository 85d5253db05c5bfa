import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";

/** A span of a passage that is to be quoted, by offsets into the document's text, half open. */
export interface Quote {
  readonly source: RankedPassage;
  readonly start: number;
  readonly end: number;
}

/** One sentence of an answer and what it rests on. */
export interface DraftStatement {
  readonly text: string;
  readonly quotes: readonly Quote[];
}

/** Passages to an answer. Whatever it quotes is checked against the file afterwards. */
export interface Answerer {
  readonly name: string;
  /** In the order to be read; empty when none of the passages answers. */
  answer(reading: Reading, evidence: readonly RankedPassage[]): Promise<readonly DraftStatement[]>;
  /** Of each passage the sentence that comes nearest to the question, for a refusal to show. */
  nearest(reading: Reading, passages: readonly RankedPassage[]): Promise<readonly Quote[]>;
}
