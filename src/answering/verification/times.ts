import { monthNumber } from "../../documents/dates.ts";
import { datesIn, MONTH } from "../../retrieval/period-dates.ts";
import type { IsoDate } from "../../types.ts";

/** A time as far as a text says it, and where. All that is null is not said. */
export interface Time {
  readonly year: number | null;
  /** The first year of a decade or a century, and how many years it has. */
  readonly years: { readonly from: number; readonly count: number } | null;
  readonly month: number | null;
  readonly day: number | null;
  /** 0 for Sunday. */
  readonly weekday: number | null;
  readonly start: number;
  readonly end: number;
}

const NOTHING = { year: null, years: null, month: null, day: null, weekday: null };
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const YEARLESS = [
  { pattern: new RegExp(`\\b${DAY}\\s+(?:day\\s+)?(?:of\\s+)?${MONTH}(?![\\p{L}])`, "giu"), day: 1, month: 2 },
  { pattern: new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?${DAY}(?![\\p{L}\\d])`, "giu"), day: 2, month: 1 },
] as const;
/** "May" and "March" alone are months only with a capital, inside a sentence, after what stands before a time. */
const MONTH_ALONE =
  /\b(January|February|April|June|July|August|September|October|November|December|(?<=\b(?:[Ii]n|[Oo]f|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ff]rom|to|and|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|through|[Bb]efore|[Aa]fter|[Bb]etween)\s|\b[Mm]id-)(?:March|May))\b/g;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const WEEKDAY = /\b(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b/g;
const DECADE = /(?<![\p{L}\p{N}])((?:1\d|20)\d)0['’]?s\b/gu;
const DECADE_WORD = /\b(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b/gi;
const DECADE_WORDS = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
const CENTURY =
  /\b(\d{1,2})(?:st|nd|rd|th)[\s-]+(?:and\s+\d{1,2}(?:st|nd|rd|th)[\s-]+)?centur(?:y|ies)\b|\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)[\s-]+centur(?:y|ies)\b/gi;
const ORDINALS =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(
    " ",
  );

/** Every time that a text names, in no order, none within another. */
export function timesIn(text: string): Time[] {
  const times: Time[] = [];
  const add = (time: Partial<Time>, start: number, length: number): void => {
    const end = start + length;
    if (times.some((other) => start < other.end && other.start < end)) return;
    times.push({ ...NOTHING, ...time, start, end });
  };
  for (const { spans, start, end } of datesIn(text)) {
    // A range names both of its ends.
    const dates = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].filter((date) => date !== null);
    const ends = spans.length > 1 ? spans.flatMap(({ from }) => from ?? []).slice(0, 1) : dates;
    times.push(...ends.map((date) => ({ ...NOTHING, ...partsOf(date), start, end })));
  }
  for (const form of YEARLESS)
    for (const match of text.matchAll(form.pattern)) {
      const [day, month] = [Number(match[form.day]), Number(monthNumber(match[form.month]))];
      const isName = /^may$/.test(match[form.month] ?? "") || day > 31 || day < 1;
      if (!isName) add({ day, month }, match.index, match[0].length);
    }
  for (const match of text.matchAll(CENTURY)) {
    const number = match[1] === undefined ? ORDINALS.indexOf((match[2] ?? "").toLowerCase()) + 1 : Number(match[1]);
    add({ years: { from: (number - 1) * 100, count: 100 } }, match.index, match[0].length);
  }
  for (const match of text.matchAll(DECADE))
    add({ years: { from: Number(match[1]) * 10, count: 10 } }, match.index, match[0].length);
  for (const match of text.matchAll(DECADE_WORD)) {
    const tens = DECADE_WORDS.indexOf((match[1] ?? "").toLowerCase()) + 2;
    add({ years: { from: 1900 + tens * 10, count: 10 } }, match.index, match[0].length);
  }
  for (const match of text.matchAll(MONTH_ALONE))
    add({ month: Number(monthNumber(match[1])) }, match.index, match[0].length);
  for (const match of text.matchAll(WEEKDAY))
    add({ weekday: WEEKDAYS.indexOf(match[0].toLowerCase()) }, match.index, match[0].length);
  return times;
}

/** A date as the parts of a time that it says. */
export function partsOf(date: IsoDate): Pick<Time, "year" | "month" | "day"> {
  const [year, month, day] = date.split("-").map(Number);
  return { year: year ?? null, month: month ?? null, day: day ?? null };
}

/**
 * Whether the times of the evidence carry the time: one of them says all of it, or says it but for the year (or the month
 * and year), which is that of the document or of a date that it names itself.
 */
export function isTimeIn(
  time: Time,
  said: readonly Time[],
  around: readonly Pick<Time, "year" | "month" | "day">[],
): boolean {
  if (time.weekday !== null) return said.some(({ weekday }) => weekday === time.weekday);
  const { years } = time;
  if (years !== null) {
    const isInYears = (year: number | null) => year !== null && year >= years.from && year < years.from + years.count;
    return said.some((other) => (other.years === null ? isInYears(other.year) : isSameYears(other.years, years)));
  }
  return (
    said.some((other) => agrees(time, other)) ||
    around.some((other) => agrees(time, other)) ||
    said.some((other) => other.year === null && around.some(({ year }) => agrees(time, { ...other, year })))
  );
}

function isSameYears(a: NonNullable<Time["years"]>, b: NonNullable<Time["years"]>): boolean {
  return (a.from >= b.from && a.from + a.count <= b.from + b.count && a.count <= b.count) === true;
}

/** Whether all that the one says is said by the other. */
function agrees(time: Pick<Time, "year" | "month" | "day">, other: Pick<Time, "year" | "month" | "day">): boolean {
  return (["year", "month", "day"] as const).every((part) => time[part] === null || time[part] === other[part]);
}
