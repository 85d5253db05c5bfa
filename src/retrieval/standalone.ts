import type { Turn } from "../types.ts";
import {
  asksNothing,
  COMPARED,
  CONNECTIVE,
  goesOn,
  INSTEAD,
  isQuestion,
  PERSON_PRONOUN,
  pointsAtThing,
} from "./cues.ts";
import { isShortQuestion, shortQuestion } from "./ellipsis.ts";
import { readMentionQuestion } from "./mention-question.ts";
import { withoutOwnPronouns } from "./own-pronouns.ts";
import { readPeriod, readPeriods } from "./period.ts";
import { withoutPoliteness } from "./politeness.ts";
import { replaceIn } from "./replace-in.ts";
import type { SearchableIndex } from "./searchable.ts";
import { timeFrom } from "./shifted-time.ts";
import { COMPARES_THEM, sideBySide } from "./side-by-side.ts";
import { contentTokens } from "./stopwords.ts";
import { tokenize } from "./tokenize.ts";
import { meets, namesSomebody, withPerson, withRoles, withThing } from "./written-out.ts";

/** How many turns back the subject is looked for. */
const REACH = 8;
/** A question with more words of substance says itself what "it" is. */
const FEW_WORDS = 3;

/**
 * A follow-up as a question that can be searched for by itself: the person or the thing for the pronoun, the period
 * carried over, the question before it asked of something else; where what is meant is not certain, with that question
 * in brackets. A question that stands alone is returned as it is, without the greeting and the thanks around it.
 */
export function standaloneQuestion(asked: string, history: readonly Turn[], index: SearchableIndex): string {
  const question = withoutPoliteness(asked);
  if (asksNothing(question) || !leans(question)) return question;
  const before: Turn[] = [];
  // Each follow-up of the history is read as this one is, so that a chain of them keeps its subject.
  for (const { role, content } of history.slice(-REACH)) {
    if (asksNothing(content)) continue;
    before.push({
      role,
      content: role === "user" ? subjectOf(resolve(withoutPoliteness(content), before, index)) : content,
    });
  }
  return resolve(question, before, index);
}

/** "The second one", "the other side", "the latter": one of what the question before names. */
const SAYS_WHICH =
  /^(?:(?:in|of|at|on|for|to|by)\s+)?the\s+(?:other\s+(?!ones?\b)\p{L}+|(?:first|second|third|fourth|fifth|last|former|latter)(?:\s+one)?)$/iu;

/** Whether the question says by its form that it goes on from another. */
function leans(asked: string): boolean {
  const question = corrected(asked);
  return goesOn(question) || isFragment(question) || isShortQuestion(withoutMark(question.replace(CONNECTIVE, "")));
}

/** "I meant 2019" for "Not 2018, 2019" and "2019, I mean". */
function corrected(question: string): string {
  const words = withoutMark(question);
  const right =
    /^(?:no,?\s+)?not\s+[^,?]{1,30}?(?:,(?:\s+but)?|\s+but)\s+(?<x>[^,?]{1,30})$/i.exec(words)?.groups?.x ??
    /^(?<x>[^,?]{1,30}),?\s+I\s+mean(?:t)?$/i.exec(words)?.groups?.x;
  return right === undefined || isQuestion(right) ? question : `I meant ${right}`;
}

/** Of a question with another in brackets, the other: the subject of both. */
function subjectOf(question: string): string {
  return /\(([^()]+)\)\?$/.exec(question)?.[1]?.concat("?") ?? question.trim();
}

function resolve(asked: string, history: readonly Turn[], index: SearchableIndex): string {
  const [previous = "", earlier] = history.flatMap(({ role, content }) => (role === "user" ? content : [])).reverse();
  if (previous === "" || !leans(asked)) return asked;
  const question = corrected(asked);
  const instead = INSTEAD.exec(question);
  const joint = instead ?? CONNECTIVE.exec(question);
  const rest = question.slice(joint?.[0].length ?? 0).trim();
  const words = joint === null ? withoutMark(rest) : withoutTail(withoutMark(rest));
  // Several sentences, or many words, say enough; the search takes the history into account all the same.
  if (words === "" || /[?!.]\s/.test(words)) return question;

  const points = pointsAtThing(rest) || withoutOwnPronouns(rest).search(PERSON_PRONOUN) >= 0;
  const mentions = readMentionQuestion(rest, index) === null ? null : mentionsOf(rest, points, history, index);
  if (mentions !== null) return joint === null && mentions === rest ? question : capital(mentions);
  const short = shortQuestion(words, withoutMark(previous));
  if (short !== null) return short;
  if (COMPARES_THEM.test(words)) return sideBySide(previous, earlier) ?? inBrackets(words, previous);
  const time = timeFrom(words, previous);
  if (time !== null) return replaceIn(previous, time, index) ?? inBrackets(words, previous);
  if (COMPARED.test(rest)) return besideTime(words, previous, index) ?? inBrackets(words, previous);
  if (isFragment(rest) || isFragment(question) || (instead !== null && !isQuestion(rest))) {
    if (contentTokens(words).length > FEW_WORDS) return question;
    return (
      (points && !SAYS_WHICH.test(words) ? null : replaceIn(previous, withoutTail(words), index)) ??
      inBrackets(withoutTail(spoken(question)), previous)
    );
  }

  const named = withRoles(withPerson(rest, history, index), history, index);
  if (named !== rest) return capital(withPeriodOf(named, previous));
  if (contentTokens(rest).length === 0) return inBrackets(words, previous);
  if (!points) return joint === null ? question : capital(withPeriodOf(rest, previous));
  if (contentTokens(rest).length > FEW_WORDS || namesSomebody(rest, index)) return question;
  // "How high is it?" has nothing else to tell what it is about.
  const surely = joint !== null || rest.search(PERSON_PRONOUN) >= 0 || contentTokens(rest).length === 1;
  if (!surely && !meets(rest, previous, index)) return question;
  const filled = withThing(rest, history, index);
  return filled === null ? inBrackets(words, previous) : capital(withPeriodOf(filled, previous));
}

/** "What was the income in 2018 and 2019?" of "compare it with 2019"; null where not both have a time. */
function besideTime(words: string, previous: string, index: SearchableIndex): string | null {
  const other = words.replace(COMPARED, "").trim();
  const [time, own] = [readPeriod(other), readPeriod(previous)];
  if (time === null || time.text !== other.replace(/^(?:in|on|the|that\s+of)\s+/i, "") || own === null) return null;
  const moved = replaceIn(previous, time.text, index);
  return moved === null ? null : sideBySide(moved, previous);
}

/** What asks for every mention names all that it looks for, but for a pronoun; null where that is not certain. */
function mentionsOf(rest: string, points: boolean, history: readonly Turn[], index: SearchableIndex): string | null {
  if (!points) return rest;
  const named = withPerson(rest, history, index);
  return named === rest ? withThing(rest, history, index) : named;
}

/** "in 2019?", "Kerry?": a few words without a verb or a question word. */
function isFragment(text: string): boolean {
  const words = text.replace(CONNECTIVE, "");
  return !isQuestion(words) && tokenize(words).length <= 4 && (words !== text || /\?\s*$/.test(text));
}

/** "The rent", of "the rent, not the fence" and of "the rent as well". */
function withoutTail(words: string): string {
  return words.replace(/,\s+(?:and\s+)?not\s+.+$/i, "").replace(/,?\s+(?:too|also|as\s+well|instead)$/i, "");
}

/** "How about dogs", but no "and" and no "I meant". */
function spoken(question: string): string {
  const plain = question.replace(CONNECTIVE, "");
  return withoutMark(/^(?:what|how)\s+about\b/i.test(plain) ? plain : plain.replace(INSTEAD, ""));
}

function inBrackets(words: string, previous: string): string {
  const subject = readPeriod(words) === null || COMPARING.test(words) ? previous : withoutPeriods(previous);
  return `${capital(words)} (${withoutMark(subject)})?`;
}

/** What is set beside another time needs both. */
const COMPARING = /\b(?:compar\w*|differ\w*|chang\w*|versus|vs|than|relative\s+to)\b/i;

/** Without its times and what leads up to them, where something is left: the new words have a time of their own. */
function withoutPeriods(previous: string): string {
  const { words } = readPeriods(previous, { documentDates: [] });
  const rest = words.reduceRight((text, { start, end }) => {
    const lead =
      /[\s,]*\b(?:(?:back\s+)?(?:in|on|of|from|during|for|at|between|and|to)\s+)?(?:the\s+)?(?:years?\s+)?$/i.exec(
        text.slice(0, start),
      )?.[0];
    return text.slice(0, start - (lead?.length ?? 0)) + text.slice(end);
  }, previous);
  return contentTokens(rest).length > 0 ? rest.replace(/\s{2,}/g, " ") : previous;
}

/** "What did she recommend?" after a question about 2004. */
function withPeriodOf(question: string, previous: string): string {
  const period = readPeriod(previous);
  if (period === null || readPeriod(question) !== null) return question;
  const at = previous.indexOf(period.text);
  if (at < 0) return question;
  const own = /^(?:before|after|since|until|up to|prior to|by)\b/i.test(period.text);
  // "The strike of 1923" says which strike, not when.
  const preposition = /\b(?:in|on|during|between|from)\s+(?:the\s+)?$/i.exec(previous.slice(0, at))?.[0].trim();
  if (!own && preposition === undefined) return question;
  const lead = own ? "" : `${preposition} `;
  return `${withoutMark(question).replace(/\s+(?:back\s+)?then$/i, "")} ${lead}${period.text}?`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withoutMark(question: string): string {
  return question.trim().replace(/[\s?.!]+$/, "");
}
