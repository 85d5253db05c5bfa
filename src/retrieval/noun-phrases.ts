import { datesIn } from "./period-dates.ts";
import { isFunctionWord } from "./stopwords.ts";

/** Words of a question that name one thing: "the Weir Bridge", "a Quillbox backup". */
export interface NounPhrase {
  readonly text: string;
  /** Offsets into the question, half open. */
  readonly start: number;
  readonly end: number;
  readonly plural: boolean;
  /** Whether it is a name: every word but "the" and "of" has a capital or a digit. */
  readonly name: boolean;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const DETERMINER = /^(?:the|a|an|this|that|these|those)$/i;
const DO = /^(?:do|does|did)$/i;
/** Verbs that count as function words. */
const PLAIN_VERB = /^(?:say|do|have|happen|mention|show|give|tell|explain|describe|let|know|be|mean)$/i;
const BE = /^(?:is|are|was|were|be|been)$/i;
const CAPITAL = /^[\p{Lu}\p{N}]/u;
const PARTICIPLE =
  /(?:ed|en|[^aeiou]wn)$|^(?:built|made|found|held|lost|sold|sent|paid|born|cut|put|set|shut|hit|begun|done|kept|left|led|met|read|sung|won|taught|caught|brought|bought|fought|thought|told|laid|struck|hung|dug)$/i;
const ASKED = /^(?:which|what|whose|many|much)$/i;
const PRONOUN = /^(?:any|some|every|no)(?:one|body|thing)$|^(?:people|others?|else)$/i;

/**
 * The noun phrases of an English question that are certain without a tagger: those with an article or a capital. After
 * "did" the last word before a preposition is the verb, after "was" a participle is none of the noun's. In order.
 */
export function nounPhrases(question: string): NounPhrase[] {
  const dates = datesIn(question);
  const words: Word[] = [...question.matchAll(/[\p{L}\p{N}]+(?:[-.'’][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu)].map(
    (match) => ({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  const stops = (word: Word | undefined) =>
    word === undefined ||
    /^[^\p{L}\p{N}]/u.test(word.text) ||
    isFunctionWord(word.text, question) ||
    PRONOUN.test(word.text) ||
    dates.some((date) => word.start >= date.start && word.start < date.end);
  const found: NounPhrase[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined) break;
    const determined = DETERMINER.test(first.text) && !stops(words[at + 1]);
    if (!determined && stops(first)) continue;
    let end = at + 1;
    while (!stops(words[end]) || (isOf(words[end]) && !ofVerb(words, at, end) && reaches(words, end + 1, stops))) {
      end = isOf(words[end]) && DETERMINER.test(words[end + 1]?.text ?? "") ? end + 2 : end + 1;
    }
    const phrase = trimmed(words.slice(at, end), words[at - 1], words[end], question);
    if (phrase !== null) found.push(phrase);
    at = end - 1;
  }
  return found;
}

function isOf(word: Word | undefined): boolean {
  return word?.text === "of";
}

/** "Did Marsh speak of Arden?" */
function ofVerb(words: readonly Word[], at: number, of: number): boolean {
  return (
    DO.test(words[at - 1]?.text ?? "") &&
    CAPITAL.test(words[at]?.text ?? "") &&
    !CAPITAL.test(words[of - 1]?.text ?? "")
  );
}

function reaches(words: readonly Word[], at: number, stops: (word: Word | undefined) => boolean): boolean {
  return !stops(words[DETERMINER.test(words[at]?.text ?? "") ? at + 1 : at]);
}

/** Before a participle: "was the bridge first opened". */
const ADVERB =
  /^(?:first|last|finally|originally|initially|recently|officially|ever|completely|entirely|partly|fully|again|eventually|ultimately|actually|publicly|formally|once|twice)$/;

function withoutAdverbs(words: readonly Word[]): readonly Word[] {
  let end = words.length;
  while (end > 1 && ADVERB.test(words[end - 1]?.text ?? "")) end--;
  return words.slice(0, end);
}

/** The run without the verb or the participle that stands in it; null where no noun is certain. */
function trimmed(
  run: readonly Word[],
  before: Word | undefined,
  next: Word | undefined,
  question: string,
): NounPhrase | null {
  if (before !== undefined && ASKED.test(before.text)) return null;
  const determined = DETERMINER.test(run[0]?.text ?? "");
  let words = run;
  if (!determined) {
    const capital = words.findIndex((word) => CAPITAL.test(word.text));
    if (capital < 0) return null;
    words = words.slice(capital);
  }
  const named = words.findIndex(
    (word, i) => i > 0 && !CAPITAL.test(word.text) && !isOf(word) && CAPITAL.test(words[i - 1]?.text ?? ""),
  );
  const after = before?.text ?? "";
  if (DO.test(after) && !PLAIN_VERB.test(next?.text ?? "")) words = words.slice(0, -1);
  else if (BE.test(after) && PARTICIPLE.test(words.at(-1)?.text ?? "")) words = withoutAdverbs(words.slice(0, -1));
  else if (BE.test(after) && named > 0) words = words.slice(0, named);
  else if (
    BE.test(after) &&
    determined &&
    words.length > 2 &&
    !CAPITAL.test(words.at(-1)?.text ?? "") &&
    !words.some(isOf)
  )
    return null;
  const [from, to] = [words[0], words.at(-1)];
  if (from === undefined || to === undefined || (determined && words.length < 2) || isOf(to)) return null;
  const text = question.slice(from.start, to.end).replace(/['’]s?$/, "");
  const head = text.split(/\s+of\s+/)[0] ?? text;
  return {
    text,
    start: from.start,
    end: from.start + text.length,
    plural: /[^su]s$|[^i]es$/i.test(head) && !/[^s]'s$/.test(head),
    name: words.every((word) => CAPITAL.test(word.text) || isOf(word) || DETERMINER.test(word.text)),
  };
}
