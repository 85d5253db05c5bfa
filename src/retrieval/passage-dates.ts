import type { Span } from "./calendar.ts";
import { spanOf } from "./document-times.ts";
import { daysOf, monthDayText, YEARLESS } from "./passage-times.ts";
import type { SearchableIndex } from "./searchable.ts";

/** How a passage stands to a period: its document is of it, it or its document may be, or it is not. */
export type InPeriod = "document" | "maybe" | "outside";

/**
 * How each passage, by its ordinal, stands to the period that these spans make up. A document's date decides (where it
 * has none, the one in its title or file name), or a date that the passage writes out. Documents without a date may be of any time where they are the most; beside many
 * with one they are not taken for everything that the others are not.
 */
export function periodTest(index: SearchableIndex, spans: readonly Span[]): (ordinal: number) => InPeriod {
  const { parts, partOf, placeOf } = index.lexical;
  // First and last day of each document's time; 0 and 0 where it has none.
  const documents = index.documents.map(({ document }) => {
    const span = spanOf(document);
    return span === null ? [0, 0] : daysOf(span);
  });
  const limits = spans.map(daysOf);
  const meets = (first: number, last: number) => limits.some(([from = 0, to = 0]) => last >= from && first <= to);
  const dated = documents.filter(([, last]) => last !== 0).length;
  const undatedAre = 2 * dated >= index.documents.length ? "outside" : "maybe";
  const ofDocument = documents.map(([first = 0, last = 0]): InPeriod => {
    return last === 0 ? undatedAre : meets(first, last) ? "document" : "outside";
  });
  const days = spans.flatMap((span) => span.yearless ?? []);
  // "At the end of February" in a document of that year may be the February that is asked for.
  const isFine = spans.some(({ from, to }) => (from ?? to ?? "").length > 4);
  const yearlessCount = days.length > 0 || isFine;
  const inItsYear = (day: string, position: number) => {
    const [first = 0, last = 0] = documents[position] ?? [];
    const year = Math.floor(first / 10_000);
    if (last === 0 || year < 1000) return false;
    const [from = 0, to = 0] = daysOf({ from: `${year}-${day}`, to: `${year}-${day}` });
    // What would come after the document may as well be of the year before.
    return meets(from, to) || (from > last && meets(from - 10_000, to - 10_000));
  };
  return (ordinal) => {
    const position = index.documentOf[ordinal] ?? -1;
    const document = ofDocument[position] ?? "outside";
    if (document !== "outside") return document;
    const isMeant = (day: string) =>
      days.some((asked) => day.startsWith(asked)) || (isFine && inItsYear(day, position));
    const postings = parts[partOf[ordinal] ?? -1]?.postings;
    const place = placeOf[ordinal] ?? 0;
    const end = postings?.timeEnds[place + 1] ?? 0;
    for (let at = postings?.timeEnds[place] ?? 0; at < end; at += 2) {
      const [first, last] = [postings?.times[at] ?? 0, postings?.times[at + 1] ?? 0];
      if (first === YEARLESS ? yearlessCount && isMeant(monthDayText(last)) : meets(first, last)) return "maybe";
    }
    return "outside";
  };
}
