import type { IsoDate, Period } from "../types.ts";
import { daysFrom, enclosing, firstDay, lastDay, type Span, withinAny } from "./calendar.ts";
import { datesIn, type Mention } from "./period-dates.ts";
import { inOrder, orderIn } from "./period-order.ts";
import { wordsIn } from "./period-words.ts";
import { inDocumentYears, inYear, type Yearless, yearlessIn } from "./period-yearless.ts";

export interface PeriodContext {
  /** Of the documents that have one: what "the latest meeting" and "on February 7" are resolved against. */
  readonly documentDates: readonly IsoDate[];
  /** Of day precision; what "last year" counts from. The local date where it is left out. */
  readonly today?: IsoDate;
}

/** The time that a question asks about. */
export interface Periods {
  /** All of it, from its first day to its last; `text` is the piece of the question that says so. */
  readonly period: Period | null;
  /** What may be searched: of "in 2006 and in 2017" only these two years. Empty where there is no period. */
  readonly spans: readonly Span[];
  /** The times that the question names side by side, in its order; empty when there are fewer than two. */
  readonly sides: readonly Period[];
  /** Half-open offsets of the words that name it: nothing else needs to be found of them. */
  readonly words: readonly { readonly start: number; readonly end: number }[];
}

const NONE: Periods = { period: null, spans: [], sides: [], words: [] };
const CHANGE =
  /\b(?:chang\w*|differ\w*|compar\w*|evol\w+|develop\w*|shift\w*|contrast\w*|gr[eo]w\w*|r[io]se|rises|fell|fall|decline\w*|increas\w*|decreas\w*|versus|vs)\b/i;
const TO = /^\s*(?:to|until|till|through|up to|[-–—])\s*$/i;
const SIDE_BY_SIDE =
  /^\s*(?:,|and|or|&|\/|,\s*(?:and|or)|vs\.?|versus|than|with|(?:as\s+)?(?:compared|opposed)\s+(?:to|with)|against)\s+(?:(?:in|on|of|from|the)\s+){0,2}$/i;

/**
 * The period that a question speaks of, and the times that it sets side by side. Written dates and years, decades,
 * centuries and parts of a year; "before", "since", "between ... and"; days and months without a year and "the latest
 * meeting", by the documents' own dates; "last year", by today.
 */
export function readPeriods(question: string, { documentDates, today = localDate() }: PeriodContext): Periods {
  const times = combined(question, mentionsIn(question, documentDates, today));
  const order = orderIn(question);
  if (order !== null) {
    // "The last meeting of 2014" is the last one of that year.
    const among = times.find(
      ({ start }) => start >= order.nounEnd && /^\s+(?:of|in|from)\s+(?:the\s+)?$/i.test(question.slice(order.nounEnd, start)),
    );
    const qualified = /^\s+(?:of|in|from|at)\b/i.test(question.slice(order.nounEnd));
    const spans = inOrder(
      order,
      among === undefined ? documentDates : documentDates.filter((date) => withinAny(date, among.spans)),
    );
    if (spans.length > 0 && (among !== undefined || (!qualified && times.length === 0))) {
      const { start, end } = { start: order.words.start, end: among?.end ?? order.nounEnd };
      const period = { ...enclosing(spans), text: question.slice(start, end) };
      return { period, spans, sides: [], words: among === undefined ? [order.words] : [order.words, among] };
    }
  }
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return NONE;
  const spans = times.flatMap((time) => time.spans);
  return {
    period: { ...enclosing(spans), text: question.slice(first.start, last.end) },
    spans,
    sides: sidesOf(question, times),
    words: times.map(({ start, end }) => ({ start, end })),
  };
}

/** The period alone. Without the documents' dates, days and months without a year and "the latest" are none. */
export function readPeriod(question: string, context: PeriodContext = { documentDates: [] }): Period | null {
  return readPeriods(question, context).period;
}

/** A time with the words before it that bend it, and, for "between A and B", its two ends. */
interface Time extends Mention {
  readonly ends?: readonly [Mention, Mention];
}

/** What the question names, in reading order, each word once; a day without a year takes that of the year beside it. */
function mentionsIn(question: string, documentDates: readonly IsoDate[], today: IsoDate): Mention[] {
  const dated = apart([...wordsIn(question, today), ...datesIn(question)]);
  const yearless = apart(yearlessIn(question)).filter((found) => !dated.some((other) => overlap(found, other)));
  const resolved = yearless.map((found) => inOneYear(question, found, dated) ?? inDocumentYears(found, documentDates));
  const taken = resolved.flatMap(({ spans }) => spans.map(({ from }) => from?.slice(0, 4)));
  // "On November 7 in 2006" is one day, not all of 2006.
  const rest = dated.filter((mention) => !(yearless.length === 1 && isWholeYear(mention) && taken.includes(question.slice(mention.start, mention.end))));
  const lost = dated.filter((mention) => !rest.includes(mention));
  const widened = resolved.map((mention) => (lost.length === 0 ? mention : { ...mention, ...hull([mention, ...lost]) }));
  return [...rest, ...widened].filter(({ spans }) => spans.length > 0).sort((a, b) => a.start - b.start);
}

/** "7 February and 9 March 2012", "May to July 2003", "the November 7 talks in 2006": one year for all. */
function inOneYear(question: string, found: Yearless, dated: readonly Mention[]): Mention | null {
  const years = new Set(dated.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to].map((d) => d?.slice(0, 4)))));
  const [year] = years;
  if (years.size !== 1 || year === undefined) return null;
  const mention = inYear(found, year);
  return mention.spans.length > 0 && question.length > 0 ? mention : null;
}

const isWholeYear = ({ spans }: Mention) => spans.every(({ from, to }) => from?.length === 4 && from === to);
const hull = (mentions: readonly Mention[]) => ({
  start: Math.min(...mentions.map(({ start }) => start)),
  end: Math.max(...mentions.map(({ end }) => end)),
});
const overlap = (a: { start: number; end: number }, b: { start: number; end: number }) =>
  a.start < b.end && b.start < a.end;

/** Of overlapping ones the longest. */
function apart<Found extends { readonly start: number; readonly end: number }>(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of [...found].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => overlap(one, other))) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}
