import { isRoleNoun } from "../documents/roles.ts";
import { nounPhrases } from "./noun-phrases.ts";

/** Where another clause begins, whose pronoun may mean what the first one names. */
const CLAUSE =
  /\b(?:that|when|where|why|how|whether|because|although|though|if|unless|until|before|after|since|as|while|which|who|whom|whose|once|says?|said|claim(?:s|ed)?)\s+$/i;
/** "Is the kiln gas-fired, and how is it cleaned?" */
const SECOND_QUESTION =
  /(?:,|\band|\bbut|\bor)\s+(?:who|what|when|where|why|how(?:\s+(?:\p{Ll}+))?)\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\s+$/iu;
const THING = /\b(?:its?|they|them|their|theirs)\b/gi;
const PERSON = /\b(?:he|him|his|she|her|hers)\b/gi;

/**
 * The question with blanks in place of the pronouns that mean what it names itself: "Why was the kiln closed before it
 * was sold?", "What did the treasurer claim in his report?". Offsets stay.
 */
export function withoutOwnPronouns(question: string): string {
  const phrases = nounPhrases(question);
  const isPerson = (text: string) => isRoleNoun(text.split(/\s+/).at(-1)?.toLowerCase() ?? "");
  const blank = (word: string) => " ".repeat(word.length);
  const namesBefore = (at: number, fits: (phrase: (typeof phrases)[number]) => boolean) =>
    phrases.some((phrase) => phrase.end <= at && fits(phrase));
  return question
    .replace(THING, (word, at: number) => {
      // "IT" in capitals is a name, and "it" right after its verb some other thing.
      if (word === "IT" || !leadsOn(question.slice(0, at))) return word;
      const plural = /^the/i.test(word);
      return namesBefore(at, (phrase) => phrase.plural === plural && !isPerson(phrase.text)) ? blank(word) : word;
    })
    .replace(PERSON, (word, at: number) => {
      const after = question.slice(at + word.length);
      const isOwner = /^(?:his|her)$/i.test(word) && /^\s+\p{L}/u.test(after);
      if (!isOwner && !leadsOn(question.slice(0, at))) return word;
      return namesBefore(at, ({ text }) => isPerson(text)) ? blank(word) : word;
    });
}

function leadsOn(before: string): boolean {
  return CLAUSE.test(before) || SECOND_QUESTION.test(before);
}
