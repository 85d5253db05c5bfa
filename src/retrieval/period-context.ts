import type { PeriodContext } from "./period.ts";
import type { SearchableIndex } from "./searchable.ts";

/** What the times of a question are read against: the documents' dates, and what the dated ones are called. */
export function periodContext(index: SearchableIndex): PeriodContext {
  const dated = index.documents.flatMap(({ document: { date, title, path } }) =>
    date === null ? [] : [{ date, name: `${title} ${path.replace(/[-_./]/g, " ")}` }],
  );
  return { documentDates: dated.map(({ date }) => date), named: dated };
}
