import { peopleTest } from "../retrieval/people.ts";
import type { Reading } from "../retrieval/reading.ts";
import { terms } from "../retrieval/tokenize.ts";
import type { Candidate } from "./rank-sentences.ts";

/** "did …", "has …": what follows is whose words or deeds are asked for. */
const AUXILIARY = /\b(?:did|does|do|has|have|had|will|would)\s+/i;
/** So many characters behind the auxiliary its subject is named. */
const SUBJECT = 60;
/** Who speaks here stands elsewhere: in the sentence before, or at the end of the letter. */
const STANDS_FOR_A_PERSON =
  /^(?:["“'‘]?\s*)(?:he|she|they|his|her|their|both|all|each|the (?:two|three|four|parties|sides|participants))\b|\b(?:I|we|my|our|me|us)\b/i;
/** A sentence of the person comes before one of nobody that is better by no more than this. */
const NEAR = 0.5;

/**
 * Of sentences best first those that can be of whom the question is about, where it asks what somebody said or did and
 * there are such: a sentence on Ferry Lane is nothing that somebody said about the ferry.
 */
export function ofThePeople(reading: Reading, ranked: readonly Candidate[]): readonly Candidate[] {
  if (!asksOfThem(reading)) return ranked;
  const { speaksOf } = peopleTest(reading.people);
  const theirs = ranked.filter(
    ({ terms: own, text, source }) => STANDS_FOR_A_PERSON.test(text) || speaksOf(own, source.document),
  );
  const [best] = ranked;
  const [first] = theirs;
  return best !== undefined && first !== undefined && first.score >= NEAR * best.score ? theirs : ranked;
}

function asksOfThem({ question, people }: Reading): boolean {
  const auxiliary = AUXILIARY.exec(question);
  if (people.length === 0 || auxiliary === null) return false;
  const start = auxiliary.index + auxiliary[0].length;
  const subject = new Set(terms(question.slice(start, start + SUBJECT)));
  return people.some(({ name, role }) => terms(`${name} ${role}`).some((term) => subject.has(term)));
}
