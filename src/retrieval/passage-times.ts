import { firstDay, lastDay, type Span } from "./calendar.ts";
import { datesIn, MONTH } from "./period-dates.ts";
import { decadesIn } from "./period-decades.ts";
import { yearlessIn } from "./period-yearless.ts";

/** Names the rules below and those they call, whose results are kept in the index: change it with them. */
export const TIMES = "times/2";

/** Stands in the place of a first day before a month, or a day of one, that is written without a year. */
export const YEARLESS = 0xffff_ffff;

const SOME_MONTH = new RegExp(`(?<![a-z0-9])${MONTH}(?![a-z])`, "iu");

/**
 * The times that a text writes out, two numbers each: the first and the last day, 19961101 for 1996-11-01; or YEARLESS and
 * 1101 for "1 November", 1100 for "November". They are read when a passage is indexed: reading every passage when a
 * period is asked for takes seconds where there are 100,000.
 */
export function timesIn(text: string): number[] {
  const dates = datesIn(text);
  const written = [...dates, ...decadesIn(text)].flatMap(({ spans }) => spans.flatMap(daysOf));
  // Most texts name no month, which is quicker to see.
  const yearless = (SOME_MONTH.test(text) ? yearlessIn(text) : [])
    // Not "7 November 2003", which has one.
    .filter(({ start, end }) => !dates.some((date) => date.start < end && start < date.end))
    .flatMap(({ from }) => [YEARLESS, monthDay(from)]);
  return [...written, ...yearless];
}

/** The first and the last day of a span as numbers. */
export function daysOf({ from, to }: Span): [number, number] {
  return [from === null ? 0 : number(firstDay(from)), to === null ? 99_999_999 : number(lastDay(to))];
}

const number = (day: string) => Number(day.replaceAll("-", ""));

/** 207 for "02-07", 200 for "02". */
function monthDay(text: string): number {
  const [month = 0, day = 0] = text.split("-").map(Number);
  return month * 100 + day;
}

/** "02-07" for 207, "02" for 200. */
export function monthDayText(value: number): string {
  const [month, day] = [Math.floor(value / 100), value % 100].map((part) => String(part).padStart(2, "0"));
  return day === "00" ? `${month}` : `${month}-${day}`;
}
