import { isoDate, monthNumber } from "../documents/dates.ts";
import type { IsoDate } from "../types.ts";
import type { Span } from "./calendar.ts";
import { isYear } from "./year-or-number.ts";

/** A time that a text names, and where. */
export interface Mention {
  /** More than one where the words can mean several. */
  readonly spans: readonly Span[];
  /** Half-open offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/** A time written in figures and months. */
export interface WrittenDate extends Mention {
  /** The day, month or year that it is or begins with. */
  readonly date: IsoDate;
}

export const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
export const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
export const YEAR = "((?:1\\d|20)\\d\\d)";
const DASH = "\\s*(?:[-–]|to|and)\\s*";

interface Form {
  readonly pattern: string;
  readonly read: (...groups: (string | undefined)[]) => readonly Span[];
}

const one = (date: IsoDate | null): Span[] => (date === null ? [] : [{ from: date, to: date }]);
function days(year?: string, month?: string, first?: string, last = first): Span[] {
  const from = isoDate(year, monthNumber(month), first);
  const to = isoDate(year, monthNumber(month), last);
  return from === null || to === null || from > to ? [] : [{ from, to }];
}

/** The ways a time with a year is written, the longer ones first. */
const FORMS: readonly Form[] = [
  { pattern: `${YEAR}[-/.](\\d{1,2})[-/.](\\d{1,2})`, read: (y, m, d) => one(isoDate(y, m, d)) },
  { pattern: `(\\d{1,2})[-/.](\\d{1,2})[-/.]${YEAR}`, read: numeric },
  {
    pattern: `${MONTH}\\s+${DAY}(?:${DASH}${DAY})?,?\\s+${YEAR}`,
    read: (m, first, last, y) => days(y, m, first, last),
  },
  {
    pattern: `${DAY}(?:${DASH}${DAY})?\\s+(?:of\\s+)?${MONTH},?\\s+(?:of\\s+)?${YEAR}`,
    read: (first, last, m, y) => days(y, m, first, last),
  },
  { pattern: `${MONTH},?\\s+(?:of\\s+)?${YEAR}`, read: (m, y) => one(isoDate(y, monthNumber(m))) },
  { pattern: `${YEAR}[-–/](\\d\\d(?:\\d\\d)?)`, read: years },
  { pattern: YEAR, read: (y) => one(isoDate(y)) },
];

/** 27/9/2013 can be read one way only; 3/4/2013 is the one day or the other. */
function numeric(first?: string, second?: string, year?: string): Span[] {
  const readings = [isoDate(year, second, first), isoDate(year, first, second)];
  return [...new Set(readings)].flatMap(one);
}

/** "2013-14", "2013/14", "2013–2016"; "2013-09" is a month, "2008-09" either that or two years. */
function years(from = "", end = ""): Span[] {
  const to = end.length === 4 ? end : from.slice(0, 2) + end;
  const month = Number(to) === Number(from) + 1 ? null : isoDate(from, end);
  if (end.length === 2 && month !== null) return one(month);
  return isoDate(to) !== null && from < to ? [{ from, to }] : [];
}

const grouped = FORMS.map(({ pattern, read }) => ({ read, regex: new RegExp(`^${pattern}$`, "iu") }));
// A year that is part of a longer number, an amount or a code is none: "$2,013", "F-2017", "2017%".
const ANY = new RegExp(
  `(?<![\\p{L}\\p{N}$€£¥#§%/-])(?<!\\p{N}[.,])(?:${FORMS.map(({ pattern }) => pattern.replace(/\((?!\?)/g, "(?:")).join("|")})(?![\\p{L}\\p{N}%/-])(?![.,]\\d)`,
  "giu",
);

/** Every time with a year that the text writes out in figures and months, in reading order. */
export function datesIn(text: string): WrittenDate[] {
  const found: WrittenDate[] = [];
  if (!/\d{4}/.test(text)) return found;
  for (const match of text.matchAll(ANY)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const spans = written(match[0]);
    const bare = /^(?:\D+\s)?\d{4}$/.test(match[0]);
    const date = spans[0]?.from;
    if (date && (!bare || isYear(text, end - 4, end))) found.push({ date, spans, start, end });
  }
  return found;
}

function written(text: string): readonly Span[] {
  for (const { regex, read } of grouped) {
    const groups = regex.exec(text)?.slice(1);
    if (groups !== undefined) return read(...groups);
  }
  return [];
}
