import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import type { Document, Group, MentionReading, QuestionKind } from "../types.ts";
import type { Finding } from "./refusal.ts";

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
  /** 1 for the one that answers best by itself, 2 for the next. */
  readonly rank: number;
}

/** A side of a comparison or a document of an every-mention answer, before its quotes are checked. */
export interface DraftGroup extends Pick<Group, "title" | "date" | "documentId" | "message"> {
  /** Positions in the draft's statements. */
  readonly statements: readonly number[];
  /** How many mentions each of these holds; null for a comparison. */
  readonly mentions: readonly number[] | null;
}

/** What is to be said before its quotes are checked, and what it was found in. */
export interface Draft {
  readonly kind: QuestionKind;
  /** Of the question, or of the phrase that every mention is asked of. */
  readonly reading: Reading;
  readonly statements: readonly DraftStatement[];
  /** In the order to be read; null for a plain fact. */
  readonly groups: readonly DraftGroup[] | null;
  /** Why there is no answer; null where there is one. */
  readonly finding: Finding | null;
  readonly evidence: readonly RankedPassage[];
  /** Only of every mention. */
  readonly mention?: MentionReading;
}

/** Whether a sentence may be in the answer, by its text and terms and the document it stands in. */
export type Allows = (text: string, terms: readonly string[], document: Document) => boolean;

/** Passages to an answer. Whatever it quotes is checked against the file afterwards. */
export interface Answerer {
  readonly name: string;
  /** In the order to be read; empty when none of the passages answers. Of sentences that `allows` lets pass, where given. */
  answer(reading: Reading, evidence: readonly RankedPassage[], allows?: Allows): Promise<readonly DraftStatement[]>;
  /** Of each passage the sentence that comes nearest to the question, for a refusal to show. */
  nearest(reading: Reading, passages: readonly RankedPassage[]): Promise<readonly Quote[]>;
}
