import type { IsoDate } from "../types.ts";
import { daysFrom, lastDay, monthsFrom, type Span } from "./calendar.ts";
import type { Mention } from "./period-dates.ts";
import { decade } from "./period-decades.ts";
import { type Groups, namedBy, type Wording, wording } from "./period-words.ts";
import { COUNT, countOf } from "./steps.ts";

type Relative = (today: IsoDate) => Wording;
const relative =
  (pattern: string, read: (groups: Groups, today: IsoDate) => readonly Span[]): Relative =>
  (today) =>
    wording(pattern, (groups) => read(groups, today));

const WORDINGS: readonly Relative[] = [
  relative("(?:the\\s+)?day\\s+before\\s+yesterday", (_, today) => day(daysFrom(today, -2))),
  relative("yesterday", (_, today) => day(daysFrom(today, -1))),
  relative("(?<!\\bthe\\s+)(last|this)\\s+(week|month|year|decade|century)(?!\\s+of\\b)", ([which, unit], today) =>
    calendarUnit(unit, today, which?.toLowerCase() === "last" ? 1 : 0),
  ),
  relative(
    `(?:the\\s+)?(?:last|past)\\s+${COUNT}\\s+(day|week|month|year|decade)s?(?!\\s+of\\b)`,
    ([n, unit], today) => [{ from: back(unit, today, countOf(n)), to: today }],
  ),
  relative("the\\s+past\\s+(week|month|year|decade)(?!\\s+of\\b)", ([unit], today) => [
    { from: back(unit, today, 1), to: today },
  ]),
  relative(`(?<!\\b(?:than|over)\\s+)${COUNT}\\s+(day|week|month|year|decade)s?\\s+ago`, ([n, unit], today) =>
    calendarUnit(unit, today, countOf(n)),
  ),
];

/** The times that the text counts from today, a day: "yesterday", "last year", "two years ago". */
export function relativeIn(text: string, today: IsoDate): Mention[] {
  return namedBy(
    WORDINGS.map((from) => from(today)),
    text,
  );
}

const day = (date: IsoDate): Span[] => [{ from: date, to: date }];

/** The day so many units before today. */
function back(unit = "", today: IsoDate, n: number): IsoDate {
  const plain = unit.toLowerCase();
  if (plain === "day" || plain === "week") return daysFrom(today, -n * (plain === "day" ? 1 : 7));
  const month = monthsFrom(today, -n * ({ month: 1, year: 12, decade: 120 }[plain] ?? 0));
  const same = `${month}${today.slice(7)}`;
  return same < lastDay(month) ? same : lastDay(month);
}

/** The whole week, month, year ... that lies so many of them before that of today; weeks begin on Monday. */
function calendarUnit(unit = "", today: IsoDate, n: number): Span[] {
  const plain = unit.toLowerCase();
  const year = Number(today.slice(0, 4));
  if (plain === "day") return day(daysFrom(today, -n));
  if (plain === "week") {
    const monday = daysFrom(today, -((new Date(today).getUTCDay() + 6) % 7) - 7 * n);
    return [{ from: monday, to: daysFrom(monday, 6) }];
  }
  if (plain === "month") return day(monthsFrom(today, -n));
  if (plain === "year") return day(String(year - n));
  if (plain === "decade") return decade(Math.floor(year / 10) - n);
  return [
    {
      from: String((Math.floor(year / 100) - n) * 100),
      to: String((Math.floor(year / 100) - n) * 100 + 99),
    },
  ];
}
