import { isoDate, monthNumber } from "../documents/dates.ts";
import type { IsoDate, Period } from "../types.ts";

const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const YEAR = "((?:1[0-9]|20)\\d\\d)";

/** The ways a single date is written; each gives year, month, day by name of group. */
const DATES: readonly { readonly pattern: string; readonly order: readonly ("y" | "m" | "d")[] }[] = [
  { pattern: `${YEAR}-(\\d\\d)-(\\d\\d)`, order: ["y", "m", "d"] },
  { pattern: `${MONTH}\\s+${DAY},?\\s+${YEAR}`, order: ["m", "d", "y"] },
  { pattern: `${DAY}\\s+(?:of\\s+)?${MONTH},?\\s+${YEAR}`, order: ["d", "m", "y"] },
  { pattern: `${MONTH},?\\s+(?:of\\s+)?${YEAR}`, order: ["m", "y"] },
  { pattern: YEAR, order: ["y"] },
];
// A year that is part of a longer number, an amount or a code is none: "1996-97", "$2,013", "F-2017".
const DATE_SOURCE = `(?<![\\p{L}\\p{N}$€£%.,/-])(?:${DATES.map((date) => date.pattern.replace(/\((?!\?)/g, "(?:")).join("|")})(?![\\p{L}\\p{N}%/-])(?![.,]\\d)`;

const DECADES: Readonly<Record<string, number>> = {
  twenties: 20,
  thirties: 30,
  forties: 40,
  fifties: 50,
  sixties: 60,
  seventies: 70,
  eighties: 80,
  nineties: 90,
};

/** The first day that the date can mean: "2017" is 2017-01-01. */
export function firstDay(date: IsoDate): IsoDate {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** The last day that the date can mean: "2017" is 2017-12-31. */
export function lastDay(date: IsoDate): IsoDate {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length > 7) return date;
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

/** One written date, as ISO: "31 October 1996" is "1996-10-31". null where it is no date of the calendar. */
function writtenDate(text: string): IsoDate | null {
  for (const { pattern, order } of DATES) {
    const match = new RegExp(`^${pattern}$`, "iu").exec(text);
    if (match === null) continue;
    const part = (of: "y" | "m" | "d") => (order.includes(of) ? match[order.indexOf(of) + 1] : undefined);
    const month = part("m");
    return isoDate(part("y"), month !== undefined && /\D/.test(month) ? monthNumber(month) : month, part("d"));
  }
  return null;
}

/** Every date with a year that the text writes out, in reading order. */
export function datesIn(text: string): { readonly date: IsoDate; readonly start: number; readonly end: number }[] {
  const found: { date: IsoDate; start: number; end: number }[] = [];
  for (const match of text.matchAll(new RegExp(DATE_SOURCE, "giu"))) {
    const date = writtenDate(match[0]);
    if (date !== null) found.push({ date, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function dayBefore(date: IsoDate): IsoDate {
  return new Date(Date.parse(firstDay(date)) - 86_400_000).toISOString().slice(0, 10);
}

function dayAfter(date: IsoDate): IsoDate {
  return new Date(Date.parse(lastDay(date)) + 86_400_000).toISOString().slice(0, 10);
}

function decade(question: string): Period | null {
  const match =
    /\b(?:the\s+)?(?:(early|mid|late)[\s-]+)?(?:((?:1[0-9]|20)\d)0['’]?s|((?:'|’)?\d)0s|([a-z]+ties))\b/i.exec(
      question,
    );
  if (match === null) return null;
  const [text, part, full, short, word] = match;
  const named = word === undefined ? undefined : DECADES[word.toLowerCase()];
  if (word !== undefined && (named === undefined || !/^the\s/i.test(text))) return null;
  const tens =
    full !== undefined ? Number(full) : 190 + (short !== undefined ? Number(short.slice(-1)) : (named ?? 0) / 10);
  const start = tens * 10;
  const [first, last] = { early: [0, 4], mid: [3, 7], late: [5, 9] }[part?.toLowerCase() ?? ""] ?? [0, 9];
  return { from: String(start + (first ?? 0)), to: String(start + (last ?? 9)), text: text.trim() };
}

/**
 * The period that a question speaks of: "in 1996", "before 2000", "since May 2017", "between 1996 and 2013",
 * "in the nineties", "on September 27, 2013". null where it names none. Both ends are inclusive.
 */
export function readPeriod(question: string): Period | null {
  const dates = datesIn(question);
  const [one, two] = dates;
  if (one === undefined) return decade(question);
  const before = question.slice(0, one.start);
  const text = question.slice(one.start, one.end);
  if (two !== undefined) {
    const between = question.slice(one.end, two.start);
    const said = question.slice(one.start, two.end);
    const range =
      (/\bbetween\s+$/i.test(before) && /^\s*(?:and|to|[-–])\s*$/i.test(between)) ||
      /^\s*(?:to|until|till|through|[-–])\s*$/i.test(between);
    if (range && one.date <= two.date) return { from: one.date, to: two.date, text: said };
    // Several separate dates ("in 2006 and in 2017"): everything that they enclose.
    const sorted = dates.map((found) => found.date).sort();
    return {
      from: sorted[0] ?? null,
      to: sorted.at(-1) ?? null,
      text: dates.map((d) => question.slice(d.start, d.end)).join(" and "),
    };
  }
  const lead = /\b(before|prior to|until|till|up to|after|since|from|by|as of)\s+$/i.exec(before)?.[1]?.toLowerCase();
  const said = lead === undefined ? text : `${lead} ${text}`;
  if (lead === "before" || lead === "prior to") return { from: null, to: dayBefore(one.date), text: said };
  if (lead === "until" || lead === "till" || lead === "up to" || lead === "by")
    return { from: null, to: one.date, text: said };
  if (lead === "after") return { from: dayAfter(one.date), to: null, text: said };
  if (lead === "since" || (lead === "from" && /^\s*(?:on|onwards?)\b/i.test(question.slice(one.end)))) {
    return { from: one.date, to: null, text: said };
  }
  return { from: one.date, to: one.date, text };
}

/** Whether the date can fall into the period: of "2017" and "after May 2017" it can. */
export function within(date: IsoDate, period: Pick<Period, "from" | "to">): boolean {
  return (
    (period.from === null || lastDay(date) >= firstDay(period.from)) &&
    (period.to === null || firstDay(date) <= lastDay(period.to))
  );
}
