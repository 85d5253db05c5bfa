/** What a paragraph is numbered by. */
export interface Numbering {
  /** [2, 3] for "2.3". */
  readonly parts: readonly number[];
  /** How a person names it: "¶2.3", "Article 5". */
  readonly label: string;
}

/** "plain" is "4." or "2.3", "closed" is "12)", "bracketed" is "(3)", "worded" is "Article 5" or "§ 4". */
export type NumberStyle = "plain" | "closed" | "bracketed" | "worded";

export interface NumberMark extends Numbering {
  readonly style: NumberStyle;
  /** Characters from the line's first to where its words begin. */
  readonly length: number;
}

const DOTTED = /^(\d{1,3}(?:\.\d{1,3}){1,4})(\.?)(?:\s+|$)(?=(.?))/u;
const PLAIN = /^(\d{1,3})\.(?:\s+|$)/;
const CLOSED = /^(\d{1,3})\)(?:\s+|$)/;
const BRACKETED = /^\((\d{1,3})\)(?:\s+|$)/;
const WORDED =
  /^(Article|Art\.|Clause|Section|Sec\.|Rule|Regulation|§§?|¶)\s*(\d{1,4}(?:\.\d{1,3}){0,3}|[IVXL]{1,7})(\s*[.:)–—-])?(?:\s+|$)/iu;

/** The number a line begins with, if it begins with one in a form that paragraphs are numbered in. */
export function numberMark(content: string): NumberMark | null {
  const first = content.charCodeAt(0);
  if (first >= 48 && first <= 57) return digitMark(content);
  const bracketed = BRACKETED.exec(content);
  if (bracketed) return made("bracketed", bracketed[1] ?? "", bracketed[0].length);
  return wordedMark(content);
}

function digitMark(content: string): NumberMark | null {
  const dotted = DOTTED.exec(content);
  if (dotted) {
    // "3.5 million" and "10.15 on Monday" are not numbered: what is numbered begins like a sentence.
    const begins = dotted[2] === "." || !/[\p{Ll}\d%,;]/u.test(dotted[3] ?? "");
    return begins ? made("plain", dotted[1] ?? "", dotted[0].length) : null;
  }
  const plain = PLAIN.exec(content);
  if (plain) return made("plain", plain[1] ?? "", plain[0].length);
  const closed = CLOSED.exec(content);
  return closed ? made("closed", closed[1] ?? "", closed[0].length) : null;
}

function wordedMark(content: string): NumberMark | null {
  const match = WORDED.exec(content);
  if (!match) return null;
  const [whole, word = "", number = "", mark] = match;
  const symbol = word.startsWith("§") || word === "¶";
  // "Section 5 of the Act says" speaks of a section and is not one; neither does a lower-case word open one.
  if (!symbol && (/^\p{Ll}/u.test(word) || (!mark && /^[\p{Ll}(]/u.test(content.slice(whole.length))))) return null;
  if (symbol && !mark && /^\p{Ll}/u.test(content.slice(whole.length))) return null;
  const parts = /^\d/.test(number) ? number.split(".").map(Number) : [roman(number)];
  const name = word === word.toUpperCase() && !symbol ? word.charAt(0) + word.slice(1).toLowerCase() : word;
  return {
    parts,
    label: word === "¶" ? `¶${number}` : `${name} ${number}`,
    style: "worded",
    length: whole.length,
  };
}

function made(style: NumberStyle, number: string, length: number): NumberMark {
  return { parts: number.split(".").map(Number), label: `¶${number}`, style, length };
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 };

function roman(number: string): number {
  let total = 0;
  let last = 0;
  for (const letter of [...number.toUpperCase()].reverse()) {
    const value = ROMAN[letter] ?? 0;
    total += value < last ? -value : value;
    last = Math.max(last, value);
  }
  return total;
}

/** A line that opens or closes a block of code in Markdown. */
export function isFence(content: string): boolean {
  return /^(?:`{3,}|~{3,})[\w+#.-]{0,20}$/.test(content);
}

export interface BulletMark {
  /** "°", "-", "(a)"; letters stand for their kind, "a)" or "(a)" or "(i)". */
  readonly kind: string;
  /** Only a symbol that begins nothing else: a wrapped line may well begin with a dash or an asterisk. */
  readonly certain: boolean;
  readonly length: number;
}

const SYMBOL = /^([°º•·▪▫◦‣●○■□►▶➢✓–—*+o-])\s+(?=\S)/u;
const LETTER = /^(\(?)(?:[a-z]|[ivx]{2,5})\)\s+(?=\S)/;

/** The bullet or the letter that a line begins with. */
export function bulletMark(content: string): BulletMark | null {
  const symbol = SYMBOL.exec(content);
  if (symbol?.[1]) return { kind: symbol[1], certain: !"–—*+o-·".includes(symbol[1]), length: symbol[0].length };
  const letter = LETTER.exec(content);
  return letter ? { kind: letter[1] ? "(a)" : "a)", certain: false, length: letter[0].length } : null;
}

/** Negative, zero or positive, as `left` comes before, with or after `right`. */
export function compareParts(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `next` may directly follow `last`: 4 → 5, 2.3 → 2.4, 2.3.1 or 3, and 1 or 1.1 at the start. */
export function follows(next: readonly number[], last: readonly number[] | null): boolean {
  if (last === null) return next.every((part) => part === 1);
  const shared = Math.min(next.length, last.length);
  for (let at = 0; at < shared; at++) {
    if (next[at] === last[at]) continue;
    const rest = next.slice(at + 1);
    return next[at] === (last[at] ?? 0) + 1 && rest.every((part) => part === 1);
  }
  return next.length === last.length + 1 && next[next.length - 1] === 1;
}
