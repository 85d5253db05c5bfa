import { isIsoDate } from "../documents/dates.ts";
import type { IsoDate } from "../types.ts";
import { daysFrom, type Span } from "./calendar.ts";
import { COUNT, countOf, stepsFrom } from "./steps.ts";

/** A time that is counted from the one that follows the words, and how many characters before it they take. */
interface Counted {
  readonly span: Span;
  readonly length: number;
}

const UNIT = "(day|week|month|year|decade)s?";
const WORDINGS: readonly (readonly [RegExp, (from: IsoDate, ...groups: string[]) => Span | null])[] = [
  // "The two years after 2003" are both of them, "two years after 2003" is the second.
  [
    new RegExp(
      `\\bthe\\s+(?:(?:first|next|last)\\s+)?${COUNT}\\s+${UNIT}\\s+(before|after|following|preceding)\\s+(?:the\\s+)?$`,
      "i",
    ),
    (from, n = "", unit = "", way = "") => stretch(from, unit.toLowerCase(), (isBack(way) ? -1 : 1) * countOf(n)),
  ],
  // "The year before 2019" is one, "the months before" are all of them.
  [
    /\bthe\s+(day|week|month|year|decade)\s+(before|after|following|preceding)\s+(?:the\s+)?$/i,
    (from, unit = "", way = "") => step(from, unit, isBack(way) ? -1 : 1),
  ],
  [
    new RegExp(`\\b${COUNT}\\s+${UNIT}\\s+(before|after|following|from)\\s+(?:the\\s+)?$`, "i"),
    (from, n = "", unit = "", way = "") =>
      one(stepsFrom(from, unit.toLowerCase(), (isBack(way) ? -1 : 1) * countOf(n))),
  ],
  [
    new RegExp(`\\bwithin\\s+${COUNT}\\s+${UNIT}\\s+(?:of|after|from)\\s+(?:the\\s+)?$`, "i"),
    (from, n = "", unit = "") => {
      const to = stepsFrom(from, unit.toLowerCase(), countOf(n));
      return to === null ? null : { from, to };
    },
  ],
  [/\b(?:the\s+)?week\s+(?:of|around)\s+(?:the\s+)?$/i, (from) => (from.length < 10 ? null : weekOf(from))],
  [
    /\b(?:the\s+)?(first|second|third|fourth|last)\s+week\s+(?:of|in)\s+$/i,
    (month, which = "") => (month.length === 7 ? weekIn(month, which.toLowerCase()) : null),
  ],
];

/** What the words that end `before` count from this date: "the day after", "two years before", "the week of". */
export function countedFrom(before: string, date: IsoDate): Counted | null {
  for (const [wording, read] of WORDINGS) {
    const match = wording.exec(before);
    const span = match === null ? null : read(date, ...match.slice(1));
    if (match !== null && span !== null) return { span, length: match[0].length };
  }
  return null;
}

const isBack = (way: string) => /^(?:before|preceding)$/i.test(way);
const one = (date: IsoDate | null): Span | null => (date === null ? null : { from: date, to: date });

/** All of the units right before or after the date, without it. */
function stretch(date: IsoDate, unit: string, n: number): Span | null {
  const far = stepsFrom(date, unit, n);
  const near = stepsFrom(date, date.length === 4 ? "year" : date.length === 7 ? "month" : "day", Math.sign(n));
  if (far === null || near === null) return null;
  return n < 0 ? { from: inKindOf(far, date), to: near } : { from: near, to: inKindOf(far, date) };
}

/** A year counted from a day or a month ends on that day or in that month. */
function inKindOf(far: IsoDate, date: IsoDate): IsoDate {
  const same = far + date.slice(far.length);
  return isIsoDate(same) ? same : far;
}

/** "The week after" are the seven days, "the year after" the whole one, "the decade after" its ten years. */
function step(date: IsoDate, unit: string, way: 1 | -1): Span | null {
  if (unit.toLowerCase() === "decade") return stretch(date, "decade", way);
  if (unit.toLowerCase() !== "week") return one(stepsFrom(date, unit.toLowerCase(), way));
  if (date.length < 10) return null;
  return way === 1
    ? { from: daysFrom(date, 1), to: daysFrom(date, 7) }
    : { from: daysFrom(date, -7), to: daysFrom(date, -1) };
}

/** From Monday to Sunday. */
function weekOf(day: IsoDate): Span {
  const monday = daysFrom(day, -((new Date(day).getUTCDay() + 6) % 7));
  return { from: monday, to: daysFrom(monday, 6) };
}

/** Seven days from the first of the month, from the eighth, ...; the last seven. */
function weekIn(month: IsoDate, which: string): Span {
  const next = stepsFrom(month, "month", 1) ?? month;
  const at = ["first", "second", "third", "fourth"].indexOf(which);
  const from = at < 0 ? daysFrom(`${next}-01`, -7) : daysFrom(`${month}-01`, 7 * at);
  return { from, to: daysFrom(from, 6) };
}
