import type { Doubt } from "./doubt.ts";
import { exchangedIn, isAboutSame, paired } from "./negator-pairs.ts";
import { isHard, type Negator, negatorsIn, SOFT_STEMS, STRONG, WINDOW } from "./negators.ts";
import { isListedOpposite } from "./opposites.ts";
import { isVerb } from "./verbs.ts";
import { areOpposite, mayMean } from "./word-meanings.ts";
import { cosineOf, type WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/**
 * The negating words of the statement for which the evidence has none about the same, and those of the evidence that the
 * statement lacks where it says what they negate.
 */
export function negationConflicts(
  statement: readonly Word[],
  evidence: readonly Word[],
  vectors: WordVectors | null,
): Doubt[] {
  const own = negatorsIn(statement);
  const theirs = negatorsIn(evidence);
  const said = new Set(evidence.map(({ stem }) => stem));
  const ownStems = new Set(statement.map(({ stem }) => stem));
  // "Not free" says no "free".
  const isDenied = (other: Negator) => other.strength === "soft" && isSaidOf(statement, evidence[other.at]);
  const isWeak = ({ at }: Negator, words: readonly Word[]) => WEAK_STEMS.has(words[at]?.stem ?? "");
  // "Did not object", where what is cited opposes.
  const isTwice = ({ strength, behind: [negated = ""] }: Negator) =>
    strength === "hard" && (STRONG.test(negated) || /^(?:oppos|object|reject|deni|resist)$/.test(negated));
  const pairs = paired(
    own,
    theirs,
    (a, b) =>
      isAboutSame(a, b, isWeak(a, statement) || isWeak(b, evidence)) &&
      !(a.strength === "hard" && isDenied(b)) &&
      (b.strength === "hard" || !isTwice(a)),
  );
  const matched = new Set(pairs.values());
  const isCondition =
    (isNotBefore(statement) && isEarliest(evidence)) ||
    (isNotBefore(evidence) && isEarliest(statement)) ||
    (isConditional(evidence) && !isConditional(statement) && isBound(statement)) ||
    (isConditional(statement) && !isConditional(evidence) && isBound(evidence));
  const added = own.flatMap((negator): Doubt[] => {
    const word = statement[negator.at];
    const [negated] = negator.behind;
    if (word === undefined || pairs.has(negator)) return [];
    // "Nobody died" for "no lives were lost": the same in words that have nothing in common.
    const isSaid = negated !== undefined && said.has(negated);
    // "If it fails to": what, stands elsewhere.
    const isBare = ({ strength, behind }: Negator) => strength === "strong" && behind.length === 0;
    const isDeniedThere = (other: Negator) => !isSaid || isBare(other) || isBehind(evidence, other.at, negated);
    const isOtherwise = theirs.some(
      (other) =>
        !matched.has(other) &&
        !isDenied(other) &&
        !isWeak(other, evidence) &&
        isDeniedThere(other) &&
        (other.strength === "hard" || !isTwice(negator)),
    );
    if (isOtherwise || said.has(word.stem)) return negator.strength === "hard" && !isOtherwise ? conflict(word) : [];
    if (negator.strength === "soft")
      return theirs.length > 0 ||
        isWeak(negator, statement) ||
        word.plain === "instead" ||
        evidence.some((other) => !other.isFunction && mayMean(word.plain, other.plain))
        ? []
        : [doubt(word)];
    // "Had not happened since" for "for the first time since".
    const rest = statement.slice(negator.at + 1).filter(({ sentence }) => sentence === word.sentence);
    if (said.has("first") && rest.some(({ plain }) => /^(?:since|before|previously)$/.test(plain))) return [];
    if (isCondition || isTurned(statement, negator, evidence)) return [doubt(word)];
    const isNear = statement.some(
      (other, at) =>
        at > negator.at &&
        other.stem === negated &&
        evidence.some((one) => !one.isFunction && cosineOf(other, one, vectors) >= NEAR_DENIED),
    );
    return isSaid || isNear || negated === undefined ? conflict(word) : [doubt(word)];
  });
  const denied = new Set(own.flatMap(({ behind, ahead }) => [...behind, ...ahead]));
  /** "Discovered" for "never found": the word of the statement that says what is denied there in another word. */
  const otherwise = (negator: Negator, stem: string) => {
    const base = evidence.find((word, at) => at > negator.at && word.stem === stem);
    // "Bought before May, not later": said as well as denied.
    const isOnlyDenied = evidence.filter((word) => word.stem === stem).length === 1;
    if (negator.strength !== "hard" || base === undefined || !isOnlyDenied) return undefined;
    return statement.find(
      (word) =>
        !word.isFunction &&
        !said.has(word.stem) &&
        !denied.has(word.stem) &&
        (isNearVerb(word, base, vectors) ||
          (isVerb(evidence, evidence.indexOf(base)) && mayMean(word.plain, base.plain))),
    );
  };
  const exchanged = [...pairs].flatMap(([a, b]) => exchangedIn(a, b, statement, evidence));
  const lacking = theirs.flatMap((negator): Doubt[] => {
    const [negated] = negator.behind.length > 0 ? negator.behind : negator.ahead;
    if (negated === undefined || negator.strength === "soft" || matched.has(negator)) return [];
    if (isBoundDenied(statement) && isBoundDenied(evidence, negator.at)) return [];
    if (!ownStems.has(negated)) {
      const word = own.some((one) => !pairs.has(one)) ? undefined : otherwise(negator, negated);
      return word === undefined ? [] : conflict(word);
    }
    if (negator.strength === "strong" && ownStems.has(evidence[negator.at]?.stem ?? "")) return [];
    const word = wordFor(statement, negated);
    // "The tenor sang, but the alto did not sing."
    const isAlsoSaid = evidence.some(
      (other, at) =>
        other.stem === negated &&
        !theirs.some((one) => (at > one.at ? at <= one.at + WINDOW : one.ahead.includes(negated))),
    );
    return isCondition || isAlsoSaid ? [{ word, isDoubtful: true }] : conflict(word);
  });
  return [...added, ...lacking, ...exchanged];
}

/**
 * Whether an opposite may say what the other text denies: "banned on Sundays" for "never on Sundays", by the words of
 * substance beside it.
 */
export function isDeniedInstead(statement: readonly Word[], opposite: string, evidence: readonly Word[]): boolean {
  const at = statement.findIndex(({ text }) => text === opposite);
  const beside = new Set(
    statement.slice(Math.max(0, at - AROUND), at + AROUND + 1).flatMap((word) => (word.isFunction ? [] : [word.stem])),
  );
  const own = new Set(
    negatorsIn(statement).flatMap(({ strength, behind }) => (strength === "hard" ? behind.slice(0, 1) : [])),
  );
  return negatorsIn(evidence).some(
    ({ strength, behind: [negated = ""] }) => strength === "hard" && beside.has(negated) && !own.has(negated),
  );
}
/** How many words to each side of an opposite tell what it is said of. */
const AROUND = 3;

const conflict = (word: Word | string): Doubt[] => [
  { word: typeof word === "string" ? word : word.text, isDoubtful: false },
];
const doubt = ({ text }: Word): Doubt => ({ word: text, isDoubtful: true });

/** "Oppose", where the statement has "object". */
const isSaidOf = (words: readonly Word[], other: Word | undefined) =>
  other !== undefined &&
  words.some((word) => word.stem === other.stem || (!word.isFunction && mayMean(word.plain, other.plain)));

/** What stands against something denies nothing that is said of another. */
const WEAK_STEMS = new Set("against free".split(" "));

const CONDITIONS = /^(?:without|unless|until|before|except)$/;
/** "No payment without two signatures", "may not go before it is paid". */
const isConditional = (words: readonly Word[]) =>
  words.some(
    ({ plain, sentence }, at) =>
      CONDITIONS.test(plain) && words.some((_, i) => i < at && words[i]?.sentence === sentence && isHard(words, i)),
  );
/** "Two must sign before", "only with", "has to be paid first". */
const isBound = (words: readonly Word[]) =>
  words.some(
    ({ plain }, at) =>
      /^(?:must|shall|only|needs?|required?|requires|first|after|once|if)$/.test(plain) ||
      (/^(?:has|have|had)$/.test(plain) && words[at + 1]?.plain === "to"),
  );

/** "Could not begin before 6 January" for "may start on 6 January at the earliest". */
const isNotBefore = (words: readonly Word[]) =>
  words.some(
    ({ plain }, at) => /^(?:before|until)$/.test(plain) && words.slice(0, at).some((_, i) => isHard(words, i)),
  );
const isEarliest = (words: readonly Word[]) =>
  words.some(({ plain }) => /^(?:earliest|from|after|only|once|starting)$/.test(plain));

const COMPARE_WORDS = /^(?:more|less|fewer|later|longer|earlier|higher|lower|greater)$/;

/** "For no more than eight weeks"; behind `from` "not be shown for more than eight weeks". */
function isBoundDenied(words: readonly Word[], from?: number): boolean {
  const isThan = (at: number) => COMPARE_WORDS.test(words[at]?.plain ?? "") && words[at + 1]?.plain === "than";
  return from === undefined
    ? words.some(({ plain }, at) => /^(?:no|not)$/.test(plain) && isThan(at + 1))
    : words.some((word, at) => at > from && at <= from + 6 && word.sentence === words[from]?.sentence && isThan(at));
}

/**
 * "Will not reopen" for "stays closed", "does not work well" for "works poorly": what is denied in the one text has its
 * opposite in the other, and beside the same word where that is there, too.
 */
function isTurned(words: readonly Word[], { at, behind }: Negator, other: readonly Word[]): boolean {
  const governed = words.filter((word, i) => i > at && behind.slice(0, 3).includes(word.stem));
  const own = new Set(words.map(({ stem }) => stem));
  const anchor = other.findIndex(({ stem }) => stem === behind[0]);
  return other.some(
    (there, i) =>
      !there.isFunction &&
      !own.has(there.stem) &&
      (anchor < 0 || Math.abs(i - anchor) <= BESIDE) &&
      governed.some((word) => isListedOpposite(word, there) || areOpposite(word.plain, there.plain)),
  );
}
const BESIDE = 2;

/** "Seriously" behind "no one", for "no serious": in any form, in the same part of the sentence. */
function isBehind(words: readonly Word[], at: number, stem: string): boolean {
  return words.slice(at + 1, at + 1 + WINDOW).some((word) => word.stem === stem && !word.opensSentence);
}

/** Opposites are near each other, too: not so near that listed ones and this do not tell most apart. */
const NEAR_DENIED = 0.45;

function isNearVerb(word: Word, base: Word, vectors: WordVectors | null): boolean {
  return !SOFT_STEMS.has(base.stem) && !isListedOpposite(word, base) && cosineOf(word, base, vectors) >= NEAR_DENIED;
}
function wordFor(words: readonly Word[], stem: string): string {
  return words.find((word) => word.stem === stem)?.text ?? stem;
}
