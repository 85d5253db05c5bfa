import type { Doubt } from "./doubt.ts";
import type { Negator } from "./negators.ts";
import type { Word } from "./words.ts";

export function isAboutSame(a: Negator, b: Negator, isWeak: boolean): boolean {
  const [first] = a.behind;
  const [second] = b.behind;
  if (isWeak) return first !== undefined && first === second;
  if (first !== undefined && (b.behind.includes(first) || b.ahead.slice(0, 3).includes(first))) return true;
  if (second !== undefined && (a.behind.includes(second) || a.ahead.slice(0, 3).includes(second))) return true;
  // Other words for it, about the same things.
  const all = new Set([...b.behind, ...b.ahead]);
  const shared = [...a.behind, ...a.ahead].filter((stem) => all.has(stem)).length;
  return shared >= 1;
}

/** "In Dutch but not in Frisian" turned into "in Frisian but not in Dutch": each text denies what the other says. */
export function exchangedIn(a: Negator, b: Negator, statement: readonly Word[], evidence: readonly Word[]): Doubt[] {
  const [own, theirs] = [a.behind[0], b.behind[0]];
  if (own === undefined || theirs === undefined || own === theirs) return [];
  const wordOf = (words: readonly Word[], stem: string) => words.find((word) => word.stem === stem);
  const isFree = ({ behind }: Negator, stem: string) => !behind.includes(stem);
  const [word, other] = [wordOf(statement, own), wordOf(evidence, theirs)];
  const isExchanged = wordOf(statement, theirs) !== undefined && wordOf(evidence, own) !== undefined;
  if (word === undefined || other === undefined || !isExchanged || !isFree(a, theirs) || !isFree(b, own)) return [];
  if (word.isCapital && other.isCapital) return [{ word: word.text, isDoubtful: false }];
  // "The hotel but not the travel."
  const isButNot = (words: readonly Word[], at: number) => words[at]?.plain === "not" && words[at - 1]?.plain === "but";
  return isButNot(statement, a.at) && isButNot(evidence, b.at) ? [{ word: word.text, isDoubtful: true }] : [];
}

/** Each negator of the one with one of the other, those that negate the same word first. */
export function paired(
  own: readonly Negator[],
  theirs: readonly Negator[],
  mayPair: (a: Negator, b: Negator) => boolean,
): Map<Negator, Negator> {
  const pairs = new Map<Negator, Negator>();
  const isSameWord = (a: Negator, b: Negator) => a.behind[0] !== undefined && a.behind[0] === b.behind[0];
  const taken = new Set<Negator>();
  const isAlone = ({ behind, ahead }: Negator) => behind.length + ahead.length === 0;
  const bothAlone = (a: Negator, b: Negator) => isAlone(a) && isAlone(b);
  for (const fits of [isSameWord, mayPair, bothAlone]) {
    for (const negator of own) {
      if (pairs.has(negator)) continue;
      const other = theirs.find(
        (one) => !taken.has(one) && fits(negator, one) && (fits === bothAlone || mayPair(negator, one)),
      );
      if (other === undefined) continue;
      pairs.set(negator, other);
      taken.add(other);
    }
  }
  return pairs;
}
