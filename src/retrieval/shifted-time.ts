import { dateInWords } from "../documents/dates.ts";
import type { IsoDate } from "../types.ts";
import { daysFrom, firstDay, monthsFrom } from "./calendar.ts";
import { readPeriod } from "./period.ts";

const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const COUNT = `(\\d{1,3}|an?|${NUMBERS.join("|")})`;
const UNIT = "(day|week|month|year|decade)s?";
const BOUND = /^(before|after|since|until|till|up to)\s+(?:that|then|this)(?:\s+(?:time|date|year|month|day|point))?$/i;
/** "The year before", "the following month": one step from the time of the question before. */
const STEP = new RegExp(
  `^(?:in\\s+)?the\\s+(?:(previous|preceding|prior|following|next|subsequent)\\s+${UNIT}|${UNIT}\\s+(before|after)(?:\\s+(?:that|then|it|this))?)$`,
  "i",
);
/** "Ten years earlier": so many steps. */
const STEPS = new RegExp(`^${COUNT}\\s+${UNIT}\\s+(earlier|before|later|after|afterwards)(?:\\s+that)?$`, "i");

/**
 * The words of a time that is counted from that of the question before: "before 2018" of "before that", "2008" of "ten
 * years earlier". null for other words, and where the question before has no single time.
 */
export function timeFrom(words: string, previous: string): string | null {
  const bound = BOUND.exec(words)?.[1];
  const [step, steps] = [STEP.exec(words), STEPS.exec(words)];
  if (bound === undefined && step === null && steps === null) return null;
  const period = readPeriod(previous);
  if (period === null || period.from === null || period.to === null) return null;
  if (bound !== undefined) return /^\d|^\p{Lu}/u.test(period.text) ? `${bound.toLowerCase()} ${period.text}` : null;
  const [unit = "", way = ""] = step ? [step[2] ?? step[3], step[1] ?? step[4]] : [steps?.[2], steps?.[3]];
  const isBack = /^(?:previous|preceding|prior|before|earlier)$/i.test(way);
  const from = isBack ? period.from : period.to;
  const moved = stepsFrom(from, unit.toLowerCase(), (isBack ? -1 : 1) * countOf(steps?.[1]));
  return moved === null ? null : dateInWords(moved);
}

function countOf(word = "one"): number {
  return /^\d/.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase()) + 1 || 1;
}

/** The day, month or year so many units from that of the date; null where the date is not as precise as the unit. */
function stepsFrom(date: IsoDate, unit: string, n: number): IsoDate | null {
  if (unit === "day" || unit === "week") return date.length < 10 ? null : daysFrom(date, n * (unit === "day" ? 1 : 7));
  if (unit === "month") return date.length < 7 ? null : monthsFrom(firstDay(date), n);
  return String(Number(date.slice(0, 4)) + n * (unit === "decade" ? 10 : 1));
}
