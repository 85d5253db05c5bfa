import type { Document } from "../types.ts";
import { within } from "./calendar.ts";
import { datesIn } from "./period-dates.ts";
import type { SearchableIndex } from "./searchable.ts";
import { contentTokens } from "./stopwords.ts";
import { terms } from "./tokenize.ts";

/** More documents than this share the words: they are of a kind, and none of them is named. */
const MOST = 5;

/**
 * The documents that the words name: each word of substance stands in the title ("the bulletin", "the stove manual"),
 * each date is the document's ("the 2019 communiqué"). Empty where they name none, or too many to be a name.
 */
export function namedDocuments(words: string, index: SearchableIndex): Document[] {
  const dates = datesIn(words);
  const isDate = (start: number) => dates.some((date) => start >= date.start && start < date.end);
  const wanted = contentTokens(words).filter(({ start }) => !isDate(start));
  if (wanted.length === 0) return [];
  const named = index.documents
    .map(({ document }) => document)
    .filter(({ title, date }) => {
      const inTitle = new Set(terms(title));
      if (!wanted.every(({ term }) => inTitle.has(term))) return false;
      return dates.every((written) => date !== null && within(date, { from: written.date, to: written.date }));
    });
  return named.length > MOST || named.length === index.documents.length ? [] : named;
}
