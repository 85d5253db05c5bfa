import type { RankedPassage } from "../retrieval/retriever.ts";
import type { Document } from "../types.ts";
import { isInstruction } from "./instructions.ts";
import { followsOrder, isSaidByOrder, type Orders, restsOnOrder } from "./orders.ts";
import { MOST_READ, plainStatement, strangeAddresses } from "./plain-statement.ts";
import type { Cited, StatementCheck } from "./verification/check-statement.ts";
import { locateQuote } from "./verification/locate-quote.ts";
import type { RawStatement } from "./written-statements.ts";

/** Holds a statement against the passages that it cites. */
export type CheckStatement = (text: string, cited: readonly Cited[]) => Promise<StatementCheck>;

/** A title or a heading may tell who is meant, but not where it speaks to a model. */
function withoutOrders({ source, quote }: Cited): Cited {
  const { title, date, people, text: whole } = source.document;
  const { section, text, start, end } = source.passage;
  if (!isInstruction(title) && !isInstruction(section ?? "")) return { source, quote };
  // Field by field: texts of an opened index are read when they are asked for, and are not copied with the others.
  const document: Document = {
    ...source.document,
    title: isInstruction(title) ? "" : title,
    date,
    people,
    text: whole,
  };
  const { passageId, documentId, label } = source.passage;
  return { source: { ...source, document, passage: { passageId, documentId, label, start, end, text } }, quote };
}

function bySource(source: RankedPassage, passages: readonly RankedPassage[]): RankedPassage {
  return passages.find(({ passage }) => passage.passageId === source.passage.passageId) ?? source;
}

export interface CheckedWritten extends StatementCheck {
  readonly text: string;
  /** Whether it may be shown at all. */
  readonly isFit: boolean;
}

/** Characters of a statement and of a quote, and how many quotes it has: more is no sentence, and takes long to check. */
const MOST_CHARACTERS = 600;
const MOST_QUOTED = 1_000;
const MOST_CITATIONS = 8;
/** Words of a quote that tell by themselves which passage is meant. */
const LEAST_WORDS = 3;

/** A statement as plain text, held against what it cites. A passage that is not there is not cited. */
export async function checkWritten(
  raw: RawStatement,
  passages: readonly RankedPassage[],
  orders: Orders,
  check: CheckStatement,
): Promise<CheckedWritten> {
  const text = plainStatement(raw.text);
  const isSentence = raw.text.length <= MOST_READ && text.length <= MOST_CHARACTERS && text !== "";
  const isBounded = raw.citations.length <= MOST_CITATIONS;
  const cited = isSentence && isBounded ? raw.citations.flatMap((citation) => citedBy(citation, passages)) : [];
  if (cited.length === 0) return { text, verdict: "unsupported", missing: [], quotes: [], findings: [], isFit: false };
  const { verdict, missing, quotes: found, findings } = await check(text, cited.map(withoutOrders));
  const quotes = found.map((quote) => ({ ...quote, source: bySource(quote.source, passages) }));
  const quoted = quotes.map(({ source, start, end }) => source.document.text.slice(start, end));
  const strange = strangeAddresses(text, quoted);
  const isOrder =
    isInstruction(text) ||
    quotes.some((quote) => restsOnOrder(quote, orders)) ||
    followsOrder(text, quoted, orders) ||
    (verdict !== "supported" && isSaidByOrder(text, orders));
  const isFit = quotes.length > 0 && strange.length === 0 && !isOrder;
  return { text, verdict, missing: [...new Set([...missing, ...strange])], quotes, findings, isFit };
}

/** Small models count wrongly: a quote that stands in one other passage only is cited from there. */
function citedBy(
  { passage, quote }: RawStatement["citations"][number],
  passages: readonly RankedPassage[],
): readonly Cited[] {
  if (quote.length > MOST_QUOTED) return [];
  const isIn = (source: RankedPassage) => locateQuote(source.passage.text, quote) !== null;
  const source = passages[passage - 1];
  const isTelling = (quote.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= LEAST_WORDS;
  if (isTelling && (source === undefined || !isIn(source))) {
    const [other, ...more] = passages.filter(isIn);
    if (other !== undefined && more.length === 0) return [{ source: other, quote }];
  }
  return source === undefined ? [] : [{ source, quote }];
}
