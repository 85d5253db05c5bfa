import type { Word } from "./words.ts";

/** A number that a text names, in figures or in words. */
export interface Amount {
  readonly value: number;
  /** A share of a hundred. */
  readonly isPercent: boolean;
  readonly isOrdinal: boolean;
  /** "$", "€", "£", "dollar": null where it is no money. */
  readonly currency: string | null;
  /** The stem of the word that is counted: "ship" of "three new ships"; the next words where it is not sure which. */
  readonly counted: readonly string[];
  /** Positions of its words, half open. */
  readonly first: number;
  readonly after: number;
}

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
  ["quarter", 0.25],
  ["quarters", 0.25],
  ["thirds", 1 / 3],
]);
const WORDS = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, i) => [word, 20 + 10 * i] as const),
  ["dozen", 12] as const,
  ["twice", 2] as const,
  ["thrice", 3] as const,
]);
const ORDINALS = new Map([
  ...ORDINAL_UNITS.map((word, value) => [word, value] as const),
  ...ORDINAL_TENS.map((word, i) => [word, 20 + 10 * i] as const),
]);
/** How many words on what is counted may stand. */
const REACH = 4;

interface Read {
  readonly value: number;
  readonly isOrdinal: boolean;
  readonly after: number;
}

/** The numbers of a text. `taken` tells which words are part of a date. */
export function amountsIn(text: string, words: readonly Word[], taken: (word: Word) => boolean): Amount[] {
  const amounts: Amount[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || taken(word)) continue;
    const read = readNumber(words, at);
    if (read === null) continue;
    const last = words[read.after - 1] ?? word;
    const next = words[read.after];
    const tail = text.slice(last.end, last.end + 2).trimStart();
    const isPercent =
      tail.startsWith("%") || /^(?:percent|percentage|pct)$/.test(next?.plain ?? "") || isPerCent(words, read.after);
    amounts.push({
      value: read.value,
      isPercent,
      isOrdinal: read.isOrdinal,
      currency: currencyOf(text, word, words.slice(read.after, read.after + 2)),
      counted: countedBy(words, read.after),
      first: at,
      after: read.after,
    });
    at = read.after - 1;
  }
  return amounts;
}

const isPerCent = (words: readonly Word[], at: number) => words[at]?.plain === "per" && words[at + 1]?.plain === "cent";

function currencyOf(text: string, first: Word, next: readonly Word[]): string | null {
  const sign = /([$€£¥₩])\s?$/u.exec(text.slice(Math.max(0, first.start - 3), first.start))?.[1];
  if (sign !== undefined) return SIGNS.get(sign) ?? sign;
  const glued = /^(?:usd|eur|gbp)$/.exec(next[0]?.plain ?? "")?.[0];
  return glued ?? next.map(({ stem }) => stem).find((stem) => CURRENCIES.has(stem)) ?? null;
}

const SIGNS = new Map([
  ["$", "dollar"],
  ["€", "euro"],
  ["£", "pound"],
  ["¥", "yen"],
  ["₩", "won"],
]);
const CURRENCIES = new Set(["dollar", "euro", "pound", "yen", "franc", "mark", "crown", "rupe", "peso", "cent"]);

function countedBy(words: readonly Word[], from: number): string[] {
  const found: string[] = [];
  for (const word of words.slice(from, from + REACH)) {
    if (word.isFunction && found.length > 0) break;
    if (/[.;:,()]/.test(word.gap)) break;
    if (!word.isFunction) found.push(word.stem);
  }
  return found;
}

/** The number whose first word this is; null where it is none. */
function readNumber(words: readonly Word[], at: number): Read | null {
  const word = words[at];
  if (word === undefined) return null;
  const figures = readFigures(word.text, /[$€£¥₩]\s?$/u.test(word.gap));
  if (figures !== null) {
    const { value, after } = scaled(words, figures.value, at + 1);
    return { value, isOrdinal: figures.isOrdinal, after };
  }
  const ordinal = ORDINALS.get(word.plain);
  if (ordinal !== undefined) return { value: ordinal, isOrdinal: true, after: at + 1 };
  const fraction = FRACTIONS.get(word.plain);
  if (fraction !== undefined) return { value: fraction, isOrdinal: false, after: at + 1 };
  return readWords(words, at);
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
function readWords(words: readonly Word[], at: number): Read | null {
  const first = words[at]?.plain ?? "";
  const isScale = /^(?:a|an)$/.test(first) && SCALES.has(words[at + 1]?.plain ?? "") && words[at + 1]?.plain !== "mn";
  if (!WORDS.has(first) && !isScale) return null;
  let total = 0;
  let group = isScale ? 1 : 0;
  let after = isScale ? at + 1 : at;
  for (; after < words.length; after++) {
    const word = words[after]?.plain ?? "";
    const gap = after > at ? (words[after]?.gap ?? "") : " ";
    if (!/^[\s-]*$/.test(gap)) break;
    const small = WORDS.get(word);
    const scale = SCALES.get(word);
    const ordinal = ORDINALS.get(word);
    if (small !== undefined) {
      if (group % 100 !== 0 && !(group % 10 === 0 && small < 10)) break;
      group += small;
    } else if (scale === 100) group = (group === 0 ? 1 : group) * 100;
    else if (scale !== undefined && word.length > 2) {
      total += (group === 0 ? 1 : group) * scale;
      group = 0;
    } else if (ordinal !== undefined && group % 10 === 0 && ordinal < 10 && group > 0) {
      return { value: total + group + ordinal, isOrdinal: true, after: after + 1 };
    } else if (
      word === "and" &&
      after > at &&
      SCALES.has(words[after - 1]?.plain ?? "") &&
      WORDS.has(words[after + 1]?.plain ?? "")
    )
      continue;
    else if (FRACTIONS.has(word) && after > at && word !== "half") {
      return { value: group * (FRACTIONS.get(word) ?? 1), isOrdinal: false, after: after + 1 };
    } else break;
  }
  return { value: total + group, isOrdinal: false, after };
}

/** "5 million": figures before the word for a power of ten. */
function scaled(words: readonly Word[], value: number, at: number): { readonly value: number; readonly after: number } {
  const next = words[at];
  const scale = next !== undefined && /^[\s-]*$/.test(next.gap) ? SCALES.get(next.plain) : undefined;
  if (scale === undefined || next === undefined) return { value, after: at };
  return { value: value * scale, after: at + 1 };
}

/** What a statement may say of a number without giving it exactly, and how far the two may then be apart. */
const ABOUT = /\b(?:about|around|roughly|approximately|some|nearly|almost|close to|just (?:over|under))\s+[$€£]?$/i;
const MORE = /\b(?:more than|over|at least|above|upwards of|in excess of)\s+[$€£]?$/i;
const NEAR = 0.06;

/** Whether the numbers of the evidence carry the number, which stands behind `before`. */
export function isAmountIn(amount: Amount, said: readonly Amount[], before: string): boolean {
  const alike = said.filter(
    (other) =>
      other.isPercent === amount.isPercent &&
      (amount.currency === null || other.currency === null || other.currency === amount.currency),
  );
  if (alike.some(({ value }) => isSame(value, amount.value))) return true;
  const isRounder = (value: number) => figuresOf(amount.value) < figuresOf(value);
  if (ABOUT.test(before))
    return alike.some(({ value }) => isRounder(value) && Math.abs(value - amount.value) <= NEAR * value);
  if (MORE.test(before))
    return alike.some(({ value }) => isRounder(value) && value > amount.value && value <= amount.value * 1.15);
  return false;
}

const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/** How many figures a number has besides zeros at its end. */
function figuresOf(value: number): number {
  return String(value).replace(".", "").replace(/0+$/, "").length;
}

/** Whether both texts count the same thing, and count it differently: "three ships" beside "four ships and three boats". */
export function countsOtherwise(amount: Amount, said: readonly Amount[]): boolean {
  const [thing] = amount.counted;
  if (thing === undefined || amount.isOrdinal) return false;
  const isOther = said.some(({ counted, isOrdinal }) => counted[0] === thing && !isOrdinal);
  const own = said.filter(({ value }) => isSame(value, amount.value));
  return isOther && own.every(({ counted }) => counted.length > 0 && !counted.includes(thing));
}
