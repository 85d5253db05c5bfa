import { isOfAny } from "../retrieval/document-times.ts";
import type { QueryTerm, Reading } from "../retrieval/reading.ts";
import { documentsWith, type SearchableIndex } from "../retrieval/searchable.ts";
import type { Document, Period } from "../types.ts";
import { countOf, LEAD, list, quoted } from "./refusal-words.ts";

/** The passages to which period and filters limit the search; undefined where nothing does. */
export type Allows = ((ordinal: number) => boolean) | undefined;

/** The names and numbers of the question that stand in none of the documents in scope. */
export function missingNames(reading: Reading, index: SearchableIndex, allows: Allows): QueryTerm[] {
  return reading.terms.filter((term) => term.named && documentsWith(index, term.term, allows).length === 0);
}

/** "The one document from 1996 does not mention Tillerson; Tillerson appears in 1 document, of 7 February 2017." */
export function missingNamesMessage(
  missing: readonly QueryTerm[],
  reading: Reading,
  index: SearchableIndex,
  allows: Allows,
): string {
  const elsewhere = missing.filter((term) => documentsWith(index, term.term).length > 0);
  const nowhere = missing.filter((term) => !elsewhere.includes(term));
  const sentences: string[] = [LEAD];
  if (elsewhere.length > 0) {
    const words = elsewhere.map(({ word }) => word);
    const where = elsewhere.map(({ term, word }) => `${word} appears in ${countOf(documentsWith(index, term))}`);
    sentences.push(`${notIn(words, reading.period, index, allows)}; ${list(where)}.`);
  }
  if (nowhere.length > 0) {
    const words = nowhere.map(({ word }) => quoted(word));
    sentences.push(`${list(words)} ${words.length === 1 ? "stands" : "stand"} in none of the documents.`);
  }
  return sentences.join(" ");
}

function notIn(words: readonly string[], period: Period | null, index: SearchableIndex, allows: Allows): string {
  const documents = documentsIn(index, allows);
  if (period === null) {
    if (documents.length === 1) return `The document asked for does not mention ${list(words, "or")}`;
    return `None of the ${documents.length} documents asked for mentions ${list(words, "or")}`;
  }
  const ofPeriod = documents.filter((document) => isOfAny(document, [period]));
  const isDate = period.from !== null && period.from === period.to && /\d{4}/.test(period.text);
  const when = isDate ? `from ${period.text}` : `of that time (${quoted(period.text)})`;
  if (ofPeriod.length === 0) return `Nothing that is said ${when} mentions ${list(words, "or")}`;
  if (ofPeriod.length === 1) return `The one document ${when} does not mention ${list(words, "or")}`;
  return `None of the ${ofPeriod.length} documents ${when} mentions ${list(words, "or")}`;
}

function documentsIn(index: SearchableIndex, allows: Allows): Document[] {
  return index.documents
    .filter((_, position) => {
      const [first = 0, end = 0] = index.firstOrdinal.subarray(position, position + 2);
      for (let ordinal = first; ordinal < end; ordinal++) if (allows === undefined || allows(ordinal)) return true;
      return false;
    })
    .map(({ document }) => document);
}

/** Two names of the question that no document in scope has both, unless it sets them side by side itself. */
export function neverTogether(reading: Reading, index: SearchableIndex, allows: Allows): string | null {
  const named = reading.terms
    .filter((term) => term.named)
    .map((term) => ({ term, documents: documentsWith(index, term.term, allows) }))
    .filter(({ documents }) => documents.length > 0);
  for (const [i, a] of named.entries()) {
    for (const b of named.slice(i + 1)) {
      if (areSideBySide(reading.question, a.term, b.term)) continue;
      if (a.documents.some((document) => b.documents.includes(document))) continue;
      const apart = `${quoted(a.term.word)} is in ${countOf(a.documents)}, ${quoted(b.term.word)} in ${countOf(b.documents)}`;
      if (allows === undefined) return `${LEAD} ${apart}; no document has both.`;
      const where = reading.period === null ? "asked for" : `of that time (${quoted(reading.period.text)})`;
      const elsewhere = documentsWith(index, a.term.term).filter((one) =>
        documentsWith(index, b.term.term).includes(one),
      );
      const outside = elsewhere.length === 0 ? "" : `; elsewhere both are in ${countOf(elsewhere)}`;
      return `${LEAD} Of the documents ${where}, ${apart}; none has both${outside}.`;
    }
  }
  return null;
}

/** "Kerry and Tillerson", "Perry, Kerry or Mr Yun": asked of each, not of both at once. Only names may stand between. */
function areSideBySide(question: string, a: QueryTerm, b: QueryTerm): boolean {
  const between = question.slice(a.end, b.start);
  return (
    /(?:\b(?:and|or|versus|vs)\b|[,&/])/i.test(between) &&
    /^(?:[\s,&/.]|\b(?:and|or|versus|vs|the|of)\b|\p{Lu}[\p{L}\p{N}.’'-]*)*$/u.test(between)
  );
}
