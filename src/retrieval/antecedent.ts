import { isRoleNoun } from "../documents/roles.ts";
import type { Turn } from "../types.ts";
import { fullName } from "./full-name.ts";
import { type NounPhrase, nounPhrases } from "./noun-phrases.ts";
import { peopleMentions } from "./people.ts";
import { isActor } from "./replace-in.ts";
import type { SearchableIndex } from "./searchable.ts";

/** How many turns back a pronoun can reach. */
const REACH = 6;
const WHO = /^\s*(?:\p{L}+\s+){0,2}(?:who|whom|whose)\b/iu;

/**
 * Whom "he" or "she" means: the person named last, the user's own words first, but the answer's where the user asked
 * who. One whom the documents introduce; else a full name, or "the governor". null where nobody is certain.
 */
export function personMeant(history: readonly Turn[], index: SearchableIndex): string | null {
  const turns = inOrder(history);
  const reads = [(text: string) => introduced(text, index), fullName, role];
  // A person of the documents further back is less likely than a role in the last question.
  for (const span of [turns.slice(0, 2), turns.slice(2)]) {
    for (const read of reads) {
      for (const { content } of span) {
        const found = read(content);
        if (found !== undefined) return found;
      }
    }
  }
  return null;
}

/** Of the people whom the text names, the one of whom it says most of the name. */
function introduced(text: string, index: SearchableIndex): string | undefined {
  const words = ({ start, end }: { readonly start: number; readonly end: number }) =>
    text.slice(start, end).split(/\s+/).length;
  return peopleMentions(text, index).sort((a, b) => words(b) - words(a))[0]?.person.name;
}

/** The turns, most telling first. */
function inOrder(history: readonly Turn[]): Turn[] {
  const turns = history.slice(-REACH).reverse();
  const [answer, question, ...others] = turns;
  if (answer?.role !== "assistant" || question === undefined || WHO.test(question.content)) return turns;
  return [question, answer, ...others];
}

/** "the governor", where no other role is named. */
function role(text: string): string | undefined {
  const roles = nounPhrases(text).filter(
    (phrase) => /^the\s/i.test(phrase.text) && isRoleNoun(phrase.text.split(/\s+/).at(-1) ?? ""),
  );
  // Its place in the new question is seldom the first.
  return roles.length === 1 ? roles[0]?.text.replace(/^The\b/, "the") : undefined;
}

/** What stands after these is where something is, and a question about who somebody is has no thing. */
const PLACED = /\b(?:in|at|outside(?:\s+of)?|inside|near|from|during|with|for)\s+$/i;
const WHO_IS = /^\s*who\s+(?:is|are|was|were)\b/i;
const ASKS_FOR_THE_DONE = /^\s*what\s+(?:did|do|does|has|have|had|will|would)\s+$/i;
/** "How do I restore a backup?" speaks of the doing, not of the backup alone. */
const HOW_TO = /^\s*how\s+(?:(?:do|can|should|must|would)\s+(?:i|we|you|one)|to)\b/i;

/**
 * What "it" or "they" means in the last question: its only noun phrase of that number, or the one that the other
 * depends on ("the library of ..."). null where nothing is certain.
 */
export function thingMeant(previous: string, plural: boolean, index: SearchableIndex): NounPhrase | null {
  if (WHO_IS.test(previous) || HOW_TO.test(previous)) return null;
  const people = peopleMentions(previous, index);
  const phrases = nounPhrases(previous).filter(
    ({ start, end }) => !people.some((person) => person.start < end && person.end > start),
  );
  const [first, second, third] = phrases;
  // "What did the company propose?" asks for the thing that "it" may mean.
  if (first !== undefined && ASKS_FOR_THE_DONE.test(previous.slice(0, first.start)) && isActor(first.text)) return null;
  if (first === undefined || first.plural !== plural || first.text.split(/\s+/).length > 6 || third !== undefined)
    return null;
  if (second === undefined) return PLACED.test(previous.slice(0, first.start)) && !first.name ? null : first;
  return /^\s+(?:of|on|in|at)\s+$/i.test(previous.slice(first.end, second.start)) ? first : null;
}
