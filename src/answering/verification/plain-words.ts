import type { ReadText } from "./evidence.ts";

const DIGIT = /\p{Nd}/gu;
/** Letters of one script within a word of another: a Cyrillic "о" in "not". */
const MIXED =
  /(?=\p{L}*\p{Script=Latin})(?=\p{L}*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}])\p{L}+/gu;
const SCRIPTS = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/** A statement in the characters that the rules read: NFKC, digits of every script as 0 to 9, plain apostrophes. */
export function inPlainCharacters(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replaceAll("ʼ", "'")
    .replace(
      /\b((?:mr|mrs|ms|miss|dr)\.?\s+)(\p{Ll})/giu,
      (_, title: string, letter: string) => title + letter.toUpperCase(),
    )
    .replace(DIGIT, (digit) => String(digitOf(digit)));
}

/** The digits of a script stand in a row of ten from its zero on. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

/** Words of mixed scripts, and other numerals and other scripts' words that what is cited does not have as they stand. */
export function strangeWords(text: string, said: ReadText): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const mixed = text.match(MIXED) ?? [];
  const unread = words.filter(
    (word) =>
      (/[^\P{N}0-9]|[一二三四五六七八九十百千万億]/u.test(word) || SCRIPTS.test(word)) && !said.text.includes(word),
  );
  return [...mixed, ...unread];
}
