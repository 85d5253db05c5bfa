import { readCorpusFile } from "../documents/corpus.ts";
import { decode } from "../documents/decode.ts";
import { sha256 } from "../documents/parse.ts";
import type { Check, Citation, Document, Statement } from "../types.ts";
import type { DraftStatement, Quote } from "./answerer.ts";

/** What a document's file is now. */
interface FileNow {
  readonly hash: string;
  readonly text: string;
  readonly lineAt: LineAt;
}

/** The 1-based line of an offset. */
type LineAt = (offset: number) => number;

/** The folder that quotes are checked against, and how large a file of it may be. */
export interface CheckedCorpus {
  readonly folder: string;
  readonly maxFileBytes: number;
}

/** Reads and counts each text once, however many quotes are taken from it: every mention may take ten thousand. */
export interface FileReader {
  /** null where the file cannot be read. */
  readonly now: (document: Document) => Promise<FileNow | null>;
  /** In the text that was indexed. */
  readonly indexedLine: (document: Document, offset: number) => number;
}

export function corpusReader({ folder, maxFileBytes }: CheckedCorpus): FileReader {
  const files = new Map<string, Promise<FileNow | null>>();
  const indexed = new Map<Document, LineAt>();
  return {
    now: ({ path, encoding }) => {
      const file = files.get(path) ?? readFileNow(folder, path, encoding, maxFileBytes).catch(() => null);
      files.set(path, file);
      return file;
    },
    indexedLine: (document, offset) => {
      const lineAt = indexed.get(document) ?? linesOf(document.text);
      indexed.set(document, lineAt);
      return lineAt(offset);
    },
  };
}

async function readFileNow(folder: string, path: string, encoding: string, maxBytes: number): Promise<FileNow> {
  const bytes = await readCorpusFile(folder, path, maxBytes);
  const text = decode(bytes, encoding);
  return { hash: sha256(bytes), text, lineAt: linesOf(text) };
}

/** What the file says now: whether the quote still stands in it, and at which 1-based line. */
interface Checked {
  readonly check: Check;
  /** Counted only when it is asked for: a search shows no lines. */
  readonly line: () => number;
}

/**
 * Reads the span again from the file: "verified" when the file is the one that was indexed and the quote stands where
 * it should, "changed" when the file is another now but the quote still stands in it, "not-found" otherwise. `text` is
 * the quote's own text, where it is at hand: that of the document may have to be read.
 */
export async function checkQuote(
  document: Document,
  quote: Pick<Quote, "start" | "end"> & { readonly text?: string },
  read: FileReader,
): Promise<Checked> {
  const expected = quote.text ?? document.text.slice(quote.start, quote.end);
  const gone = { check: "not-found", line: () => read.indexedLine(document, quote.start) } as const;
  const file = await read.now(document);
  if (file === null) return gone;
  const { hash, text } = file;
  if (hash === document.hash) {
    return text.slice(quote.start, quote.end) === expected ? { check: "verified", line: gone.line } : gone;
  }
  const now = nearestTo(quote.start, text, expected);
  return now < 0 ? gone : { check: "changed", line: () => file.lineAt(now) };
}

/** How far around its old place a quote is looked for first. */
const NEAR = 1_000;

/**
 * Where the part stands in the text, of several places the one nearest to `offset`; -1 where it does not. Looked for
 * wider and wider: what was moved was mostly moved a little, and the whole text is long.
 */
function nearestTo(offset: number, text: string, part: string): number {
  for (let reach = NEAR; ; reach *= 4) {
    const first = Math.max(0, offset - reach);
    const window = text.slice(first, offset + reach + part.length);
    const found = window.includes(part) ? nearestIn(window, part, offset - first) : -1;
    if (found >= 0) return first + found;
    if (first === 0 && offset + reach >= text.length) return -1;
  }
}

function nearestIn(text: string, part: string, offset: number): number {
  const before = text.lastIndexOf(part, offset);
  const after = text.indexOf(part, offset);
  if (before < 0 || after < 0) return Math.max(before, after);
  return offset - before < after - offset ? before : after;
}

/** The citation of a quote. What is no longer in the file is not quoted: its `quote` is empty. */
export async function cite(marker: number, quote: Quote, read: FileReader): Promise<Citation> {
  const { document, passage } = quote.source;
  const { check, line } = await checkQuote(document, { start: quote.start, end: quote.end }, read);
  const anchor = passage.passageId.slice(document.documentId.length + 1);
  return {
    marker,
    documentId: document.documentId,
    title: document.title,
    date: document.date,
    path: document.path,
    passageId: passage.passageId,
    label: passage.label,
    start: quote.start,
    end: quote.end,
    line: line(),
    quote: check === "not-found" ? "" : document.text.slice(quote.start, quote.end),
    check,
    url: `/documents/${encodeURIComponent(document.documentId)}#${anchor}`,
  };
}

/** Counts from 1; a line ends with \n, \r\n or \r. Where lines start is found out once, at the first offset asked for. */
function linesOf(text: string): LineAt {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= [...text.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length);
    return countUpTo(starts, offset) + 1;
  };
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The citations of a statement, numbered from `first`; null where there are none, or one's quote is not in its file. */
export async function citeAll(quotes: readonly Quote[], first: number, read: FileReader): Promise<Citation[] | null> {
  const { citations, isWhole } = await citing(quotes, first, read);
  return isWhole ? citations : null;
}

async function citing(quotes: readonly Quote[], first: number, read: FileReader) {
  const citations: Citation[] = [];
  for (const quote of quotes) citations.push(await cite(first + citations.length, quote, read));
  const isWhole = citations.length > 0 && citations.every(({ check }) => check !== "not-found");
  return { citations, isWhole };
}

/** The statements whose quotes all stand in their files, with citations numbered in order; and the citations that failed. */
export async function verify(draft: readonly DraftStatement[], read: FileReader) {
  const statements: Statement[] = [];
  const citations: Citation[] = [];
  const failed: Citation[] = [];
  for (const { text, quotes, rank } of draft) {
    const { citations: checked, isWhole } = await citing(quotes, citations.length + 1, read);
    if (!isWhole) {
      failed.push(...checked);
      continue;
    }
    citations.push(...checked);
    statements.push({ text, citations: checked.map((citation) => citation.marker), rank });
  }
  return { statements, citations, failed };
}
