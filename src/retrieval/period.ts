import type { IsoDate, Period } from "../types.ts";
import { daysFrom, enclosing, firstDay, lastDay, type Span, withinAny, withoutSpans } from "./calendar.ts";
import { AGAINST, anyOf, CHANGE, MOVE } from "./comparison-words.ts";
import { countedFrom } from "./period-counted.ts";
import { datesIn, type Mention, MONTH } from "./period-dates.ts";
import { decadesIn } from "./period-decades.ts";
import { datesOfKind, inOrder, type NamedDate, orderIn } from "./period-order.ts";
import { partsOfYearIn } from "./period-parts.ts";
import { relativeIn } from "./period-relative.ts";
import { inDocumentYears, inYear, yearlessIn } from "./period-yearless.ts";

export interface PeriodContext {
  /** Of the documents that have one: what "the latest meeting" and "on February 7" are resolved against. */
  readonly documentDates: readonly IsoDate[];
  /** The same documents by title and path: "the latest minutes" are the latest of those that are called minutes, if any are. */
  readonly named?: readonly NamedDate[];
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
  readonly words: readonly Place[];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

const NONE: Periods = { period: null, spans: [], sides: [], words: [] };
const SET_APART = anyOf([CHANGE, MOVE, AGAINST]);
const TO = /^\s*(?:to|until|till|through|up to|[-–—])\s*(?:the\s+)?$/i;
const BETWEEN = /\bbetween\s+(?:the\s+)?$/i;
/** "Other than 2013", "apart from in May 2013"; "but not" only beside the words of time. */
const EXCEPT =
  /(?:\b(?:except(?:ing)?(?:\s+for)?|excluding|other\s+than|apart\s+from|aside\s+from|but\s+not)\s+)(?:(?:in|on|for|during|of|from)\s+)?(?:the\s+(?:year\s+)?)?$/i;
const OR_ALSO = /^\s*,?\s*(?:and|or)\s+(?:(?:in|on|for|from|of|the)\s+){0,2}$/i;
const AND = /^\s*and\s+(?:the\s+)?$/i;
const LEAD =
  /\b(before|prior\s+to|earlier\s+than|no\s+later\s+than|later\s+than|until|till|up\s+to|through|after|since|starting\s+(?:in|from|with)|beginning\s+(?:in|with)|by|in\s+(?:about|around)|around|circa|ca?\.)\s+(?:the\s+year\s+)?$/i;
const ONWARDS =
  /^\s*(?:,?\s*(?:and|or)\s+(?:later|after|since)\b(?!\s+(?:the|in|\S*\d))|on\b(?=\s*[?.,]|$)|onwards?\b)/i;
const OR_EARLIER = /^\s*(?:and|or)\s+(?:earlier|before)\b(?!\s+(?:the|in|\S*\d))/i;
const SIDE_BY_SIDE =
  /^\s*(?:,|and|or|&|\/|,\s*(?:and|or)|vs\.?|versus|than|with|(?:as\s+)?(?:compared|opposed)\s+(?:to|with)|against)\s+(?:(?:in|on|of|from|the)\s+){0,2}$/i;

/**
 * The period that a question speaks of, and the times that it sets side by side. Written dates and years, decades,
 * centuries and parts of a year; "before", "since", "between ... and"; days and months without a year and "the latest
 * meeting", by the documents' own dates; "last year", by today.
 */
export function readPeriods(
  question: string,
  { documentDates, named = [], today = localDate() }: PeriodContext,
): Periods {
  const times = combined(question, mentionsIn(question, documentDates, today));
  return byOrder(question, times, { documentDates, named }) ?? byName(question, times);
}

/** "The last meeting of 2014"; the words of time of "the last meeting before 2014" include "before". */
const AMONG = /^\s+(?:(?:of|in|from|during)\s+(?:the\s+)?)?$/i;
const OF_SOMETHING = /^\s+(?:of|in|from|at|by|between|before|after|since|until|till|during)\b/i;

/** "The latest meeting", and "the last meeting of 2014": the last one of that year. */
function byOrder(
  question: string,
  times: readonly Time[],
  { documentDates, named = [] }: PeriodContext,
): Periods | null {
  const order = orderIn(question);
  if (order === null) return null;
  const among = times.find(({ start }) => start >= order.end && AMONG.test(question.slice(order.end, start)));
  // "The last meeting of the committee", "the first report, in 1996, ...": not of the documents in general.
  if (among === undefined && (times.length > 0 || OF_SOMETHING.test(question.slice(order.end)))) return null;
  const spans = inOrder(
    order,
    datesOfKind(order.kind, named, documentDates).filter((date) => among === undefined || withinAny(date, among.spans)),
  );
  if (spans.length === 0) return null;
  const text = question.slice(order.start, among?.end ?? order.end);
  return { period: { ...enclosing(spans), text }, spans, sides: [], words: placesOf(among ? [order, among] : [order]) };
}

function byName(question: string, times: readonly Time[]): Periods {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return NONE;
  const spans = spansOf(times);
  if (spans.length === 0) return NONE;
  // What stands between "in 2003 ... and in 2005" is not said of the time: then the first speaks for them.
  const together = times.every((time, i) => i === 0 || time.isTakenOut || joined(question, times[i - 1] ?? time, time));
  return {
    period: { ...enclosing(spans), text: question.slice(first.start, together ? last.end : first.end) },
    spans,
    sides: sidesOf(
      question,
      times.filter(({ isTakenOut }) => !isTakenOut),
    ),
    words: placesOf(times),
  };
}

/** What the times name; of "from 1996 to 2013 except 2003" and "except in 2003" what is left. */
function spansOf(times: readonly Time[]): Span[] {
  const taken = times.filter(({ isTakenOut }) => isTakenOut).flatMap((time) => time.spans);
  const named = times.filter(({ isTakenOut }) => !isTakenOut).flatMap((time) => time.spans);
  if (taken.length === 0) return named;
  return (named.length > 0 ? named : [{ from: null, to: null }]).flatMap((span) => withoutSpans(span, taken));
}

/** The period alone. Without the documents' dates, days and months without a year and "the latest" are none. */
export function readPeriod(question: string, context: PeriodContext = { documentDates: [] }): Period | null {
  return readPeriods(question, context).period;
}

/** What the question names, in reading order, each word once. */
function mentionsIn(question: string, documentDates: readonly IsoDate[], today: IsoDate): Mention[] {
  const dated = apart([
    ...relativeIn(question, today),
    ...partsOfYearIn(question),
    ...decadesIn(question),
    ...datesIn(question),
  ]);
  const found = [...dated];
  for (const yearless of apart([...yearlessIn(question), ...yearlessIn(eachWithIn(question))]).reverse()) {
    if (dated.some((other) => overlap(yearless, other))) continue;
    // "7 February and 9 March 2012": one year for both. "The November 7 talks in 2006": the year decides.
    const [beside] = found.find((other) => joined(question, yearless, other))?.spans ?? [];
    const year = beside?.from?.slice(0, 4);
    // "June or July" without any year: each by the documents, where they are of that time.
    const own = dated.length === 0 && (year === undefined || beside?.yearless !== undefined);
    const mention = own ? inDocumentYears(yearless, documentDates) : null;
    if (mention !== null && (mention.spans.length > 0 || year === undefined)) found.push(mention);
    else if (year !== undefined) found.push(inYear(yearless, year));
  }
  return found.filter(({ spans }) => spans.length > 0).sort((a, b) => a.start - b.start);
}

const BETWEEN_MONTHS = new RegExp(`(?<=(?<!\\p{L})${MONTH}\\s+)(?:and|or)(?=\\s+${MONTH}(?!\\p{L}))`, "giu");

/** "In June or July" as "in June in July", every word at its place: the "in" holds for both. */
function eachWithIn(question: string): string {
  return question.replace(BETWEEN_MONTHS, (word) => "in".padEnd(word.length));
}

const placesOf = (places: readonly Place[]): Place[] => places.map(({ start, end }) => ({ start, end }));
const overlap = (a: Place, b: Place) => a.start < b.end && b.start < a.end;

function joined(question: string, a: Place, b: Place): boolean {
  const between = question.slice(Math.min(a.end, b.end), Math.max(a.start, b.start));
  return TO.test(between) || SIDE_BY_SIDE.test(between);
}

/** Of overlapping ones the longest. */
function apart<Found extends Place>(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of [...found].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => overlap(one, other))) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** A mention with the words that bend it, "before" or "and later"; for "between A and B" its two ends. */
interface Time extends Mention {
  /** "except in 2013": what it names is not meant. */
  readonly isTakenOut?: boolean;
  readonly ends?: readonly [Mention, Mention];
}

function combined(question: string, mentions: readonly Mention[]): Time[] {
  const times: Time[] = [];
  for (let i = 0; i < mentions.length; i++) {
    const [mention, next] = [mentions[i], mentions[i + 1]];
    if (mention === undefined) continue;
    const before = question.slice(times.at(-1)?.end ?? 0, mention.start);
    const range = next === undefined ? null : rangeOf(question, before, mention, next);
    if (range !== null) i++;
    const time = range ?? bent(question, before, mention);
    times.push(takenOut(question.slice(times.at(-1)?.end ?? 0, time.start), time, times.at(-1)) ?? time);
  }
  return times;
}

/** The time as one that is not meant: "except in 2013", "except in 2013 and 2017"; null where it is meant. */
function takenOut(before: string, time: Time, last: Time | undefined): Time | null {
  const except = EXCEPT.exec(before);
  if (except !== null) return { ...time, start: time.start - except[0].length, isTakenOut: true };
  return last?.isTakenOut && OR_ALSO.test(before) ? { ...time, isTakenOut: true } : null;
}

function rangeOf(question: string, before: string, a: Mention, b: Mention): Time | null {
  const between = question.slice(a.end, b.start);
  const lead = BETWEEN.exec(before)?.[0];
  const isBetween = lead !== undefined && (AND.test(between) || TO.test(between));
  const isRange = isBetween || TO.test(between);
  const [{ from }, { to }] = [enclosing(a.spans), enclosing(b.spans)];
  if (!isRange || from === null || to === null || firstDay(from) > lastDay(to)) return null;
  const start = a.start - (isBetween ? (lead?.length ?? 0) : 0);
  return { spans: [{ from, to }], start, end: b.end, ends: [a, b] };
}

function bent(question: string, before: string, mention: Mention): Time {
  const [text, after] = [question.slice(mention.start, mention.end), question.slice(mention.end)];
  const { from, to } = enclosing(mention.spans);
  // Of a day that several years have, "before" has no meaning.
  if (from === null || to === null || (mention.spans[0]?.yearless !== undefined && mention.spans.length > 1))
    return mention;
  const counted = from.length === to.length ? countedFrom(before, from) : null;
  if (counted !== null) return { spans: [counted.span], start: mention.start - counted.length, end: mention.end };
  const lead = LEAD.exec(before);
  const word = lead?.[1]?.toLowerCase().replace(/\s+/g, " ") ?? "";
  const start = mention.start - (lead?.[0].length ?? 0);
  const onwards = ONWARDS.exec(after)?.[0] ?? "";
  const or = OR_EARLIER.exec(after)?.[0] ?? "";
  const isSince = /^(?:since|starting|beginning)\b/.test(word);
  if (isSince || onwards !== "") {
    return {
      spans: [{ from, to: null }],
      start: isSince ? start : mention.start,
      end: mention.end + onwards.length,
    };
  }
  if (or !== "") return { spans: [{ from: null, to }], start: mention.start, end: mention.end + or.length };
  if (word === "") return mention;
  if (/^(?:in |around|c)/.test(word)) return { spans: [around(from, to)], start, end: mention.end };
  // "Before the end of 1999" takes in most of that year.
  const isBefore = /^(?:before|prior to|earlier than)$/.test(word) && !/^(?:the\s+)?end\s/i.test(text);
  const bounds: Span = /^(?:after|later than)$/.test(word)
    ? { from: daysFrom(lastDay(to), 1), to: null }
    : { from: null, to: isBefore ? daysFrom(firstDay(from), -1) : to };
  return { spans: [bounds], start, end: mention.end };
}

/** A year before and after where only years are named, else as it is. */
function around(from: IsoDate, to: IsoDate): Span {
  if (from.length > 4 || to.length > 4) return { from, to };
  return { from: String(Number(from) - 1), to: String(Number(to) + 1) };
}

function sidesOf(question: string, times: readonly Time[]): Period[] {
  const [only] = times;
  const sides = times.length === 1 && only?.ends !== undefined && SET_APART.test(question) ? only.ends : times;
  const periods = sides.map(({ spans, start, end }) => ({ ...enclosing(spans), text: question.slice(start, end) }));
  // "In May 2003 ... in 2003" names one time, not two.
  const apart = periods.filter((one, i) => !periods.some((other, j) => j !== i && inside(one, other, j < i)));
  return apart.length < 2 ? [] : apart;
}

/** Whether the one lies in the other; of two that are the same, the later one. */
function inside(one: Span, other: Span, later: boolean): boolean {
  const all = enclosing([one, other]);
  const same = (a: Span, b: Span) => a.from === b.from && a.to === b.to;
  return same(one, other) ? later : same(all, other);
}

function localDate(): IsoDate {
  const now = new Date();
  return daysFrom("1970-01-01", Math.floor((now.getTime() / 60_000 - now.getTimezoneOffset()) / 1440));
}
