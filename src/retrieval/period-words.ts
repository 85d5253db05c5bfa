import { isoDate } from "../documents/dates.ts";
import type { IsoDate } from "../types.ts";
import { daysFrom, firstDay, lastDay, monthsFrom, type Span } from "./calendar.ts";
import { type Mention, YEAR } from "./period-dates.ts";

const TENS = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
/** Years of a decade, by the part of it that is named. */
const DECADE_PARTS: Readonly<Record<string, readonly [number, number]>> = { early: [0, 4], mid: [3, 7], late: [5, 9] };
const CENTURY_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  early: [0, 33],
  mid: [33, 67],
  late: [67, 99],
};
/** Months of a year, by the part of it that is named, read generously. */
const YEAR_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  early: [1, 6],
  beginning: [1, 6],
  start: [1, 6],
  mid: [4, 9],
  middle: [4, 9],
  late: [7, 12],
  end: [7, 12],
};
const SEASONS: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 11],
  fall: [9, 11],
};
const ORDINALS = ["first", "second", "third", "fourth"];
const CENTURIES =
  "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first".split(
    "|",
  );
const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const NUMBER = `(\\d{1,3}|an?|${NUMBERS.join("|")})`;
const PART = "(?:(early|mid|late)[\\s-]+)?";
const OF_YEAR = `(?:,?\\s+(?:of\\s+|in\\s+)?(?:the\\s+year\\s+)?|-)${YEAR}(?![\\p{L}\\p{N}%/-])(?![.,]\\d)`;

type Groups = readonly (string | undefined)[];
interface Words {
  readonly regex: RegExp;
  readonly read: (groups: Groups, today: IsoDate) => readonly Span[];
}
const words = (pattern: string, read: Words["read"]): Words => ({
  regex: new RegExp(`(?<![\\p{L}\\p{N}/-])${pattern}(?![\\p{L}\\p{N}])`, "giu"),
  read,
});

const WORDS: readonly Words[] = [
  words(`(?:the\\s+)?${PART}((?:1\\d|20)\\d)0['’]?s`, ([part, tens]) => decade(Number(tens), part)),
  words(`(?:the\\s+${PART}['’]?|${PART}['’])([2-9])0['’]?s`, ([part, other, ten]) =>
    decade(190 + Number(ten), part ?? other),
  ),
  words(`the\\s+${PART}(${TENS.join("|")})`, ([part, ten = ""]) => decade(192 + TENS.indexOf(ten.toLowerCase()), part)),
  words(`(?:the\\s+)?${PART}(?:(\\d{1,2})(?:st|nd|rd|th)|(${CENTURIES.join("|")}))[\\s-]+century`, century),
  words(`(?:the\\s+)?(spring|summer|autumn|fall)${OF_YEAR}`, ([season = "", year = ""]) =>
    months(year, SEASONS[season.toLowerCase()]),
  ),
  words(`(?:the\\s+)?winter${OF_YEAR}`, ([year = ""]) => [
    { from: `${Number(year) - 1}-12`, to: `${year}-02` },
    { from: `${year}-12`, to: `${Number(year) + 1}-02` },
  ]),
  words(`(?:the\\s+)?(?:(${ORDINALS.join("|")}|last)\\s+quarter|q([1-4]))${OF_YEAR}`, quarter),
  words(`${YEAR}[\\s-]+q([1-4])`, ([year, number]) => quarter([undefined, number, year])),
  words(`(?:the\\s+)?(?:(first|second|last)\\s+half|h([12]))${OF_YEAR}`, ([word, number, year = ""]) =>
    months(year, word?.toLowerCase() === "first" || number === "1" ? [1, 6] : [7, 12]),
  ),
  words(`(?:the\\s+)?(?:(early|mid|late)|(beginning|start|middle|end)\\s+of)${OF_YEAR}`, ([part, of, year = ""]) =>
    months(year, YEAR_PARTS[(part ?? of ?? "").toLowerCase()]),
  ),
  words("(?:the\\s+)?day\\s+before\\s+yesterday", (_, today) => day(daysFrom(today, -2))),
  words("yesterday", (_, today) => day(daysFrom(today, -1))),
  words("(?<!\\bthe\\s+)(last|this)\\s+(week|month|year|decade|century)(?!\\s+of\\b)", ([which, unit], today) =>
    calendarUnit(unit, today, which?.toLowerCase() === "last" ? 1 : 0),
  ),
  words(`(?:the\\s+)?(?:last|past)\\s+${NUMBER}\\s+(day|week|month|year|decade)s?(?!\\s+of\\b)`, ([n, unit], today) => [
    { from: back(unit, today, count(n)), to: today },
  ]),
  words("the\\s+past\\s+(week|month|year|decade)(?!\\s+of\\b)", ([unit], today) => [
    { from: back(unit, today, 1), to: today },
  ]),
  words(`(?<!\\b(?:than|over)\\s+)${NUMBER}\\s+(day|week|month|year|decade)s?\\s+ago`, ([n, unit], today) =>
    calendarUnit(unit, today, count(n)),
  ),
];

/** The times that the text names in words: decades, centuries, parts of a year, and what is relative to today. */
export function wordsIn(text: string, today: IsoDate): Mention[] {
  return WORDS.flatMap(({ regex, read }) =>
    [...text.matchAll(regex)].flatMap((match) => {
      const spans = read(match.slice(1), today).filter(({ from, to }) =>
        [from, to].every((date) => isoDate(date?.slice(0, 4))),
      );
      return spans.length === 0 ? [] : [{ spans, start: match.index, end: match.index + match[0].length }];
    }),
  );
}

function decade(tens: number, part = ""): Span[] {
  const [first, last] = DECADE_PARTS[part.toLowerCase()] ?? [0, 9];
  return [{ from: String(tens * 10 + first), to: String(tens * 10 + last) }];
}

/** As people say it: the 19th century is 1800 to 1899. */
function century([part, figure, word]: Groups): Span[] {
  const number = figure === undefined ? CENTURIES.indexOf((word ?? "").toLowerCase()) + 10 : Number(figure);
  if (number < 11 || number > 29) return [];
  const [first, last] = CENTURY_PARTS[part?.toLowerCase() ?? ""] ?? [0, 99];
  return [{ from: String((number - 1) * 100 + first), to: String((number - 1) * 100 + last) }];
}

function months(year: string, of: readonly [number, number] | undefined): Span[] {
  const [from, to] = (of ?? []).map((month) => `${year}-${String(month).padStart(2, "0")}`);
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

function quarter([word, number, year = ""]: Groups): Span[] {
  const index = number === undefined ? ORDINALS.indexOf((word ?? "").toLowerCase()) : Number(number) - 1;
  const first = (index === -1 ? 3 : index) * 3 + 1;
  return months(year, [first, first + 2]);
}

const day = (date: IsoDate): Span[] => [{ from: date, to: date }];

/** "a" and "three" are 1 and 3. */
function count(word = ""): number {
  if (/^\d/.test(word)) return Number(word);
  return NUMBERS.indexOf(word.toLowerCase()) + 1 || 1;
}

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
      from: firstDay(String((Math.floor(year / 100) - n) * 100)).slice(0, 4),
      to: String((Math.floor(year / 100) - n) * 100 + 99),
    },
  ];
}
