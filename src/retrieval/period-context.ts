import type { Passage } from "../types.ts";
import { dateOf } from "./document-times.ts";
import type { PeriodContext } from "./period.ts";
import type { SearchableIndex } from "./searchable.ts";

/** Made once an index: every question is read against it, some more than once. */
const known = new WeakMap<SearchableIndex, PeriodContext>();

/** What the times of a question are read against: the documents' dates, and what the dated ones are called. */
export function periodContext(index: SearchableIndex): PeriodContext {
  const context = known.get(index) ?? contextOf(index);
  known.set(index, context);
  return context;
}

function contextOf(index: SearchableIndex): PeriodContext {
  const dated = index.documents.flatMap(({ document, passages }) => {
    const date = dateOf(document);
    const { title, path } = document;
    // The text of passages is read from a file: not of every document for every question.
    const opening = () => openingOf(passages);
    return date === null ? [] : [{ date, name: `${title} ${path.replace(/[-_./]/g, " ")}`, opening }];
  });
  return { documentDates: dated.map(({ date }) => date), named: dated };
}

/** Who was there stands among the first lines. */
const OPENING = 600;

function openingOf(passages: readonly Passage[]): string {
  const first = passages.slice(0, 3).map(({ section, text }) => [section ?? "", text].join("\n"));
  return first.join("\n").slice(0, OPENING);
}
