import { firstDay, lastDay, type Span } from "./calendar.ts";
import { datesIn } from "./period-dates.ts";
import { decadesIn } from "./period-decades.ts";
import { yearlessIn } from "./period-yearless.ts";
import type { SearchableIndex } from "./searchable.ts";

/** How a passage stands to a period: its document is of it, it or its document may be, or it is not. */
export type InPeriod = "document" | "maybe" | "outside";

/** The dates of all passages, by ordinal, as numbers that compare fast: 19961101 for 1996-11-01. */
interface PassageDates {
  /** First and last day of each document's date, by its position; 0 and 0 where it has none. */
  readonly documents: Uint32Array;
  /** First and last day of each time that a passage writes out; those of passage n are at offsets[n] .. offsets[n + 1]. */
  readonly written: Uint32Array;
  readonly offsets: Uint32Array;
}

const known = new WeakMap<SearchableIndex, PassageDates>();
/** Days and months written without a year ("02-07"), of each passage by its ordinal. */
const knownYearless = new WeakMap<SearchableIndex, readonly (readonly string[])[]>();

/** Read once an index, when a period is first asked for: parsing every passage for every question would cost more than the search. */
function datesOf(index: SearchableIndex): PassageDates {
  const found = known.get(index) ?? readDates(index);
  known.set(index, found);
  return found;
}

/** Apart from the others, as few questions need them. */
function yearlessOf(index: SearchableIndex): readonly (readonly string[])[] {
  const found = knownYearless.get(index) ?? index.passages.map(({ text }) => yearlessOnly(text));
  knownYearless.set(index, found);
  return found;
}

/** Not "7 November 2003", which has one. */
function yearlessOnly(text: string): string[] {
  const found = yearlessIn(text);
  const dated = found.length === 0 ? [] : datesIn(text);
  return found
    .filter(({ start, end }) => !dated.some((date) => date.start < end && start < date.end))
    .map(({ from }) => from);
}

const number = (day: string) => Number(day.replaceAll("-", ""));
const ends = ({ from, to }: Span) => [
  from === null ? 0 : number(firstDay(from)),
  to === null ? 99_999_999 : number(lastDay(to)),
];

function readDates(index: SearchableIndex): PassageDates {
  const written: number[] = [];
  const offsets = new Uint32Array(index.passages.length + 1);
  for (const [ordinal, { text }] of index.passages.entries()) {
    for (const { spans } of [...datesIn(text), ...decadesIn(text)])
      for (const span of spans) written.push(...ends(span));
    offsets[ordinal + 1] = written.length;
  }
  const documents = index.documents.flatMap(({ document: { date } }) =>
    date === null ? [0, 0] : ends({ from: date, to: date }),
  );
  return { documents: Uint32Array.from(documents), written: Uint32Array.from(written), offsets };
}

/**
 * How each passage, by its ordinal, stands to the period that these spans make up. A document's date decides, or a
 * date that the passage writes out. Documents without a date may be of any time where they are the most; beside many
 * with one they are not taken for everything that the others are not.
 */
export function periodTest(index: SearchableIndex, spans: readonly Span[]): (ordinal: number) => InPeriod {
  const { documents, written, offsets } = datesOf(index);
  const limits = spans.map(ends);
  const meets = (first: number, last: number) => limits.some(([from = 0, to = 0]) => last >= from && first <= to);
  const dated = index.documents.filter(({ document }) => document.date !== null).length;
  const undatedAre = 2 * dated >= index.documents.length ? "outside" : "maybe";
  const ofDocument = index.documents.map((_, position): InPeriod => {
    const [first = 0, last = 0] = documents.subarray(2 * position, 2 * position + 2);
    return last === 0 ? undatedAre : meets(first, last) ? "document" : "outside";
  });
  const days = spans.flatMap((span) => span.yearless ?? []);
  // "At the end of February" in a document of that year may be the February that is asked for.
  const isFine = spans.some(({ from, to }) => (from ?? to ?? "").length > 4);
  const yearless = days.length === 0 && !isFine ? [] : yearlessOf(index);
  const inItsYear = (day: string, position: number) => {
    const [first = 0, last = 0] = documents.subarray(2 * position, 2 * position + 2);
    const year = Math.floor(first / 10_000);
    if (last === 0 || year < 1000) return false;
    const [from = 0, to = 0] = ends({ from: `${year}-${day}`, to: `${year}-${day}` });
    // What would come after the document may as well be of the year before.
    return meets(from, to) || (from > last && meets(from - 10_000, to - 10_000));
  };
  return (ordinal) => {
    const document = ofDocument[index.documentOf[ordinal] ?? -1] ?? "outside";
    if (document !== "outside") return document;
    const end = offsets[ordinal + 1] ?? 0;
    for (let at = offsets[ordinal] ?? 0; at < end; at += 2) {
      if (meets(written[at] ?? 0, written[at + 1] ?? 0)) return "maybe";
    }
    const position = index.documentOf[ordinal] ?? -1;
    const isMeant = (day: string) =>
      days.some((asked) => day.startsWith(asked)) || (isFine && inItsYear(day, position));
    return yearless[ordinal]?.some(isMeant) ? "maybe" : "outside";
  };
}
