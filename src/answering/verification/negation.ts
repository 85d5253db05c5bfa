import { terms } from "../../retrieval/tokenize.ts";
import type { Doubt } from "./doubt.ts";
import { isListedOpposite } from "./opposites.ts";
import { isVerb } from "./verbs.ts";
import { areOpposite, mayMean } from "./word-meanings.ts";
import { cosineOf, type WordVectors } from "./word-vectors.ts";
import type { Word } from "./words.ts";

/** A word that negates, and the words of substance that it may negate. */
interface Negator {
  readonly at: number;
  /** Stems of the words of substance behind it, the nearest first, to the end of its clause. */
  readonly behind: readonly string[];
  /** And those before it. */
  readonly ahead: readonly string[];
  /** "soft" is a word of its own that says no, too: "the refusal"; "strong" one that turns a verb around: "refused to". */
  readonly strength: "hard" | "strong" | "soft";
}

const HARD = /^(?:not|never|neither|nor|none|nobody|nothing|nowhere|without|unless|cannot|.*n't|no-one)$/;
const SOFT_STEMS = new Set(
  "fail refus declin reject deni lack absent absenc prevent prohibit forbid ban avoid unabl unlik imposs except exclud exempt hard rare scarc bare seldom instead miss neglect oppos dismiss omit cease stop refrain abstain incap inabl void fals untru wrong disput rule overrul halt cancel suspend free against negat danger vanish disappear".split(
    " ",
  ),
);
/** Behind "not" these turn nothing around. */
const NO_NEGATION = /^(?:only|just|merely|simply|solely|until|least|unlike|necessarily)$/;
/** "Not more than five" is a bound. */
const COMPARES = /^(?:later|more|less|fewer|earlier|sooner|longer|higher|lower)$/;
const NO_COMPARES = /^(?:later|more|less|fewer|doubt|matter|sooner|earlier)$/;
/** "Switched off", "turned down". */
const OFF = /^(?:switch|turn|shut|cut|call)$/;
const CLAUSE_END = /[.;:!?—–]|,\s*$/;
const CONJUNCTION = /^(?:but|although|though|while|whereas|because|since|which|who|and|if|unless|so)$/;
const WINDOW = 5;

const known = new WeakMap<readonly Word[], readonly Negator[]>();

/** The negating words of a text, made once for the same words. */
export function negatorsIn(words: readonly Word[]): readonly Negator[] {
  const negators = known.get(words) ?? readNegators(words);
  known.set(words, negators);
  return negators;
}

function readNegators(words: readonly Word[]): Negator[] {
  return words.flatMap((word, at) => {
    const hard = isHard(words, at);
    // "Neither ... nor" negates once.
    if (word.plain === "nor" && words.slice(0, at).some((_, i) => isHard(words, i))) return [];
    const isOff = /^(?:off|down)$/.test(word.plain) && OFF.test(words[at - 1]?.stem ?? "");
    if (!hard && !isOff && !SOFT_STEMS.has(word.stem) && baseOf(word) === null) return [];
    // "Unchanged" says of itself what "not changed" says of the next word.
    const base = hard || STRONG.test(word.stem) ? null : baseOf(word);
    const behind = base !== null ? [base] : stemsBehind(words, at);
    const isOnlyBehind = /^(?:without|instead|rather)$/.test(word.plain) || base !== null;
    const ahead = isOnlyBehind ? [] : stemsAhead(words, at);
    const next = words[at + 1]?.plain ?? "";
    const isStrong =
      !hard && (word.plain === "against" ? /ing$/.test(next) : STRONG.test(word.stem) && /^(?:to|from)$/.test(next));
    return [{ at, behind, ahead, strength: hard ? "hard" : isStrong ? "strong" : "soft" }];
  });
}

/** A word that says no, among other things: "failed". */
export const isNegating = ({ stem }: Word) => SOFT_STEMS.has(stem);

/** A word that does nothing but negate. */
export function isHard(words: readonly Word[], at: number): boolean {
  const plain = words[at]?.plain.replaceAll("’", "'") ?? "";
  const next = words[at + 1];
  if (plain === "rather") return next?.plain === "than";
  // "30 instead of 60" is a change.
  if (plain === "instead") return next?.plain === "of" && !/^\p{N}/u.test(words[at + 2]?.text ?? "");
  if (plain === "no") return !/^\p{N}/u.test(next?.text ?? "") && !NO_COMPARES.test(next?.plain ?? "");
  const beyond = next?.plain === "to" ? 2 : 1;
  const isBound = COMPARES.test(words[at + beyond]?.plain ?? "") && words[at + beyond + 1]?.plain === "than";
  return HARD.test(plain) && !NO_NEGATION.test(next?.plain ?? "") && !isBound;
}

/** The stem of "changed" for "unchanged"; null of a word that is not made so. */
function baseOf({ plain }: Word): string | null {
  const base =
    /^(?:un(?!i|der|til|like$)|non|in(?=cap|suff|val|compl|eff)|im(?=poss)|dis(?=agree|approv|contin|allow|satisf))(\p{L}{4,})/u.exec(
      plain,
    )?.[1];
  return base === undefined ? null : (terms(base)[0] ?? base);
}

function stemsBehind(words: readonly Word[], at: number): string[] {
  const stems: string[] = [];
  for (let i = at + 1; i < words.length && stems.length < WINDOW; i++) {
    const word = words[i];
    if (word === undefined || word.opensSentence || CLAUSE_END.test(word.gap)) break;
    if (stems.length > 0 && (CONJUNCTION.test(word.plain) || isHard(words, i))) break;
    if (isSubstance(word)) stems.push(word.stem);
  }
  const next = words[at + 1];
  // "Which has not happened before" negates a word that else says little.
  if (stems.length === 0 && next !== undefined && !next.opensSentence && !CLAUSE_END.test(next.gap)) return [next.stem];
  return stems;
}

function stemsAhead(words: readonly Word[], at: number): string[] {
  const stems: string[] = [];
  for (let i = at; i > 0 && stems.length < WINDOW; i--) {
    if (words[i]?.opensSentence || CLAUSE_END.test(words[i]?.gap ?? "")) break;
    const word = words[i - 1];
    if (word === undefined || (CONJUNCTION.test(word.plain) && stems.length > 0)) break;
    if (isSubstance(word)) stems.push(word.stem);
  }
  return stems;
}

/** A word that says something, or a verb that helps another: "it was not" must find "was". */
const isSubstance = (word: Word) => !word.isFunction && !/ly$/.test(word.plain);

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
    (isConditional(evidence) && !isConditional(statement) && isBound(statement)) ||
    (isConditional(statement) && !isConditional(evidence) && isBound(evidence));
  const added = own.flatMap((negator): Doubt[] => {
    const word = statement[negator.at];
    const [negated] = negator.behind;
    if (word === undefined || pairs.has(negator)) return [];
    // "Nobody died" for "no lives were lost": the same in words that have nothing in common.
    const isSaid = negated !== undefined && said.has(negated);
    const isDeniedThere = (other: Negator) => !isSaid || isBehind(evidence, other.at, negated);
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
    return isCondition ? [{ word, isDoubtful: true }] : conflict(word);
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
  const own = new Set(negatorsIn(statement).flatMap(({ behind }) => behind.slice(0, 1)));
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
const WEAK_STEMS = new Set("against except free danger hard rare rule imposs disput bare".split(" "));

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

/** "In Dutch but not in Frisian" turned into "in Frisian but not in Dutch": each text denies what the other says. */
function exchangedIn(a: Negator, b: Negator, statement: readonly Word[], evidence: readonly Word[]): Doubt[] {
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
function paired(
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

/** What turns around the verb behind it. */
const STRONG = /^(?:fail|refus|declin|unabl|prevent|prohibit|forbid|ban)$/;

function isAboutSame(a: Negator, b: Negator, isWeak: boolean): boolean {
  const [first] = a.behind;
  const [second] = b.behind;
  if (first !== undefined && (b.behind.includes(first) || b.ahead.slice(0, 3).includes(first))) return true;
  if (second !== undefined && (a.behind.includes(second) || a.ahead.slice(0, 3).includes(second))) return true;
  if (isWeak) return false;
  // Other words for it, about the same things.
  const all = new Set([...b.behind, ...b.ahead]);
  const shared = [...a.behind, ...a.ahead].filter((stem) => all.has(stem)).length;
  return shared >= 1;
}

function wordFor(words: readonly Word[], stem: string): string {
  return words.find((word) => word.stem === stem)?.text ?? stem;
}
