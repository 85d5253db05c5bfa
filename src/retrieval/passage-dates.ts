import type { Document } from "../types.ts";
import type { Span } from "./calendar.ts";
import { spanOf, timesOf } from "./document-times.ts";
import { daysOf, monthDayText, timesIn, YEARLESS } from "./passage-times.ts";
import type { SearchableIndex } from "./searchable.ts";

/** How a passage stands to a period: its document is of it, it or its document may be, or it is not. */
export type InPeriod = "document" | "maybe" | "outside";

/** First and last day, as numbers; 0 and 0 where a document has none. */
type Days = readonly [first: number, last: number];

/**
 * How each passage, by its ordinal, stands to the period that these spans make up. A document's date decides (where it
 * has none, the one in its title or file name), or a date that the passage writes out. Documents without a date may be
 * of any time where they are the most; beside many with one they are not taken for everything that the others are not.
 */
export function periodTest(index: SearchableIndex, spans: readonly Span[]): (ordinal: number) => InPeriod {
  const { parts, partOf, placeOf } = index.lexical;
  const documents = index.documents.map(({ document }) => daysOfDocument(document));
  const { meets, isWritten } = timeTest(spans);
  const undatedAre = isMostlyDated(documents) ? "outside" : "maybe";
  const ofDocument = documents.map(([first, last]): InPeriod => {
    return last === 0 ? undatedAre : meets(first, last) ? "document" : "outside";
  });
  return (ordinal) => {
    const position = index.documentOf[ordinal] ?? -1;
    const document = ofDocument[position] ?? "outside";
    if (document !== "outside") return document;
    const postings = parts[partOf[ordinal] ?? -1]?.postings;
    const place = placeOf[ordinal] ?? 0;
    const [start, end] = [postings?.timeEnds[place] ?? 0, postings?.timeEnds[place + 1] ?? 0];
    if (postings === undefined) return "outside";
    return isWritten(postings.times, start, end, documents[position] ?? [0, 0]) ? "maybe" : "outside";
  };
}

/** Whether a document may be of any time: it has none, as most others. */
export function ofAnyTime(index: SearchableIndex): (document: Document) => boolean {
  const undatedMayBe = !isMostlyDated(index.documents.map(({ document }) => daysOfDocument(document)));
  return (document) => undatedMayBe && timesOf(document).length === 0;
}

/** Whether a text of a document writes out a time that may be of the period. */
export function sentenceTest(spans: readonly Span[]): (text: string, document: Document) => boolean {
  const { isWritten } = timeTest(spans);
  const areShort = spans.every((span) => isShort(...daysOf(span)));
  return (text, document) => {
    const written = timesIn(text);
    const times: number[] = [];
    for (let at = 0; at < written.length; at += 2) {
      const [first = 0, last = 0] = [written[at], written[at + 1]];
      // "In 2021" says nothing of the tenth of June.
      if (first === YEARLESS || !areShort || isShort(first, last)) times.push(first, last);
    }
    return isWritten(times, 0, times.length, daysOfDocument(document));
  };
}

/** Whether these days, as numbers of year, month and day, lie within a month. */
function isShort(first: number, last: number): boolean {
  return last - first < 100;
}

function daysOfDocument(document: Document): Days {
  const span = spanOf(document);
  return span === null ? [0, 0] : daysOf(span);
}

function isMostlyDated(documents: readonly Days[]): boolean {
  return 2 * documents.filter(([, last]) => last !== 0).length >= documents.length;
}

interface TimeTest {
  /** Whether some day from the first to the last is of the period. */
  meets(first: number, last: number): boolean;
  /** Whether of these times, as `timesIn` writes them, one may be of the period in a document of these days. */
  isWritten(times: ArrayLike<number>, start: number, end: number, document: Days): boolean;
}

function timeTest(spans: readonly Span[]): TimeTest {
  const limits = spans.map(daysOf);
  const meets = (first: number, last: number) => limits.some(([from, to]) => last >= from && first <= to);
  const days = spans.flatMap((span) => span.yearless ?? []);
  // "At the end of February" in a document of that year may be the February that is asked for.
  const isFine = spans.some(({ from, to }) => (from ?? to ?? "").length > 4);
  const yearlessCount = days.length > 0 || isFine;
  const inItsYear = (day: string, [first, last]: Days) => {
    const year = Math.floor(first / 10_000);
    if (last === 0 || year < 1000) return false;
    const [from, to] = daysOf({ from: `${year}-${day}`, to: `${year}-${day}` });
    // What would come after the document may as well be of the year before.
    return meets(from, to) || (from > last && meets(from - 10_000, to - 10_000));
  };
  const isMeant = (day: string, document: Days) =>
    days.some((asked) => day.startsWith(asked)) || (isFine && inItsYear(day, document));
  return {
    meets,
    isWritten(times, start, end, document) {
      for (let at = start; at < end; at += 2) {
        const [first, last] = [times[at] ?? 0, times[at + 1] ?? 0];
        if (first === YEARLESS ? yearlessCount && isMeant(monthDayText(last), document) : meets(first, last)) {
          return true;
        }
      }
      return false;
    },
  };
}
