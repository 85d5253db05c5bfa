import { isIsoDate, isoDate, monthNumber } from "../documents/dates.ts";
import type { IsoDate } from "../types.ts";
import { within } from "./calendar.ts";
import { DAY, type Mention, MONTH } from "./period-dates.ts";
import { DOCUMENT_WORD } from "./period-order.ts";

/** A day or month without a year: "on February 7", "in May". */
export interface Yearless {
  /** "02-07" or "05"; the end of a range of days is in `to`. */
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly end: number;
}

const ON_DAY = /\b(?:as of|in|on|during|since|before|after|until|till|by)\s+$/i;
/** What a month alone may stand after: "by May" and "from June" are rather people. */
const IN_MONTH = /\b(?:as of|in|during|since|until|till|early|late|mid)[\s-]+$/i;
/** "May to July 2003", "May and June 2003". */
const TO_MONTH = new RegExp(`^\\s*(?:to|until|till|through|and|or|[-–])\\s*${MONTH}`, "iu");
const OF_DOCUMENT = new RegExp(`^\\s+${DOCUMENT_WORD}\\b`, "iu");
const RANGE = "\\s*[-–]\\s*";
const FORMS = [
  { regex: form(`${MONTH}\\s+${DAY}(?:${RANGE}${DAY})?`), order: [0, 1, 2] },
  { regex: form(`${DAY}(?:${RANGE}${DAY})?\\s+(?:of\\s+)?${MONTH}`), order: [2, 0, 1] },
  { regex: form(MONTH), order: [0] },
] as const;

function form(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}$€£/.,-])${pattern}(?![\\p{L}\\p{N}%/])(?!-(?!\\p{L}))(?![.,]\\d)`, "giu");
}

/** The days and months without a year that the text names; months as words of another kind ("may", "march") are left out. */
export function yearlessIn(text: string): Yearless[] {
  return FORMS.flatMap(({ regex, order }) =>
    [...text.matchAll(regex)].flatMap((match): Yearless[] => {
      const [name, first, last] = order.map((at) => match[at + 1]);
      const [start, end] = [match.index, match.index + match[0].length];
      if (name === undefined || !isMonth(text, name, first, start, end)) return [];
      const [from, to] = [monthDay(name, first), monthDay(name, last ?? first)];
      return from === null || to === null || from > to ? [] : [{ from, to, start, end }];
    }),
  );
}

function isMonth(text: string, name: string, day: string | undefined, start: number, end: number): boolean {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const capital = /^\p{Lu}/u.test(name);
  const ordinal = /\d(?:st|nd|rd|th)\b/.test(text.slice(start, end));
  // "May 5 people enter?", "mar 3 walls": verbs.
  const verb = /^(?:may|march|mar)$/i.test(name) && (!capital || before.trim() === "");
  if (day !== undefined) return ordinal || ON_DAY.test(before) || (!verb && (capital || name.length > 3));
  if (/^\s+\p{Lu}/u.test(after) || (!capital && name.length < 4 && name !== "may")) return false;
  if (TO_MONTH.test(after)) return capital || IN_MONTH.test(before);
  return IN_MONTH.test(before) || (capital && /\b(?:the|this|last)\s+$/i.test(before) && OF_DOCUMENT.test(after));
}

/** "02-07" or "05"; 29 February is one. null where there is no such day. */
function monthDay(name: string, day?: string): string | null {
  return isoDate("2000", monthNumber(name), day)?.slice(5) ?? null;
}

/** It in that year; no span where the year lacks the day. */
export function inYear({ from, to, start, end }: Yearless, year: string): Mention {
  const span = { from: `${year}-${from}`, to: `${year}-${to}` };
  return { spans: isIsoDate(span.from) && isIsoDate(span.to) ? [span] : [], start, end };
}

/** It in each year in which some document is of that time. */
export function inDocumentYears(yearless: Yearless, dates: readonly IsoDate[]): Mention {
  const { from, to, start, end } = yearless;
  // The year of a document that has only that says nothing of its day.
  const precise = dates.filter((date) => date.length >= from.length + 5);
  const spans = [...new Set(precise.map((date) => date.slice(0, 4)))]
    .sort()
    .flatMap((year) => inYear(yearless, year).spans)
    .filter((span) => precise.some((date) => within(date, span)));
  return { spans: spans.map((span) => (from === to ? { ...span, yearless: from } : span)), start, end };
}
