import { dateInWords } from "../documents/dates.ts";
import { readPeriod } from "./period.ts";
import { COUNT, countOf, stepsFrom } from "./steps.ts";

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
