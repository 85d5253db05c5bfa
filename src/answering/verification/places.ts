import type { Doubt } from "./doubt.ts";
import type { ReadText } from "./evidence.ts";
import { absentParts, type Name, nameSource } from "./names.ts";
import { type Amount, isSameAmount } from "./numbers.ts";
import { isHelper } from "./verbs.ts";
import type { Word } from "./words.ts";

/** How many words around a name must be those around another for it to stand in the other's place. */
const ALIKE = 2;
const ARTICLE = /^(?:the|an?|this|that|its|his|her|their)$/;
const JOINS = /^(?:and|or|of|as)$/;

/** A run of words by their positions, half open. */
interface Run {
  readonly first: number;
  readonly after: number;
}

/**
 * Names and numbers of the statement that stand where what is cited, which has them elsewhere, has others: "help from
 * Norway" for "help from Sweden" in a sentence on both.
 */
export function misplaced(statement: ReadText, evidence: ReadText): Doubt[] {
  const isSame = (a: Name, b: Name) => isSameName(a, statement.words, b, evidence.words);
  const names = misplacedIn(statement.names, statement, evidence.names, evidence, isSame);
  const amounts = misplacedIn(
    statement.amounts.filter(
      (own) => !evidence.amounts.some((other) => isBare(other, evidence.words) && isSameAmount(own, other)),
    ),
    statement,
    evidence.amounts,
    evidence,
    isSameAmount,
  );
  // Of a name it may be that the sentence was turned around.
  return [
    ...names.map((word) => ({ word, isDoubtful: true })),
    ...amounts.map((word) => ({ word, isDoubtful: false })),
  ];
}

/** "Nine have to be cut down": what is counted stands elsewhere. */
const isBare = ({ counted, unit, after }: Amount, words: readonly Word[]) =>
  counted.length === 0 && unit === null && words[after] !== undefined && isHelper(words[after]);

function misplacedIn<T extends Run>(
  own: readonly T[],
  statement: ReadText,
  theirs: readonly T[],
  evidence: ReadText,
  isSame: (a: T, b: T) => boolean,
): string[] {
  if (theirs.length < 2) return [];
  return own.flatMap((run) => {
    const place = around(run, statement);
    let [same, other] = [0, 0];
    for (const candidate of theirs) {
      const shared = alike(place, around(candidate, evidence));
      if (isSame(run, candidate)) same = Math.max(same, shared);
      else {
        const there = around(candidate, evidence);
        const isKept = own.some((one) => isSame(one, candidate) && alike(around(one, statement), there) >= shared);
        if (!isKept) other = Math.max(other, shared);
      }
    }
    return other >= ALIKE && other > same ? [shown(run, statement)] : [];
  });
}

/** The two words before and the two behind, over articles; what joins names and what is one says nothing. */
function around({ first, after }: Run, { words, names }: ReadText): (string | null)[] {
  const isName = (at: number) => names.some((name) => at >= name.first && at < name.after);
  const side = (from: number, step: number) => {
    const found: (string | null)[] = [];
    for (let at = from; found.length < 2; at += step) {
      const word = words[at];
      if (word === undefined || word.sentence !== words[first]?.sentence) found.push(null);
      else if (!ARTICLE.test(word.plain))
        found.push(JOINS.test(word.plain) || isName(at) ? null : (word.isFunction ? WEAK : "") + word.stem);
    }
    return found;
  };
  return [...side(first - 1, -1), ...side(after, 1)];
}

/** Marks a word that stands beside many names. */
const WEAK = "~";

/** How many of the words are the same; none where the nearest is another, or all are such as stand beside many names. */
function alike(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  const shared = a.filter((stem, i) => stem !== null && stem === b[i]);
  const nearest = a[0] === null ? 2 : 0;
  const isNear = a[nearest] !== null && a[nearest] === b[nearest];
  return isNear && shared.some((stem) => !stem?.startsWith(WEAK)) ? shared.length : 0;
}

function isSameName(a: Name, own: readonly Word[], b: Name, theirs: readonly Word[]): boolean {
  const run = ({ first, after }: Name, words: readonly Word[]) => nameSource(words.slice(first, after));
  return absentParts(a, run(b, theirs)).length === 0 || absentParts(b, run(a, own)).length === 0;
}

function shown({ first, after }: Run, { words, text }: ReadText): string {
  return text.slice(words[first]?.start ?? 0, words[after - 1]?.end ?? 0);
}
