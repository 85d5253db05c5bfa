import type { Word } from "./words.ts";

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINAL_UNITS =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(
    " ",
  );
const ORDINAL_TENS = TENS.map((word) => word.replace(/y$/, "ieth"));
const SCALES = new Map([
  ["dozen", 12],
  ["dozens", 12],
  ["hundred", 100],
  ["hundreds", 100],
  ["thousand", 1e3],
  ["million", 1e6],
  ["mn", 1e6],
  ["billion", 1e9],
  ["bn", 1e9],
  ["trillion", 1e12],
]);
const FRACTIONS = new Map([
  ["half", 0.5],
  ["halves", 0.5],
  ["quarter", 0.25],
  ["quarters", 0.25],
  ...ORDINAL_UNITS.slice(3).map((word, i) => [`${word}s`, 1 / (i + 3)] as const),
]);
const WORDS = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, i) => [word, 20 + 10 * i] as const),
  ["twice", 2] as const,
  ["thrice", 3] as const,
]);
const ORDINALS = new Map([
  ...ORDINAL_UNITS.map((word, value) => [word, value] as const),
  ...ORDINAL_TENS.map((word, i) => [word, 20 + 10 * i] as const),
]);

/** A number, and the position behind its last word. */
export interface NumberRead {
  readonly value: number;
  readonly isOrdinal: boolean;
  readonly after: number;
  /** Whether it is said as a part: "a third of". */
  readonly isPart?: boolean;
}

const plainAt = (words: readonly Word[], at: number) => words[at]?.plain ?? "";

/** The number whose first word this is; null where it is none. */
export function readNumber(words: readonly Word[], at: number): NumberRead | null {
  const word = words[at];
  if (word === undefined || isPronoun(words, at)) return null;
  const share = readShare(words, at);
  if (share !== null) return share;
  const figures = readFigures(word.text, /[$€£¥₩]\s?$/u.test(word.gap));
  if (figures !== null) {
    const { value, after } = scaled(words, figures.value, at + 1);
    const isBelowZero = (at === 0 ? /^[-−–]$/ : /[\s(][-−–]$/).test(word.gap) || plainAt(words, at - 1) === "minus";
    return { value: isBelowZero ? -value : value, isOrdinal: figures.isOrdinal, after };
  }
  const ordinal = ORDINALS.get(word.plain);
  // "The remaining third", with nothing behind it that would be the third.
  const isRest = /^(?:remaining|other)$/.test(plainAt(words, at - 1)) && words[at + 1]?.isFunction !== false;
  if (ordinal !== undefined && ordinal > 2 && isRest)
    return { value: 1 / ordinal, isOrdinal: false, after: at + 1, isPart: true };
  if (ordinal !== undefined) return { value: ordinal, isOrdinal: true, after: at + 1 };
  const fraction = FRACTIONS.get(word.plain);
  if (fraction !== undefined) return readPart(words, at, fraction);
  const read = readWords(words, at);
  const isAndHalf = read !== null && ["and", "a", "half"].every((plain, i) => plainAt(words, read.after + i) === plain);
  return isAndHalf ? scaled(words, read.value + 0.5, read.after + 3) : read;
}

/** "Half a dozen" and "half a million" are numbers; "a quarter of" is a part. */
function readPart(words: readonly Word[], at: number, value: number): NumberRead {
  const scale = /^an?$/.test(plainAt(words, at + 1)) ? SCALES.get(plainAt(words, at + 2)) : undefined;
  return scale === undefined
    ? { value, isOrdinal: false, after: at + 1, isPart: true }
    : { value: value * scale, isOrdinal: false, after: at + 3 };
}

/** "The new one", with nothing behind it that could be counted. */
function isPronoun(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  const isAfterAdjective = before !== undefined && !before.isFunction && /^\p{Ll}+$/u.test(before.text);
  if (words[at]?.plain === "one" && /^(?:no|any|some|every)$/.test(plainAt(words, at - 1))) return true;
  const isGlued = words[at]?.plain === "one" && /^\s$/.test(words[at]?.gap ?? "");
  const isArticle = (back: number) => /^(?:the|an?|this|that|every|each)$/.test(plainAt(words, at - back));
  if (isGlued && isArticle(1) && /^(?:who|which|that)$/.test(plainAt(words, at + 1))) return true;
  return isGlued && isAfterAdjective && words[at + 1]?.isFunction !== false && isArticle(2);
}

/** "A third of", "one fifth", and "one in ten", "one worker in five". */
function readShare(words: readonly Word[], at: number): NumberRead | null {
  const [first, second] = [plainAt(words, at), plainAt(words, at + 1)];
  if (!/^(?:a|an|one|1)$/.test(first)) return null;
  const part = ORDINALS.get(second) ?? 0;
  // "About a third speak"; "a third was put down" is another one.
  const isAbout = /^(?:about|almost|around|by|nearly|only|over|roughly|some|than)$/.test(plainAt(words, at - 1));
  if (part > 2 && (first === "one" || isAbout || plainAt(words, at + 2) === "of"))
    return { value: 1 / part, isOrdinal: false, after: at + 2, isPart: true };
  const by = [1, 2].find((on) => plainAt(words, at + on) === "in");
  if (by === undefined || first.startsWith("a")) return null;
  const whole = readNumber(words, at + by + 1);
  const isShare =
    whole !== null &&
    !whole.isOrdinal &&
    whole.value > 1 &&
    whole.value < 1e6 &&
    !/^\d{4}$/.test(plainAt(words, at + by + 1));
  return isShare ? { value: 1 / whole.value, isOrdinal: false, after: whole.after, isPart: true } : null;
}

/** "1,250", "3.5", "12th", "40m"; groups of three after commas are thousands, a point or comma before others a fraction. */
function readFigures(text: string, isMoney: boolean): { readonly value: number; readonly isOrdinal: boolean } | null {
  const match = /^(\d[\d.,]*?)(st|nd|rd|th|m|bn|k)?$/i.exec(text);
  if (match === null) return null;
  const [, digits = "", suffix = ""] = match;
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits) ? digits.replaceAll(",", "") : digits.replace(",", ".");
  // "5m" is five million of money, or five metres.
  const factor = { m: isMoney ? 1e6 : 1, bn: 1e9, k: isMoney ? 1e3 : 1 }[suffix.toLowerCase()] ?? 1;
  const value = Number(plain) * factor;
  return Number.isFinite(value) ? { value, isOrdinal: /^(?:st|nd|rd|th)$/i.test(suffix) } : null;
}

/** "Two hundred and fifty thousand", "twenty-three", "two thirds", "a hundred". */
function readWords(words: readonly Word[], at: number): NumberRead | null {
  const first = plainAt(words, at);
  const isScale = /^(?:a|an)$/.test(first) && SCALES.has(plainAt(words, at + 1)) && plainAt(words, at + 1) !== "mn";
  if (!WORDS.has(first) && !isScale && first !== "dozen") return null;
  let total = 0;
  let group = isScale ? 1 : 0;
  let after = isScale ? at + 1 : at;
  for (; after < words.length; after++) {
    const word = plainAt(words, after);
    const gap = after > at ? (words[after]?.gap ?? "") : " ";
    if (!/^[\s-]*$/.test(gap)) break;
    const small = WORDS.get(word);
    const scale = SCALES.get(word);
    const ordinal = ORDINALS.get(word);
    if (small !== undefined) {
      if (group % 100 !== 0 && !(group % 10 === 0 && small < 10)) break;
      group += small;
    } else if (scale === 100 || scale === 12) group = (group === 0 ? 1 : group) * scale;
    else if (scale !== undefined && word.length > 2) {
      total += (group === 0 ? 1 : group) * scale;
      group = 0;
    } else if (ordinal !== undefined && group % 10 === 0 && ordinal < 10 && group > 0) {
      return { value: total + group + ordinal, isOrdinal: true, after: after + 1 };
    } else if (
      word === "and" &&
      after > at &&
      SCALES.has(plainAt(words, after - 1)) &&
      WORDS.has(plainAt(words, after + 1))
    )
      continue;
    else if (FRACTIONS.has(word) && after > at && word !== "half") {
      return { value: group * (FRACTIONS.get(word) ?? 1), isOrdinal: false, after: after + 1, isPart: true };
    } else break;
  }
  return { value: total + group, isOrdinal: false, after };
}

/** "5 million": figures before the word for a power of ten. */
function scaled(words: readonly Word[], value: number, at: number): NumberRead {
  const next = words[at];
  const scale = next !== undefined && /^[\s-]*$/.test(next.gap) ? SCALES.get(next.plain) : undefined;
  if (scale === undefined || next === undefined) return { value, isOrdinal: false, after: at };
  return { value: value * scale, isOrdinal: false, after: at + 1 };
}
