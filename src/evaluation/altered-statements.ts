import { irregularForms } from "../retrieval/irregular-forms.ts";
import { wordsWithNames } from "./statement-names.ts";

/** What a statement was changed in. */
export type Alteration = "number" | "date" | "name" | "negation added" | "negation removed" | "swapped actor";

/** Something to choose by that is the same at every run: gives a whole number from 0 to `most` - 1. */
export type Choice = (most: number) => number;

type Change = (text: string, choose: Choice, otherNames: readonly string[]) => string | null;

const MONTHS = "January February March April May June July August September October November December".split(" ");
const NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve".split(" ");
const ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");
const MONTH = MONTHS.join("|");
const YEARS_APART = [-10, -7, -2, -1, 1, 3, 9];
const AUXILIARY =
  /(?<=\p{L} )(is|are|was|were|will|would|can|could|should|may|must|has|have|had)(?= (?!not\b|no\b|never\b)(?:\p{Ll}|\p{Lu}))/gu;
const YEAR = /(?<![\d$€£.,])\b(1\d{3}|20\d\d)\b(?![\d%]|[.,]\d)(?=s?\b)/g;
const DAY = new RegExp(`\\b(?:(\\d{1,2})(?= (?:${MONTH}))|(?<=(?:${MONTH}) )(\\d{1,2}))\\b`, "g");

/** Changes one thing; null where the statement has nothing of that kind. */
export const ALTERATIONS: Readonly<Record<Alteration, Change>> = {
  number: (text, choose) => {
    const isDate = (start: number) =>
      new RegExp(`(?:${MONTH}) $`).test(text.slice(0, start)) ||
      new RegExp(`^\\S+ (?:${MONTH})`).test(text.slice(start));
    const numbers = [
      ...text.matchAll(/(?<![\p{L}\d.,:-])(\d[\d,]*(?:\.\d+)?)(?=(?:st|nd|rd|th)?(?:[\s%;)]|[.,](?!\d)))/gu),
    ].filter(({ 0: digits, index }) => !/^(?:1\d{3}|20\d\d)$/.test(digits) && !isDate(index));
    const words = [
      ...text.matchAll(
        new RegExp(`\\b(?:${[...NUMBER_WORDS, ...ORDINALS.slice(1)].join("|")})\\b(?! (?:of all|time))`, "gi"),
      ),
    ];
    const found = [...numbers, ...words];
    const one = found[choose(found.length)];
    if (one === undefined) return null;
    return replaced(text, one, otherNumber(one[0], choose));
  },
  date: (text, choose) => {
    const years = [...text.matchAll(YEAR)];
    const months = [
      ...text.matchAll(
        new RegExp(`\\b(?:${MONTH})\\b(?= \\d|,? \\d)|(?<=\\d |(?:in|of|since|until|last) )(?:${MONTH})\\b`, "g"),
      ),
    ];
    const days = [...text.matchAll(DAY)];
    const found = [...years, ...months, ...days];
    const one = found[choose(found.length)];
    if (one === undefined) return null;
    const at = MONTHS.indexOf(one[0]);
    if (at >= 0) return replaced(text, one, MONTHS[(at + 1 + choose(11)) % 12] ?? one[0]);
    const value = Number(one[0]);
    return replaced(
      text,
      one,
      String(value > 31 ? value + (YEARS_APART[choose(YEARS_APART.length)] ?? 1) : (value % 27) + 1),
    );
  },
  name: (text, choose, others) => {
    const names = wordsWithNames(text);
    const one = names[choose(names.length)];
    const fitting = others.filter(
      (other) =>
        // "Asian" says no other than "Asia".
        other.slice(0, 4) !== one?.[0].slice(0, 4) &&
        !text.includes(other) &&
        other.split(" ").length === one?.[0].split(" ").length,
    );
    const other = fitting[choose(fitting.length)];
    return one === undefined || other === undefined ? null : replaced(text, one, other);
  },
  "negation added": (text, choose) => {
    const found = [...text.matchAll(AUXILIARY)].filter(
      ({ index }) =>
        !/[,;:]/.test(text.slice(0, index)) && !/\b(?:not|no|never|that|who|which)\b/.test(text.slice(0, index)),
    );
    const one = found[choose(found.length)];
    return one === undefined ? null : replaced(text, one, `${one[0]} not`);
  },
  "negation removed": (text, choose) => {
    const found = [
      ...text.matchAll(
        /(?<=\b(?:is|are|was|were|will|would|can|could|should|may|must|has|have|had)) not\b(?! only)|n['’]t\b|(?<= )never (?=\p{Ll})|\bno (?=\p{Ll}{4,})(?!longer|more|less)/gu,
      ),
    ];
    const one = found[choose(found.length)];
    return one === undefined ? null : replaced(text, one, "");
  },
  "swapped actor": (text, choose, others) => {
    const first = /^\p{Lu}[\p{L}’-]+/u.exec(text);
    const names = [...(first !== null && others.includes(first[0]) ? [first] : []), ...wordsWithNames(text)];
    const pairs = names.flatMap((a, i) =>
      names.slice(i + 1).flatMap((b) => (isDeedBetween(text, a, b) ? [[a, b] as const] : [])),
    );
    const [a, b] = pairs[choose(pairs.length)] ?? [];
    if (a === undefined || b === undefined) return null;
    return (
      text.slice(0, a.index) +
      b[0] +
      text.slice(a.index + a[0].length, b.index) +
      a[0] +
      text.slice(b.index + b[0].length)
    );
  },
};

/** One does something to the other: a verb stands between, and nothing that would make them equal. */
function isDeedBetween(text: string, a: RegExpExecArray, b: RegExpExecArray): boolean {
  const between = text.slice(a.index + a[0].length, b.index);
  const words = between.trim().split(" ");
  const isVerb = words.some(
    (word) =>
      /\p{Ll}{3,}ed$/u.test(word) || (irregularForms(word).forms.size > 0 && irregularForms(word).base !== null),
  );
  const isEqual =
    /[,;:]|\b(?:and|or|with|between|from|like|than|as|is|are|met|located|called|named|based|related|allied|married|titled|known|become|became|in|at|on)\b/.test(
      between,
    );
  return (
    a.index <= 20 &&
    /^(?:The |[\p{L}.]+ )?(?:[\p{L}.]+ )?$/u.test(text.slice(0, a.index)) &&
    words.length <= 7 &&
    isVerb &&
    !isEqual &&
    a[0] !== b[0]
  );
}

function otherNumber(written: string, choose: Choice): string {
  for (const list of [NUMBER_WORDS, ORDINALS]) {
    const at = list.indexOf(written.toLowerCase());
    if (at >= 0) {
      const other = list[(at + 1 + choose(list.length - 1)) % list.length] ?? "";
      return /^\p{Lu}/u.test(written) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
    }
  }
  const digits = [...written.matchAll(/\d/g)];
  const one = digits[choose(digits.length)];
  if (one === undefined) return written;
  const value = Number(one[0]);
  const other = (value + 1 + choose(8)) % 10;
  const isLead = one.index === 0 && other === 0;
  return written.slice(0, one.index) + String(isLead ? (value === 9 ? 8 : 9) : other) + written.slice(one.index + 1);
}

function replaced(text: string, match: RegExpExecArray, by: string): string {
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length);
}
