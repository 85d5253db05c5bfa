import { terms } from "../../retrieval/tokenize.ts";
import { negatorsIn } from "./negators.ts";
import type { Word } from "./words.ts";

const DENIED = /^(?:un|in|im|ir|il|dis|non)-?(\p{L}{4,})$/u;

/** "Unsatisfactory" where what is cited has "satisfactory", or the other way round, and none of them is denied. */
export function otherPrefixes(statement: readonly Word[], said: readonly Word[]): string[] {
  return [
    ...deniedOf(statement, said).map(([word]) => word.text),
    ...deniedOf(said, statement).map(([, word]) => word.text),
  ];
}

/** Words of the one text with such a beginning, each with its other form in the other text. */
function deniedOf(own: readonly Word[], theirs: readonly Word[]): (readonly [Word, Word])[] {
  return own.flatMap((word) => {
    const base = DENIED.exec(word.plain)?.[1];
    const stem = base === undefined ? undefined : (terms(base)[0] ?? base);
    const other = theirs.find((one) => one.stem === stem);
    const isKept = theirs.some((one) => one.stem === word.stem) || own.some((one) => one.stem === stem);
    const isDenied = (words: readonly Word[], of: string) =>
      negatorsIn(words).some(({ strength, behind }) => strength === "hard" && behind.slice(0, 3).includes(of));
    if (other === undefined || stem === undefined || isKept) return [];
    return isDenied(theirs, stem) !== isDenied(own, word.stem) ? [] : [[word, other] as const];
  });
}
