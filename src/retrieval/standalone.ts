import type { Person, Turn } from "../types.ts";
import { peopleNamed } from "./people.ts";
import { readPeriod } from "./period.ts";
import type { SearchableIndex } from "./searchable.ts";
import { isFunctionWord } from "./stopwords.ts";
import { tokenize } from "./tokenize.ts";

const CONNECTIVE = /^\s*(?:and|but|so|also|then|or)\b[\s,]*/i;
const INSTEAD = /^\s*(?:and\s+)?(?:what|how)\s+about\s+/i;
const PERSON_PRONOUN = /\b(?:he|him|she|her|his|hers)\b/gi;
const OTHER_PRONOUN = /\b(?:it|its|they|them|their|theirs|there|this|that|these|those|the same|else)\b/i;

/**
 * A follow-up as a question that can be searched for by itself: the person for the pronoun, the period carried over,
 * and the topic of the question before it where nothing else says what is meant. A question that stands alone is
 * returned as it is.
 */
export function standaloneQuestion(question: string, history: readonly Turn[], index: SearchableIndex): string {
  const previous = history.findLast((turn) => turn.role === "user")?.content.trim();
  if (previous === undefined || previous === "") return question;
  const instead = INSTEAD.exec(question);
  const connective = CONNECTIVE.exec(question);
  const needsPerson = question.search(PERSON_PRONOUN) >= 0;
  const words = tokenize(question).filter((token) => !isFunctionWord(question.slice(token.start, token.end), question));
  // "There are ..." and "that" inside a long question usually refer to nothing before it.
  const needsTopic = OTHER_PRONOUN.test(question) && words.length <= 3;
  if (!instead && !connective && !needsPerson && !needsTopic && words.length > 0) return question;

  const rest = question.slice((instead ?? connective)?.[0].length ?? 0).trim();
  const period = readPeriod(rest);
  if (instead || isFragment(rest)) return replaceIn(previous, rest, index);
  let resolved = rest;
  const person = personMeant(history, index);
  if (person !== null) resolved = withPerson(resolved, person);
  if (needsTopic && person === null) resolved = `${withoutMark(resolved)} (${withoutMark(previous)})?`;
  if (period === null) resolved = withPeriodOf(resolved, previous);
  return resolved;
}

/** "in 2019?", "Kerry?": words without a verb or a question word. */
function isFragment(text: string): boolean {
  return (
    !/^(?:who|whom|whose|which|what|when|where|why|how|did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b/i.test(
      text,
    ) && tokenize(text).length <= 4
  );
}

/** The question before it, asked of another period or person; where it named neither, with the new words added. */
function replaceIn(previous: string, fragment: string, index: SearchableIndex): string {
  const words = withoutMark(fragment);
  const period = readPeriod(words);
  const old = readPeriod(previous);
  if (period !== null && old !== null) return previous.replace(old.text, period.text);
  const [person] = peopleNamed(previous, index);
  const [newPerson] = peopleNamed(words, index);
  if (person !== undefined && newPerson !== undefined) {
    const named = tokenize(person.name).map((token) => person.name.slice(token.start, token.end));
    const longest = named.filter((part) => previous.includes(part)).sort((a, b) => b.length - a.length)[0];
    if (longest !== undefined) return previous.replace(longest, words);
  }
  return `${withoutMark(previous)} ${words}?`;
}

/** Whom "he" or "she" means: the one named last, the user's own words first. */
function personMeant(history: readonly Turn[], index: SearchableIndex): Person | null {
  for (const turn of history.slice(-4).reverse()) {
    const [person] = peopleNamed(turn.content, index);
    if (person !== undefined) return person;
  }
  return null;
}

function withPerson(question: string, person: Person): string {
  return question.replace(PERSON_PRONOUN, (pronoun, offset: number) => {
    const possessive =
      /^(?:his|hers)$/i.test(pronoun) || (/^her$/i.test(pronoun) && /^\s+\p{L}/u.test(question.slice(offset + 3)));
    return possessive ? `${person.name}'s` : person.name;
  });
}

function withPeriodOf(question: string, previous: string): string {
  const period = readPeriod(previous);
  if (period === null || readPeriod(question) !== null) return question;
  const at = previous.indexOf(period.text);
  const preposition =
    /\b(?:in|on|during|of|between|from)\s+(?:the\s+)?$/i.exec(previous.slice(0, at))?.[0].trim() ?? "in";
  const lead = /^(?:before|after|since|until|up to|prior to|by)\b/i.test(period.text) ? "" : `${preposition} `;
  return `${withoutMark(question)} ${lead}${period.text}?`;
}

function withoutMark(question: string): string {
  return question.trim().replace(/[\s?.!]+$/, "");
}
