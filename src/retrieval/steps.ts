import type { IsoDate } from "../types.ts";
import { daysFrom, firstDay, monthsFrom } from "./calendar.ts";

const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
/** "3", "a", "twelve", as a group. */
export const COUNT = `(\\d{1,3}|an?|${NUMBERS.join("|")})`;

/** What such a word counts; 1 where there is none. */
export function countOf(word = ""): number {
  if (/^\d/.test(word)) return Number(word);
  return NUMBERS.indexOf(word.toLowerCase()) + 1 || 1;
}

/** The day, month or year so many units from the date, as precise as it; null where it is less precise than the unit. */
export function stepsFrom(date: IsoDate, unit: string, n: number): IsoDate | null {
  if (unit === "day" || unit === "week") return date.length < 10 ? null : daysFrom(date, n * (unit === "day" ? 1 : 7));
  if (unit === "month") return date.length < 7 ? null : monthsFrom(firstDay(date), n);
  return String(Number(date.slice(0, 4)) + n * (unit === "decade" ? 10 : 1));
}
