import type { ReadText } from "./evidence.ts";
import { cosineOf, type WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** What a cause begins with; "since" and "as" only where no time follows. */
const CAUSE = /^(?:because|since|due|owing|thanks)$/;
/** Closer than words must be elsewhere: what is said of the effect is often near. */
const NEAR_CAUSE = 0.4;
const ENDS = /[,;:.!?()—–]/;

/**
 * Words of a cause that the statement names and nothing in the quoted sentences comes near: "because of the rain" where
 * they name another, or none.
 */
export function strangeCauses(statement: ReadText, said: ReadText, vectors: WordVectors | null): string[] {
  const { words, times } = statement;
  const stems = new Set(said.words.map(({ stem }) => stem));
  const theirs = said.words.filter(({ isFunction }) => !isFunction);
  const isSaid = (word: Word) =>
    stems.has(word.stem) || vectors === null || theirs.some((other) => cosineOf(word, other, vectors) >= NEAR_CAUSE);
  return words.flatMap((word, at) => {
    if (!isCause(words, at)) return [];
    let end = at + 1;
    while (end < words.length && !ENDS.test(words[end]?.gap ?? "")) end++;
    const clause = words.slice(at + 1, end);
    const isTime = times.some(({ start }) => start >= word.end && start <= (clause[2]?.end ?? word.end));
    const own = clause.filter(({ isFunction, isCapital, plain }) => !isFunction && !isCapital && !/^\d/.test(plain));
    return isTime || own.length === 0 || own.some(isSaid) ? [] : own.map(({ text }) => text);
  });
}

function isCause(words: readonly Word[], at: number): boolean {
  const [plain, next] = [words[at]?.plain ?? "", words[at + 1]?.plain ?? ""];
  if (!CAUSE.test(plain)) return plain === "account" && next === "of";
  return /^(?:due|owing|thanks)$/.test(plain) ? next === "to" : !/^(?:then|the)$/.test(next) || plain === "because";
}
