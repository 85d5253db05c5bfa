import { isRoleNoun } from "../documents/roles.ts";
import type { Turn } from "../types.ts";
import { personMeant, thingMeant } from "./antecedent.ts";
import { passageFrequency } from "./bm25.ts";
import { goesOn, PERSON_PRONOUN } from "./cues.ts";
import { fullName } from "./full-name.ts";
import { withoutOwnPronouns } from "./own-pronouns.ts";
import { peopleMentions } from "./people.ts";
import { documentsWith, type SearchableIndex } from "./searchable.ts";
import { contentTokens } from "./stopwords.ts";

const THING_PRONOUN = /\b(?:[Ii]ts?|[Tt]hey|[Tt]hem|[Tt]heirs?|[Tt]hat|[Tt]his|[Tt]hese|[Tt]hose)\b/;
const AFTER_OBJECT = /^\s+(?:in|on|at|for|with|to|by|and|or|after|before|from|about|as|of|during|when|if)\b/i;
/** What asks for a thing by name: its answer, when there is one, names what "it" may mean. */
const ASKS_FOR_A_NAME = /^\s*(?:which|who|whom)\b|^\s*what\s+(?!is\b|are\b|was\b|were\b|did\b|do\b|does\b)/i;

/** Whether the question names somebody itself, whom its pronouns mean. */
export function namesSomebody(question: string, index: SearchableIndex): boolean {
  return peopleMentions(question, index).length > 0 || fullName(question) !== undefined;
}

/** With the name of the person for "he" or "her", where the history tells who that is. */
export function withPerson(question: string, history: readonly Turn[], index: SearchableIndex): string {
  const foreign = withoutOwnPronouns(question);
  const [first] = foreign.match(PERSON_PRONOUN) ?? [];
  if (first === undefined || namesSomebody(question, index)) return question;
  const name = personMeant(history, index);
  if (name === null) return question;
  return question.replace(PERSON_PRONOUN, (pronoun, offset: number) => {
    // "What did he think of her songs?" means two people, of whom one was found.
    if (isHers(pronoun) !== isHers(first) || foreign.slice(offset).search(/\S/) !== 0) return pronoun;
    const after = question.slice(offset + pronoun.length);
    const possessive =
      /^(?:his|hers)$/i.test(pronoun) ||
      (/^her$/i.test(pronoun) && /^\s+\p{L}/u.test(after) && !AFTER_OBJECT.test(after));
    return possessive ? `${name}'s` : name;
  });
}

function isHers(pronoun: string): boolean {
  return /^(?:she|hers?)$/i.test(pronoun);
}

/** With the name for "the minister", after somebody was named who is the only one. */
export function withRoles(question: string, history: readonly Turn[], index: SearchableIndex): string {
  return question.replace(/\bthe\s+(\p{Ll}+)\b(?!\s+(?:of|for|at|\p{Lu}))/gu, (role, noun: string) => {
    if (!isRoleNoun(noun)) return role;
    const holders = history
      .slice(-2)
      .flatMap(({ content }) => peopleMentions(content, index).map(({ person }) => person))
      .filter((person) => person.role.toLowerCase().split(/\W+/).includes(noun));
    const names = [...new Set(holders.map(({ name }) => name))];
    return names.length === 1 ? (names[0] ?? role) : role;
  });
}

/** With the noun phrase for "it" or "they"; null where it is not certain what is meant. */
export function withThing(question: string, history: readonly Turn[], index: SearchableIndex): string | null {
  const previous = history.findLast((turn) => turn.role === "user")?.content ?? "";
  const answered = history.at(-1)?.role === "assistant";
  if (goesOn(previous) || (answered && ASKS_FOR_A_NAME.test(previous))) return null;
  const match = THING_PRONOUN.exec(withoutOwnPronouns(question));
  if (match === null) return null;
  const pronoun = match[0].toLowerCase();
  const after = question.slice(match.index + pronoun.length);
  if (THING_PRONOUN.test(after)) return null;
  // "That agreement" may mean any part of the question before it.
  if (/^th(?:at|is|ose|ese)$/.test(pronoun) && /^\s+\p{L}/u.test(after)) return null;
  const thing = thingMeant(previous, !/^(?:its?|that|this)$/.test(pronoun), index);
  if (thing === null) return null;
  // "The Hague" keeps its capital, but for the first word of a sentence nobody knows.
  const article = thing.start === 0 ? /^(?:the|an?|this|that|these|those)\s+/i : /^(?:an?|this|that|these|those)\s+/i;
  const text = thing.text.replace(article, "the ");
  const possessive = /^(?:its|theirs?)$/.test(pronoun) ? (text.endsWith("s") ? "'" : "'s") : "";
  return question.slice(0, match.index) + text + possessive + after;
}

/** Whether some document holds the rarest word of the question together with one of the two rarest of the other. */
export function meets(question: string, previous: string, index: SearchableIndex): boolean {
  const [rarest] = rarestTerms(question, index);
  const subject = rarestTerms(previous, index).slice(0, 2);
  if (rarest === undefined || subject.length === 0) return true;
  const documents = new Set(subject.flatMap((term) => documentsWith(index, term)));
  return documentsWith(index, rarest).some((document) => documents.has(document));
}

/** The words of substance that some passage holds, the rarest first. */
function rarestTerms(text: string, { lexical }: SearchableIndex): string[] {
  return contentTokens(text)
    .map(({ term }) => term)
    .filter((term) => passageFrequency(lexical, term) > 0)
    .sort((a, b) => passageFrequency(lexical, a) - passageFrequency(lexical, b));
}
