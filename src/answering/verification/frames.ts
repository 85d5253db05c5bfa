import type { ReadText } from "./evidence.ts";
import { HEDGES, type Hedge, SOFT_NEGATIONS } from "./hedges.ts";
import { isTitleWord } from "./names.ts";
import type { Word } from "./words.ts";

/** Words around a mark by which its meaning is told. */
const AROUND = 3;
const PART_ENDS = /[;:()—–]/;
const PART_OPENS = /^(?:and|but|while|whereas)$/;
const IF_CLAUSE_ENDS = /,/;

/** The words of one part of a sentence, and what stands around it by position. */
interface Part {
  readonly words: readonly Word[];
}

/**
 * Words of the statement that what is cited only claims, plans, allows, makes dependent on something or says of a few,
 * while the statement has nothing of the like.
 */
export function unhedged(statement: ReadText, said: ReadText): string[] {
  return [
    ...withoutLike(statement.words, said.words, HEDGES),
    ...withoutLike(statement.words, said.words, SOFT_NEGATIONS),
    ...withoutLike(said.words, statement.words, SOFT_NEGATIONS).map((word) => wordFor(statement.words, word)),
    ...unlimited(statement, said),
    ...otherOffice(statement.words, said.words),
    ...otherOffice(said.words, statement.words, statement.words),
    ...otherDuty(statement.words, said.words),
  ].map(({ text }) => text);
}

const wordFor = (words: readonly Word[], { stem, ...word }: Word) =>
  words.find((other) => other.stem === stem) ?? { stem, ...word };

/** Words of the one text that the other has under a mark of which the one has nothing of the like. */
function withoutLike(own: readonly Word[], theirs: readonly Word[], hedges: readonly Hedge[]): Word[] {
  const parts = partsOf(theirs);
  return hedges.flatMap((hedge) => {
    if (hedge.like.test(plainOf(own))) return [];
    const marked = parts.filter((part) => marksIn(hedge, part.words).length > 0);
    const free = stemsOf(parts.filter((part) => !marked.includes(part)).flatMap(({ words }) => words));
    return marked.flatMap(({ words }) => {
      if (hedge.isCondition && keepsCondition(own, words)) return [];
      const stems = stemsOf(marksIn(hedge, words).flatMap((at) => governedBy(hedge, words, at)));
      return own.filter((word) => isSubstance(word) && stems.has(word.stem) && !free.has(word.stem)).slice(0, 1);
    });
  });
}

const MUST = /\b(?:must|shall|required|obliged|obligatory|compulsory|mandatory|ha(?:s|ve) to|need(?:s|ed)? to)\b/;
const MAY = /\b(?:may|can|could|allowed|permitted|optional|free to)\b/;

/** "Must" for "may" and "may" for "must", of the same verb, neither of them denied. */
function otherDuty(own: readonly Word[], theirs: readonly Word[]): Word[] {
  const [mine, other] = [plainOf(own), plainOf(theirs)];
  if (/\b(?:not|no|only|nobody|without|unless|cannot|before|until)\b|n't\b/.test(`${mine} ${other}`)) return [];
  const isOther = (a: RegExp, b: RegExp) => a.test(mine) && !b.test(mine) && b.test(other) && !a.test(other);
  if (!isOther(MUST, MAY) && !isOther(MAY, MUST)) return [];
  const begins = (duty: RegExp, at: number) => duty.exec(plainOf(theirs.slice(at, at + 2)))?.index === 0;
  const at = theirs.findIndex((_, i) => begins(MUST, i) || begins(MAY, i));
  const next = theirs.slice(at + 1, at + 4).find(isSubstance);
  return own.filter(({ stem }) => stem === next?.stem).slice(0, 1);
}

const plainOf = (words: readonly Word[]) => words.map(({ plain }) => plain).join(" ");
const stemsOf = (words: readonly Word[]) => new Set(words.filter(isSubstance).map(({ stem }) => stem));
const isSubstance = (word: Word) => !word.isFunction && !/^(?:mr|mrs|ms|miss|dr)$/.test(word.plain) && !isNamed(word);
const isNamed = (word: Word) => word.isCapital && !word.opensSentence;

/** Sentences, and what "and", "but" or a semicolon sets apart in them. */
function partsOf(words: readonly Word[]): Part[] {
  const parts: { words: Word[] }[] = [];
  for (const word of words) {
    const isNew = word.opensSentence || PART_ENDS.test(word.gap) || (/,/.test(word.gap) && PART_OPENS.test(word.plain));
    const last = parts.at(-1);
    if (isNew || last === undefined) parts.push({ words: [word] });
    else last.words.push(word);
  }
  return parts;
}

/** Positions of the last word of each mark. */
function marksIn({ mark, not }: Hedge, words: readonly Word[]): number[] {
  return words.flatMap((word, at) => {
    if (word.isCapital && !word.opensSentence) return [];
    const here = words.slice(Math.max(0, at - AROUND), at + 1);
    const isMark = mark.test(plainOf(here));
    const window = plainOf(words.slice(Math.max(0, at - AROUND), at + AROUND));
    return isMark && !(not?.test(window) ?? false) ? [at] : [];
  });
}

function governedBy({ reach }: Hedge, words: readonly Word[], at: number): readonly Word[] {
  if (reach === "part") return words.filter((_, i) => i !== at);
  return words.slice(at + 1, reach === "behind" ? words.length : at + 1 + reach);
}

/** "People with a fever" for "if they have a fever": what the condition says is there, behind a word that limits. */
function keepsCondition(own: readonly Word[], words: readonly Word[]): boolean {
  const at = words.findIndex(({ plain }) => /^(?:if|provided|unless)$/.test(plain));
  const end = words.findIndex((word, i) => i > at && IF_CLAUSE_ENDS.test(word.gap));
  const stems = stemsOf(words.slice(at + 1, end < 0 ? words.length : end));
  const limits = own.findIndex(({ plain }) => /^(?:with|who|whose|that|those|anyone|for|by|in|on)$/.test(plain));
  return limits >= 0 && own.slice(limits).some((word) => isSubstance(word) && stems.has(word.stem));
}

const LIMIT = /^(?:only|solely|exclusively|alone)$/;
const LIMITED =
  /\b(?:only|solely|sole|just|alone|exclusively|except|nobody|no|not|never|none|nothing|neither|nor|unless|cannot|unable|limited|restricted|all but|single)\b|n't\b/;

/** "Only" of the statement where what is cited excludes nothing. */
function unlimited({ words }: ReadText, said: ReadText): Word[] {
  if (LIMITED.test(plainOf(said.words))) return [];
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    const isCount =
      next !== undefined && /^(?:\p{N}.*|one|two|three|four|five|six|seven|eight|nine|ten|an?)$/u.test(next.plain);
    return LIMIT.test(word.plain) && !isCount && words[at - 1]?.plain !== "not" ? [word] : [];
  });
}

const LESSER = /^(?:former|formerly|ex|previous|deputy|vice|acting|interim|assistant|designate)$/;
const LESSER_LIKE =
  /\b(?:former\w*|ex|previous\w*|predecessor|once|then|past|deput\w*|vice|acting|interim|assist\w*|stand-?in|temporary|temporarily|elect|until|designate)\b/;

/** The office of the one that is the other's only as a former or a deputy one, shown as `shown` has it. */
function otherOffice(own: readonly Word[], theirs: readonly Word[], shown: readonly Word[] = own): Word[] {
  if (LESSER_LIKE.test(plainOf(own))) return [];
  return theirs.flatMap((word, at) => {
    const next = theirs[at + 1];
    if (!LESSER.test(word.plain) || next === undefined || !/^[\s-]*$/.test(next.gap)) return [];
    const isKept = theirs.some((other, i) => other.stem === next.stem && !LESSER.test(theirs[i - 1]?.plain ?? ""));
    const isOffice = isTitleWord(next) || /^(?:president|minister|mayor|director)$/.test(next.plain);
    const mine = own.find(({ stem }) => stem === next.stem);
    if (!isOffice || isKept || mine === undefined) return [];
    return [shown === own ? mine : word];
  });
}
