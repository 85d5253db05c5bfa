import { type NumberRead, readNumber } from "./number-words.ts";
import { areOtherUnits, type Unit, unitOf } from "./units.ts";
import type { Word } from "./words.ts";

/** A number that a text names, in figures or in words. */
export interface Amount {
  readonly value: number;
  /** A share of a hundred. */
  readonly isPercent: boolean;
  /** A part of one: "a third of". */
  readonly isPart: boolean;
  readonly isOrdinal: boolean;
  /** "$", "€", "£", "dollar": null where it is no money. */
  readonly currency: string | null;
  /** What it measures; null of what is counted. */
  readonly unit: Unit | null;
  /** The stem of the word that is counted: "ship" of "three new ships"; the next words where it is not sure which. */
  readonly counted: readonly string[];
  /** Positions of its words, half open. */
  readonly first: number;
  readonly after: number;
}

/** How many words on what is counted may stand. */
const REACH = 4;

/** The numbers of a text. `taken` tells which words are part of a date. */
export function amountsIn(text: string, words: readonly Word[], taken: (word: Word) => boolean): Amount[] {
  const amounts: Amount[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || taken(word)) continue;
    const read = readNumber(words, at) ?? readBareUnit(words, at);
    if (read === null) continue;
    const last = words[Math.max(read.after - 1, at)] ?? word;
    const next = words[read.after === at ? at : read.after];
    const tail = text.slice(last.end, last.end + 2).trimStart();
    const isPercent =
      tail.startsWith("%") || /^(?:percent|percentage|pct)$/.test(next?.plain ?? "") || isPerCent(words, read.after);
    const isCents = /^cents?$/.test(next?.plain ?? "") && !isPercent;
    amounts.push({
      // Cents are a hundredth of the money that a text speaks of.
      value: isCents ? read.value / 100 : read.value,
      isPercent,
      isPart: read.isPart === true,
      isOrdinal: read.isOrdinal,
      currency: isCents ? null : currencyOf(text, word, words.slice(read.after, read.after + 2)),
      unit: read.isOrdinal ? null : unitBehind(words, read),
      counted: countedBy(words, read.after),
      first: at,
      after: Math.max(read.after, at + 1),
    });
    at = Math.max(read.after - 1, at);
  }
  return amounts;
}

/** "The last fortnight" is two weeks, "a century" a hundred years; a number without words of its own. */
function readBareUnit(words: readonly Word[], at: number): NumberRead | null {
  const isLong = /^(?:century|decade)$/.test(words[at]?.plain ?? "") && /^an?$/.test(words[at - 1]?.plain ?? "");
  return words[at]?.plain === "fortnight" || isLong ? { value: 1, isOrdinal: false, after: at } : null;
}

/** Of "250 metres", and of "half a kilometre" and "a quarter of an hour". */
function unitBehind(words: readonly Word[], { after, isPart }: NumberRead): Unit | null {
  const isOf = words[after]?.plain === "of";
  const article = isPart === true ? words[after + (isOf ? 1 : 0)] : undefined;
  const next = article !== undefined && /^an?$/.test(article.plain) ? words[after + (isOf ? 2 : 1)] : words[after];
  return next === undefined || !/^[\s-]*$/.test(next.gap) ? null : unitOf(next);
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
const CURRENCIES = new Set(["dollar", "euro", "pound", "yen", "franc", "mark", "crown", "rupe", "peso"]);

/** "Nine have to be cut down", "48 under gauze": the next words are not what is counted. */
const IS_SAID =
  /^(?:under|in|at|on|for|by|with|from|to|against|after|before|am|is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|who|which|that)$/;

function countedBy(words: readonly Word[], from: number): string[] {
  const found: string[] = [];
  if (IS_SAID.test(words[from]?.plain ?? "")) return found;
  for (const word of words.slice(from, from + REACH)) {
    if (word.isFunction && found.length > 0) break;
    if (/[.;:,()]/.test(word.gap)) break;
    if (!word.isFunction) found.push(word.stem);
  }
  return found;
}

/** What a statement may say of a number without giving it exactly, and how far the two may then be apart. */
const ABOUT = /\b(?:about|around|roughly|approximately|some|nearly|almost|close to|just (?:over|under))\s+[$€£]?$/i;
const MORE = /\b(?:more than|over|at least|above|upwards of|in excess of)\s+[$€£]?$/i;
/** "Rose by 5": how far two numbers of what is cited are apart. */
const BY = /\b(?:by|of|increase of|difference of)\s+[$€£]?$/i;
const NEAR = 0.06;

/** Whether the numbers of the evidence carry the number, which stands behind `before` among others of the statement. */
export function isAmountIn(amount: Amount, said: readonly Amount[], own: readonly Amount[], before: string): boolean {
  const alike = said.filter(
    (other) =>
      (shareOf(other) === null) === (shareOf(amount) === null) &&
      (amount.currency === null || other.currency === null || other.currency === amount.currency),
  );
  if (alike.some((other) => isSameAmount(amount, other))) return true;
  const bare = alike.filter((other) => !areOtherUnits(amount.unit, other.unit)).map(({ value }) => value);
  const isRounder = (value: number) => figuresOf(amount.value) < figuresOf(value);
  if (ABOUT.test(before) && bare.some((value) => isRounder(value) && Math.abs(value - amount.value) <= NEAR * value))
    return true;
  if (MORE.test(before))
    return bare.some((value) => isRounder(value) && value > amount.value && value <= amount.value * 1.15);
  return BY.test(before) && isDifference(amount.value, own, bare);
}

/** Whether it is how far two numbers are apart that both texts have. */
function isDifference(value: number, own: readonly Amount[], said: readonly number[]): boolean {
  const both = said.filter((one) => own.some((other) => other.value === one));
  return both.some((a) => both.some((b) => a !== b && isSame(Math.abs(a - b), value)));
}

/** Its part of one, where it is one: .2 of "20%" and of "one in five". */
function shareOf({ value, isPercent, isPart, unit }: Amount): number | null {
  if (isPercent) return value / 100;
  return isPart && unit === null ? value : null;
}

/** The same number of the same, 72 hours being three days. */
export function isSameAmount(a: Amount, b: Amount): boolean {
  const [part, other] = [shareOf(a), shareOf(b)];
  if (part !== null && other !== null) return isSame(part, other);
  return areOtherUnits(a.unit, b.unit) ? isSameMeasure(a, b) : isSame(a.value, b.value);
}

/** As much, in units of the same kind. */
export function isSameMeasure(a: Pick<Amount, "value" | "unit">, b: Pick<Amount, "value" | "unit">): boolean {
  if (a.unit === null || b.unit === null || a.unit.of !== b.unit.of) return false;
  return isSame(a.value * a.unit.size, b.value * b.unit.size);
}

const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/** How many figures a number has besides zeros at its end. */
function figuresOf(value: number): number {
  return String(value).replace(".", "").replace(/0+$/, "").length;
}

/** Whether both texts count the same thing, and count it differently: "three ships" beside "four ships and three boats". */
export function countsOtherwise(amount: Amount, said: readonly Amount[]): boolean {
  const [thing] = amount.counted;
  if (thing === undefined || amount.isOrdinal || amount.unit !== null) return false;
  const isOther = said.some(({ counted, isOrdinal }) => counted[0] === thing && !isOrdinal);
  const own = said.filter((other) => isSameAmount(amount, other));
  return (
    isOther && own.every(({ counted, isOrdinal }) => isOrdinal || (counted.length > 0 && !counted.includes(thing)))
  );
}
