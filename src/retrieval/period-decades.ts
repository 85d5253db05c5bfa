import type { Span } from "./calendar.ts";
import type { Mention } from "./period-dates.ts";
import { type Groups, namedBy, wording } from "./period-words.ts";

const TENS = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
const CENTURIES =
  "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(
    " ",
  );
/** Years of a decade and of a century, by the part of it that is named. */
const DECADE_PARTS: Readonly<Record<string, readonly [number, number]>> = { early: [0, 4], mid: [3, 7], late: [5, 9] };
const CENTURY_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  early: [0, 33],
  mid: [33, 67],
  late: [67, 99],
};
const PART = "(?:(early|mid|late)[\\s-]+)?";
const SOME = new RegExp(`\\bcentury|0['’]?s\\b|\\b(?:${TENS.join("|")})\\b`, "i");

const WORDINGS = [
  wording(`(?:the\\s+)?${PART}((?:1\\d|20)\\d)0['’]?s`, ([part, tens = ""]) =>
    // "The 1700s" are a century; "the 2000s" are ten years.
    tens.endsWith("0") && tens < "200"
      ? century([part, String(Number(tens.slice(0, 2)) + 1)])
      : decade(Number(tens), part),
  ),
  wording(`(?:the\\s+${PART}['’]?|${PART}['’])([2-9])0['’]?s`, ([part, other, ten]) =>
    decade(190 + Number(ten), part ?? other),
  ),
  wording(`the\\s+${PART}(${TENS.join("|")})`, ([part, ten = ""]) =>
    decade(192 + TENS.indexOf(ten.toLowerCase()), part),
  ),
  wording(
    `(?:the\\s+)?(first|second|last)\\s+(half|decade)\\s+of\\s+the\\s+(?:(\\d{1,2})(?:st|nd|rd|th)|(${CENTURIES.join("|")}))\\s+century`,
    ([which = "", of = "", figure, word]) => partOfCentury(which.toLowerCase(), of.toLowerCase(), figure, word),
  ),
  wording(`(?:the\\s+)?${PART}(?:(\\d{1,2})(?:st|nd|rd|th)|(${CENTURIES.join("|")}))[\\s-]+century`, century),
];

/** The decades and centuries that the text names: "the late 1990s", "the nineties", "the 19th century". */
export function decadesIn(text: string): Mention[] {
  return SOME.test(text) ? namedBy(WORDINGS, text) : [];
}

/** The ten years that begin with these three figures, or the part of them that is named. */
export function decade(tens: number, part = ""): Span[] {
  const [first, last] = DECADE_PARTS[part.toLowerCase()] ?? [0, 9];
  return [{ from: String(tens * 10 + first), to: String(tens * 10 + last) }];
}

/** "The first half of the 19th century" is 1800 to 1849. */
function partOfCentury(which: string, of: string, figure?: string, word?: string): Span[] {
  const [whole] = century([undefined, figure, word]);
  if (whole?.from == null) return [];
  const years = of === "half" ? 50 : 10;
  const first = Number(whole.from) + (which === "last" ? 100 - years : which === "second" ? years : 0);
  return [{ from: String(first), to: String(first + years - 1) }];
}

/** As people say it: the 19th century is 1800 to 1899. */
function century([part, figure, word]: Groups): Span[] {
  const number = figure === undefined ? CENTURIES.indexOf((word ?? "").toLowerCase()) + 11 : Number(figure);
  if (number < 11 || number > 29) return [];
  const [first, last] = CENTURY_PARTS[part?.toLowerCase() ?? ""] ?? [0, 99];
  return [{ from: String((number - 1) * 100 + first), to: String((number - 1) * 100 + last) }];
}
