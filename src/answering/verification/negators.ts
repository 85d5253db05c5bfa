import { terms } from "../../retrieval/tokenize.ts";
import type { Word } from "./words.ts";

/** A word that negates, and the words of substance that it may negate. */
export interface Negator {
  readonly at: number;
  /** Stems of the words of substance behind it, the nearest first, to the end of its clause. */
  readonly behind: readonly string[];
  /** And those before it. */
  readonly ahead: readonly string[];
  /** "soft" is a word of its own that says no, too: "the refusal"; "strong" one that turns a verb around: "refused to". */
  readonly strength: "hard" | "strong" | "soft";
}

const HARD = /^(?:not|never|neither|nor|none|nobody|nothing|nowhere|without|unless|cannot|.*n't|no-one)$/;
export const SOFT_STEMS = new Set(
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
export const WINDOW = 5;

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
  const isVerbal = next !== undefined && !/^(?:to|of|in|on|at|for|by|with|from|the|an?|and|or)$/.test(next.plain);
  if (stems.length === 0 && isVerbal && !next.opensSentence && !CLAUSE_END.test(next.gap)) return [next.stem];
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

/** What turns around the verb behind it. */
export const STRONG = /^(?:fail|refus|declin|unabl|prevent|prohibit|forbid|ban)$/;
