import type { ReadText } from "./evidence.ts";
import { mayMean } from "./word-meanings.ts";
import type { Word } from "./words.ts";

const PREPOSITION = /^(?:of|from|to|for|with|on|at|in|by|against|into|onto|under|over|about)$/;
const ARTICLE = /^(?:the|an?|its|his|her|their|our|your|this|that|these|those|each|every)$/;
/** What is never said of the same thing by other words for it: who gave and who got, for and against. */
const CONTRARY: Readonly<Record<string, RegExp>> = {
  by: /^to$/,
  to: /^(?:by|from)$/,
  from: /^to$/,
  against: /^(?:on|for|with|by|under|following)$/,
  on: /^against$/,
  for: /^against$/,
  with: /^(?:against|without)$/,
  without: /^with$/,
};

/** "On the advice" for "against the advice", whatever was done. */
const IS_ADVICE = /^(?:against|on)$/;
/** How many words before tell what a preposition belongs to. */
const AROUND = 4;

/** "Resigned from the steering committee": what leads to a preposition, and what the preposition leads to. */
interface Phrase {
  readonly head: Word | null;
  /** Stems of the words of substance before it, the nearest ones. */
  readonly before: readonly string[];
  readonly preposition: string;
  /** The words of substance behind it, as far as they follow one another. */
  readonly object: readonly Word[];
}

function phrasesIn(words: readonly Word[]): Phrase[] {
  return words.flatMap((word, at) => {
    if (!(PREPOSITION.test(word.plain) || word.plain in CONTRARY) || word.opensSentence) return [];
    const before = words[at - 1];
    const head = before !== undefined && !before.isFunction && word.gap.trim() === "" ? before : null;
    const from = ARTICLE.test(words[at + 1]?.plain ?? "") ? at + 2 : at + 1;
    let end = from;
    while (isNext(words, end, from)) end++;
    const isPronoun = end === from && /^(?:it|them|him|her|this|that)$/.test(words[from]?.plain ?? "");
    if (isPronoun) end++;
    if (end === from || /^\p{N}/u.test(words[from]?.text ?? "")) return [];
    const clause = words.slice(Math.max(0, at - AROUND), at).filter(({ sentence }) => sentence === word.sentence);
    const stems = clause.flatMap(({ stem, isFunction }) => (isFunction ? [] : [stem]));
    return [{ head, before: stems, preposition: word.plain, object: words.slice(from, end) }];
  });
}

function isNext(words: readonly Word[], at: number, from: number): boolean {
  const word = words[at];
  return word !== undefined && !word.isFunction && !word.opensSentence && (at === from || /^[\s-]*$/.test(word.gap));
}

/**
 * What stands behind a preposition of the statement, where what is cited has another thing behind the same words
 * ("resigned from the firm" for "from the committee"), or the same thing behind a contrary preposition.
 */
export function otherPhrases({ words, times }: ReadText, { words: theirs }: ReadText): string[] {
  const said = phrasesIn(theirs);
  const [own, there] = [stemsOf(words), stemsOf(theirs)];
  return phrasesIn(words).flatMap((phrase) => {
    const isSame = (other: Phrase) => other.object.some((word) => phrase.object.some((mine) => isAlike(mine, word)));
    const [last] = phrase.object.slice(-1);
    const shown = last === undefined ? [] : [last.text];
    const isTime = times.some(({ start, end }) => last !== undefined && last.start < end && start < last.end);
    const isSaid = phrase.object.some(({ stem }) => there.has(stem));
    if (isTime || (!isSaid && !/^(?:for|against)$/.test(phrase.preposition))) return [];
    const sameHead = said.filter(
      ({ head, preposition }) => head !== null && head.stem === phrase.head?.stem && preposition === phrase.preposition,
    );
    const isOther =
      isSaid &&
      sameHead.length > 0 &&
      sameHead.every((other) => !isSame(other) && other.object.every(({ stem }) => !own.has(stem)));
    const isSide = /^(?:for|against)$/;
    const sides = said.filter(
      ({ head, preposition }) => head !== null && head.stem === phrase.head?.stem && isSide.test(preposition),
    );
    const isOtherSide =
      isSide.test(phrase.preposition) &&
      sides.length > 0 &&
      sides.every(({ preposition }) => preposition !== phrase.preposition);
    const sameObject = said.filter(isSame);
    const isContrary =
      sameObject.length > 0 &&
      sameObject.every(
        ({ preposition, before }) =>
          CONTRARY[phrase.preposition]?.test(preposition) === true &&
          (before.some((stem) => phrase.before.includes(stem)) || IS_ADVICE.test(phrase.preposition)),
      );
    return isOther || isContrary || isOtherSide ? shown : [];
  });
}

const stemsOf = (words: readonly Word[]) =>
  new Set(words.filter(({ isFunction }) => !isFunction).map(({ stem }) => stem));
const isAlike = (a: Word, b: Word) => a.stem === b.stem || mayMean(a.plain, b.plain);
