/** Layer 0: the words of the project as data. Nothing here imports anything. */

/** A calendar date of day, month or year precision: `1996-11-01`, `1996-11` or `1996`. */
export type IsoDate = string;

/** Somebody a document introduces with a role: "Secretary of Defense William J. Perry". */
export interface Person {
  /** As introduced: "William J. Perry". */
  readonly name: string;
  /** As introduced: "Secretary of Defense". */
  readonly role: string;
}

/** One file, decoded. `text` is the whole of it, unchanged but for the decoding (a byte order mark is not part of it). */
export interface Document {
  /** Made from `path`: readable, stable, unique within a corpus, safe in a URL and as an HTML id. */
  readonly documentId: string;
  /** Relative to the corpus folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly date: IsoDate | null;
  /** Who published it or where it was taken from, where that is known. */
  readonly source: string | null;
  readonly mediaType: string;
  /** The encoding that `text` was decoded with, as `decode` takes it. */
  readonly encoding: string;
  /** SHA-256 of the file's bytes, in hex. */
  readonly hash: string;
  readonly text: string;
  readonly people: readonly Person[];
}

/** One paragraph: the unit that is embedded, retrieved and cited. `document.text.slice(start, end) === text`, always. */
export interface Passage {
  /** `<documentId>#p6`; the part after the hash is the anchor on the document's page. */
  readonly passageId: string;
  readonly documentId: string;
  /** The document's own number where it has one ("¶6"), else its position. */
  readonly label: string;
  /** UTF-16 offsets into `document.text`, half open. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The headings above it, outermost first, joined by " › ". */
  readonly section?: string;
  /** 1-based page, for formats that have pages. */
  readonly page?: number;
}

/** A document and its passages, in reading order. */
export interface IndexedDocument {
  readonly document: Document;
  readonly passages: readonly Passage[];
}

/** A file that could not be indexed, and why. */
export interface FileFailure {
  readonly path: string;
  /** A stable code of DocumentError. */
  readonly code: string;
  readonly message: string;
}

/** A span of time, inclusive, in days. `text` is how the question said it. */
export interface Period {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly text: string;
}

export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** Where to look. Everything that is given must hold. */
export interface Filters {
  /** Only these documents, by id. */
  readonly documents?: readonly string[] | undefined;
  /** Only documents in these folders and in those within, by their path in the corpus: "minutes/2019". */
  readonly folders?: readonly string[] | undefined;
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
}

/** How an answer is made: of the documents' own sentences, or written by a language model and checked against them. */
export type Mode = "extractive" | "generative";

/** What may be asked, from HTTP, the command line or TypeScript. */
export interface AskRequest extends Filters {
  readonly question: string;
  readonly history?: readonly Turn[] | undefined;
  /** How many passages are retrieved at most, 1 to 20. */
  readonly limit?: number | undefined;
  /** "extractive" where it is left out. */
  readonly mode?: Mode | undefined;
}

/** Decided when the answer is given, by reading the file again. */
export type Check = "verified" | "changed" | "not-found";

export interface Citation {
  /** The number in the answer: 1 for [1]. */
  readonly marker: number;
  readonly documentId: string;
  readonly title: string;
  readonly date: IsoDate | null;
  readonly path: string;
  readonly passageId: string;
  readonly label: string;
  /** UTF-16 offsets of `quote` into the document's text, half open. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of the file at which the quote starts. */
  readonly line: number;
  /** The very characters of the file, line breaks and all. */
  readonly quote: string;
  readonly check: Check;
  /** A permalink: `/documents/<id>#p6`. */
  readonly url: string;
}

/** What became of checking a sentence that a model wrote against what it cites. */
export type Verdict = "supported" | "partly" | "unsupported";

export interface Statement {
  /** The quote with each run of white space shown as one blank; of a generative answer the model's own sentence. */
  readonly text: string;
  /** Markers of the citations that carry it. */
  readonly citations: readonly number[];
  /** 1 for the one that answers best by itself, while all stand in reading order; of every mention, none is better. */
  readonly rank: number;
  /** Only of a generative answer. */
  readonly verdict?: Verdict;
  /** Only of a generative answer: words of the statement that what it cites does not hold. */
  readonly missing?: readonly string[];
}

export type RefusalReason = "no-evidence" | "missing-terms" | "no-document-in-period" | "empty-index";

export interface Refusal {
  readonly reason: RefusalReason;
  /** For a person: what is not there, and where the nearest is. */
  readonly message: string;
  /** Words of the question that no document (of the period, if one was read) contains. */
  readonly missingTerms: readonly string[];
  readonly period: Period | null;
  /** The passages that come nearest, best first; they do not answer the question. */
  readonly nearest: readonly Citation[];
}

/** Why a passage ranks where it does. */
export interface TracePassage {
  readonly passageId: string;
  /** The sum of the parts below, each already weighted. */
  readonly score: number;
  readonly dense: number;
  readonly lexical: number;
  /** For how the question's words stand together in it. */
  readonly wording: number;
  /** For being of the very period that the question names. */
  readonly period: number;
  /** For speaking of the people that the question means. */
  readonly people: number;
  /** 1-based. */
  readonly rank: number;
}

/** What every mention was looked for, and what was counted. */
export interface MentionReading {
  /** A mention of any of them counts. */
  readonly phrases: readonly string[];
  /** Whether only these very characters count, or every form of the words. */
  readonly exact: boolean;
  /** The forms that were found, in lower case, the most frequent first. */
  readonly forms: readonly string[];
  /** Some headings that have it; they are no paragraphs and are not counted: "the title “Stoves”". */
  readonly headings: readonly string[];
}

/** Why a question for a generative answer got an extractive one. */
export type FallbackReason =
  | "timeout"
  | "rate-limited"
  | "provider-error"
  | "interrupted"
  | "malformed"
  | "empty"
  | "too-long"
  | "declined"
  | "unsupported"
  | "complete-list";

export interface Fallback {
  readonly reason: FallbackReason;
  /** For a person. */
  readonly message: string;
}

/** What the language model was asked for and what that took. */
export interface ModelUse {
  /** As it was set: `PROVIDER:MODEL`. */
  readonly model: string;
  /** As far as the provider says; null where nothing is known. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** In US dollars, of the tokens that are known; null where no price is set or none are known. */
  readonly cost: number | null;
  /** Whether tokens and cost are all there is; else they are the least that it took, as of a text that broke off. */
  readonly complete: boolean;
  /** Milliseconds from the first request to the last word. */
  readonly elapsedMs: number;
  /** What it wrote that did not stand the check: the first 20. */
  readonly withheld: readonly Required<Pick<Statement, "text" | "verdict" | "missing">>[];
  /** How many more there were. */
  readonly withheldMore: number;
}

/** Who wrote the question that was searched for: the rules, or the language model after a check against them. */
export interface StandaloneTrace {
  readonly by: "rules" | "model";
  /** For a person. */
  readonly reason: string;
}

export interface Trace {
  readonly passages: readonly TracePassage[];
  readonly period: Period | null;
  /** What of the period was searched, where that is several times: of "in May" the May of each year that has documents. */
  readonly spans?: readonly Pick<Period, "from" | "to">[];
  /** The people of the documents that the question was read to mean. */
  readonly people: readonly Person[];
  /** Only of a question for every mention. */
  readonly mention?: MentionReading;
  /** Only where a language model was asked. */
  readonly model?: ModelUse;
  /** Only of a follow-up that a language model was asked to make a question of its own. */
  readonly standalone?: StandaloneTrace;
  /** Milliseconds, by step. */
  readonly timings: Readonly<Record<string, number>>;
}

/** What sort of answer a question asks for. */
export type QuestionKind = "fact" | "comparison" | "every-mention";

/** The part of an answer that belongs to one side of a comparison, or to one document of an every-mention answer. */
export interface Group {
  /** "1996", "Kerry", or the document's title. */
  readonly title: string;
  readonly date: IsoDate | null;
  /** Where the group is a document. */
  readonly documentId: string | null;
  /** Positions in `statements`, in reading order. */
  readonly statements: readonly number[];
  /** How many mentions, for every mention; null for a comparison. */
  readonly count: number | null;
  /** What is said of a side without evidence; null where there is some. */
  readonly message: string | null;
}

export interface Answer {
  readonly question: string;
  readonly kind: QuestionKind;
  /** How this answer was made, which is not what was asked for where there is a `fallback`. */
  readonly mode: Mode;
  readonly fallback: Fallback | null;
  /** What was searched for, after the history was taken into account. */
  readonly standaloneQuestion: string;
  readonly answered: boolean;
  /** Plain text with [1] [2] markers; the refusal's message when not answered. */
  readonly answer: string;
  readonly statements: readonly Statement[];
  readonly citations: readonly Citation[];
  /** In order of date; null for a plain fact. */
  readonly groups: readonly Group[] | null;
  readonly refusal: Refusal | null;
  readonly trace: Trace;
}

/** What happens while a question is answered, in order. A statement's citations come before it; the end has all again. */
export type AskEvent =
  | ({ readonly type: "retrieval" } & Pick<Answer, "question" | "standaloneQuestion" | "kind"> &
      Pick<Trace, "passages" | "period" | "people">)
  | { readonly type: "citation"; readonly citation: Citation }
  | { readonly type: "statement"; readonly statement: Statement }
  /** What was said before it is withdrawn: the extractive answer follows. */
  | { readonly type: "fallback"; readonly fallback: Fallback }
  | { readonly type: "answer-end"; readonly answer: Answer };

export interface SearchRequest extends Filters {
  readonly question: string;
  /** 1 to 100. */
  readonly limit?: number | undefined;
}

export interface SearchHit {
  readonly passageId: string;
  readonly documentId: string;
  readonly title: string;
  readonly date: IsoDate | null;
  readonly path: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Read again from the file, as a citation is; empty where it is no longer there. */
  readonly text: string;
  readonly check: Check;
  readonly score: number;
  readonly dense: number;
  readonly lexical: number;
  readonly wording: number;
}

/** A row of `GET /documents`. */
export interface DocumentSummary {
  readonly documentId: string;
  readonly title: string;
  readonly date: IsoDate | null;
  readonly source: string | null;
  readonly path: string;
  readonly mediaType: string;
  /** How many. */
  readonly passages: number;
  readonly hash: string;
}

/** `GET /documents/:id`. */
export interface DocumentView extends Omit<DocumentSummary, "passages"> {
  readonly text: string;
  readonly passages: ReadonlyArray<Pick<Passage, "passageId" | "label" | "start" | "end" | "text" | "page">>;
}
