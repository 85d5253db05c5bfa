import type { Span } from "./calendar.ts";
import { type Mention, YEAR } from "./period-dates.ts";
import { type Groups, namedBy, wording } from "./period-words.ts";

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
const OF_YEAR = `(?:,?\\s+(?:of\\s+|in\\s+)?(?:the\\s+year\\s+)?|-)${YEAR}(?![\\p{L}\\p{N}%/-])(?![.,]\\d)`;

const WORDINGS = [
  wording(`(?:the\\s+)?(spring|summer|autumn|fall)${OF_YEAR}`, ([season = "", year = ""]) =>
    months(year, SEASONS[season.toLowerCase()]),
  ),
  wording(
    `(?:the\\s+)?winter(?:\\s+of)?\\s+(?:the\\s+)?${YEAR}\\s*[-–/]\\s*(\\d\\d)(?:(\\d\\d))?(?![\\p{L}\\p{N}])`,
    ([year = "", next = "", rest]) =>
      Number(rest ?? next) === (Number(year) + 1) % 100 ? [{ from: `${year}-12`, to: `${Number(year) + 1}-02` }] : [],
  ),
  wording(`(?:the\\s+)?winter${OF_YEAR}`, ([year = ""]) => [
    { from: `${Number(year) - 1}-12`, to: `${year}-02` },
    { from: `${year}-12`, to: `${Number(year) + 1}-02` },
  ]),
  wording(`(?:the\\s+)?(?:(${ORDINALS.join("|")}|last)\\s+quarter|q([1-4]))${OF_YEAR}`, quarter),
  // By the calendar: the documents may count their fiscal years otherwise.
  wording(
    `(?:the\\s+)?(?:FY|fiscal(?:\\s+year)?|financial\\s+year)[\\s-]*${YEAR}(?![\\p{L}\\p{N}%/-])(?![.,]\\d)`,
    ([year = ""]) => [{ from: year, to: year }],
  ),
  wording(`${YEAR}[\\s-]+q([1-4])`, ([year, number]) => quarter([undefined, number, year])),
  wording(`(?:the\\s+)?(?:(first|second|last)\\s+half|h([12]))${OF_YEAR}`, ([word, number, year = ""]) =>
    months(year, word?.toLowerCase() === "first" || number === "1" ? [1, 6] : [7, 12]),
  ),
  wording(`(?:the\\s+)?(?:(early|mid|late)|(beginning|start|middle|end)\\s+of)${OF_YEAR}`, ([part, of, year = ""]) =>
    months(year, YEAR_PARTS[(part ?? of ?? "").toLowerCase()]),
  ),
];

/** The parts of a year that the text names: "spring 2014", "the first quarter of 2018", "late 1996". */
export function partsOfYearIn(text: string): Mention[] {
  return namedBy(WORDINGS, text);
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
