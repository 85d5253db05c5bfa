import type { Span } from "./lines.ts";
import type { Numbering } from "./marks.ts";

/** What a format reader finds in a text, in reading order, by offsets into it. Page furniture is not among them. */
export type Block = Heading | Paragraph | Item | Verbatim;

export interface Heading extends Span {
  readonly kind: "heading";
  /** 1 is outermost; a heading closes those of its own level and below. */
  readonly level: number;
  readonly text: string;
  /** Where what is below it is named after it: "Article 5". */
  readonly scope?: Numbering;
}

/** Whether something that was left out, page furniture above all, stands directly before: no passage may span it. */
interface Placed extends Span {
  readonly detached: boolean;
}

export interface Paragraph extends Placed {
  readonly kind: "paragraph";
  /** The document's own number. */
  readonly numbering?: Numbering;
  /** Whether it goes on with the sentence that page furniture cut off. */
  readonly continues?: boolean;
}

/** A bullet, or a number of a list that is not the document's own numbering. */
export interface Item extends Placed {
  readonly kind: "item";
}

/** A table, a code block: never joined with its neighbours, split between rows only. */
export interface Verbatim extends Placed {
  readonly kind: "verbatim";
  readonly rows: readonly Span[];
}

/** A text as its format reader understood it. */
export interface Reading {
  readonly blocks: readonly Block[];
  /** The title that the text itself carries, its words on one line; it is not among the blocks. */
  readonly title: string | null;
  /** A date that the text gives as its own. */
  readonly date: string | null;
}
