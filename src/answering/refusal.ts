import { dateInWords } from "../documents/dates.ts";
import { within } from "../retrieval/period.ts";
import type { QueryTerm, Reading } from "../retrieval/reading.ts";
import { inScope, type RankedPassage, type Scope } from "../retrieval/retriever.ts";
import { documentsWith, type SearchableIndex } from "../retrieval/searchable.ts";
import type { Document, RefusalReason } from "../types.ts";

/**
 * The least score of the best passage at which an answer is given: the largest at which 99% of the questions of every
 * development set are still answered. `npm run bench refusal` prints what other values answer and refuse.
 */
export const LEAST_SCORE = 0.24;

/** Why there is no answer, before the nearest passages are added. */
export interface Finding {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly missingTerms: readonly string[];
}

const LEAD = "The documents do not say.";

/** Whether the evidence can carry an answer at all: null when it can. */
export function judge(
  reading: Reading,
  evidence: readonly RankedPassage[],
  index: SearchableIndex,
  scope: Scope,
): Finding | null {
  if (index.passages.length === 0) {
    return { reason: "empty-index", message: "The index holds no passages.", missingTerms: [] };
  }
  if (reading.terms.length === 0 && reading.period === null) {
    return { reason: "no-evidence", message: `${LEAD} The question names nothing to look for.`, missingTerms: [] };
  }
  if (evidence.length === 0) return nothingInScope(reading, index);
  return missingName(reading, index, scope) ?? neverTogether(reading, index, scope) ?? weak(reading, evidence, index);
}

function nothingInScope(reading: Reading, index: SearchableIndex): Finding {
  if (reading.period === null) {
    return { reason: "no-evidence", message: `${LEAD} No document passes the given filters.`, missingTerms: [] };
  }
  const years = [...new Set(index.documents.map(({ document }) => document.date?.slice(0, 4)))].filter(
    (year) => year !== undefined,
  );
  return {
    reason: "no-document-in-period",
    message: `${LEAD} No document is of ${quoted(reading.period.text)} or mentions that time; there are documents of ${list(years.sort().map(String), 8)}.`,
    missingTerms: [],
  };
}

/** A name or a number of the question that stands nowhere in the documents, or in none of the period. */
function missingName(reading: Reading, index: SearchableIndex, scope: Scope): Finding | null {
  const allows = inScope(index, scope);
  const missing = reading.terms.filter((term) => term.named && documentsWith(index, term.term, allows).length === 0);
  if (missing.length === 0) return null;
  const words = missing.map((term) => term.word);
  const elsewhere = missing.flatMap((term) => {
    const documents = documentsWith(index, term.term);
    return documents.length === 0 ? [] : [`${term.word} appears in ${countOf(documents)}`];
  });
  const where = reading.period === null ? inFilters(allows) : `${ofPeriodInWords(reading, index)} does not mention`;
  const nowhere = missing.filter((term) => documentsWith(index, term.term).length === 0).map((term) => term.word);
  const sentences =
    elsewhere.length === 0
      ? [`${list(words.map(quoted))} ${words.length === 1 ? "is" : "are"} found in none of them.`]
      : [`${where} ${list(words)}; ${list(elsewhere)}.`];
  if (elsewhere.length > 0 && nowhere.length > 0) sentences.push(`${list(nowhere.map(quoted))} is found nowhere.`);
  return { reason: "missing-terms", message: [LEAD, ...sentences.map(capitalised)].join(" "), missingTerms: words };
}

/** Two names that are never in one document, unless the question itself sets them side by side. */
function neverTogether(reading: Reading, index: SearchableIndex, scope: Scope): Finding | null {
  const allows = inScope(index, scope);
  const named = reading.terms
    .filter((term) => term.named)
    .map((term) => ({ term, documents: documentsWith(index, term.term, allows) }));
  for (const [i, a] of named.entries()) {
    for (const b of named.slice(i + 1)) {
      if (sideBySide(reading.question, a.term, b.term)) continue;
      if (a.documents.some((document) => b.documents.includes(document))) continue;
      const message = `${LEAD} ${quoted(a.term.word)} is in ${countOf(a.documents)}, ${quoted(b.term.word)} in ${countOf(b.documents)}; no document has both.`;
      return { reason: "no-evidence", message, missingTerms: [] };
    }
  }
  return null;
}

/** "Kerry and Tillerson", "Seoul or Tokyo": asked of each, not of both at once. */
function sideBySide(question: string, a: QueryTerm, b: QueryTerm): boolean {
  const between = question.slice(question.indexOf(a.word) + a.word.length, question.lastIndexOf(b.word));
  return /\b(?:and|or|versus|vs|to|with)\b|[,&/]/i.test(between);
}

function weak(reading: Reading, evidence: readonly RankedPassage[], index: SearchableIndex): Finding | null {
  // "What happened on 27 September 2013?" asks for whatever is of that time.
  if (reading.terms.length === 0 || (evidence[0]?.score ?? 0) >= LEAST_SCORE) return null;
  const missing = reading.terms.filter((term) => documentsWith(index, term.term).length === 0).map((term) => term.word);
  if (missing.length > 0) {
    const message = `${LEAD} ${capitalised(list(missing.map(quoted)))} ${missing.length === 1 ? "is" : "are"} found in none of them, and no passage is about the rest.`;
    return { reason: "missing-terms", message, missingTerms: missing };
  }
  const message = `${LEAD} No passage is about ${list(reading.terms.map((term) => quoted(term.word)))} together.`;
  return { reason: "no-evidence", message, missingTerms: [] };
}

function inFilters(allows: unknown): string {
  return allows === undefined ? "No document mentions" : "The documents asked for do not mention";
}

/** "the one document of 1996", "none of the 3 documents of 1996". */
function ofPeriodInWords(reading: Reading, index: SearchableIndex): string {
  const { period } = reading;
  if (period === null) return "No document";
  const dated = index.documents.filter(({ document }) => document.date !== null && within(document.date, period));
  if (dated.length === 1) return `the one document of ${period.text}`;
  return dated.length === 0
    ? `what is said of ${period.text}`
    : `any of the ${dated.length} documents of ${period.text}`;
}

/** "1 document, of 7 February 2017", "3 documents, of 1996 to 2017". */
function countOf(documents: readonly Document[]): string {
  const dates = documents.flatMap(({ date }) => (date === null ? [] : [date])).sort();
  const count = documents.length === 1 ? "1 document" : `${documents.length} documents`;
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return count;
  if (documents.length === 1) return `${count}, of ${dateInWords(first)}`;
  return `${count}, of ${first.slice(0, 4)}${first.slice(0, 4) === last.slice(0, 4) ? "" : ` to ${last.slice(0, 4)}`}`;
}

function list(items: readonly string[], most = items.length): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

const quoted = (word: string) => `“${word}”`;
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
