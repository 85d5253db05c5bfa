import { contentTokens } from "../retrieval/stopwords.ts";

const PREPOSITION =
  /^(?:about|above|across|after|against|among|around|at|before|behind|below|beside|between|by|concerning|during|for|from|in|into|near|of|off|on|onto|over|per|regarding|since|than|through|to|toward|towards|under|until|upon|versus|via|with|within|without)$/;
const DETERMINER =
  /^(?:the|an?|this|that|these|those|each|every|any|all|some|no|its|his|her|their|our|my|your|and|or)$/;
const PRONOUN = /^(?:he|she|it|they|him|her|them)$/;

/** A word of substance and the part that it has: behind which preposition it stands, "" where behind none. */
interface Part {
  readonly term: string;
  readonly word: string;
  readonly behind: string;
  readonly isName: boolean;
}

/**
 * A word that has another part in a question than where the conversation has it: behind another preposition, or on the
 * other side of the words that both have behind none, as "what did A award B" turned into "what did B award A". Null
 * where none has. Texts come in the order in which they decide: the first that have the word are those it is held
 * against. What was asked may put a name in the place of a pronoun, or a new word in the place of one it leaves out.
 */
export function wordWithOtherPart(
  question: string,
  asked: string,
  texts: readonly (readonly string[])[],
): string | null {
  const own = partsOf(question);
  const askedParts = partsOf(asked);
  const isAsked = (term: string) => askedParts.some((part) => part.term === term);
  const places = placesOfPronouns(asked);
  const known = texts.map((some) => some.map(partsOf));
  const has = (parts: readonly Part[], term: string) => parts.some((part) => part.term === term);
  const strange = own.find((part) => {
    if (isAsked(part.term) && !part.isName) return false;
    if (places.some((place) => isPlaceOf(place, part, own))) return false;
    const those = known
      .slice(0, isAsked(part.term) ? 1 : known.length)
      .map((some) => some.filter((parts) => has(parts, part.term)))
      .find((some) => some.length > 0);
    if (those !== undefined) return !those.some((parts) => isSamePart(part, own, parts));
    const isOfAsked = askedParts.some(({ term, behind }) => term === part.term && behind === part.behind);
    return !isOfAsked && !(known[0] ?? []).some((parts) => isInPlace(part, own, parts));
  });
  return strange?.word ?? null;
}

/** Whether a word stands behind the same preposition, and on the same side of those that stand behind none. */
function isSamePart({ term, behind }: Part, own: readonly Part[], theirs: readonly Part[]): boolean {
  if (!theirs.some((part) => part.term === term && part.behind === behind)) return false;
  if (behind !== "") return true;
  const [mine, bare] = [bareTerms(own), bareTerms(theirs)];
  const [at, there] = [mine.indexOf(term), bare.indexOf(term)];
  return mine.every((other, i) => {
    const place = bare.indexOf(other);
    return place < 0 || Math.sign(i - at) === Math.sign(place - there);
  });
}

/** "What about Lind?": a new name has the part of a word that was there before and is no more. */
function isInPlace({ term, behind }: Part, own: readonly Part[], theirs: readonly Part[]): boolean {
  const gone = theirs.filter((part) => part.behind === behind && !own.some((other) => other.term === part.term));
  return gone.some((part) => {
    const renamed = own.map((other) => (other.term === term ? { ...other, term: part.term } : other));
    return isSamePart(part, renamed, theirs);
  });
}

const bareTerms = (parts: readonly Part[]) => parts.flatMap(({ term, behind }) => (behind === "" ? [term] : []));

interface Place {
  readonly behind: string;
  /** Words behind no preposition that stand before and behind it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Where what was asked has a pronoun, in the terms of its parts. */
function placesOfPronouns(asked: string): Place[] {
  const words = wordsOf(asked);
  return words.flatMap(({ plain, start, end }, at) => {
    if (!PRONOUN.test(plain)) return [];
    const [before, after] = [asked.slice(0, start), asked.slice(end)].map((text) => bareTerms(partsOf(text)));
    return [{ behind: prepositionBefore(words, at), before: before ?? [], after: after ?? [] }];
  });
}

/** Without a word on either side of it a pronoun has no place to compare. */
function isPlaceOf({ behind, before, after }: Place, part: Part, own: readonly Part[]): boolean {
  if (behind !== part.behind) return false;
  if (behind !== "") return true;
  const bare = bareTerms(own);
  const at = bare.indexOf(part.term);
  const others = [...before, ...after].filter((term) => bare.includes(term));
  return (
    others.length > 0 &&
    others.every((term) => (before.includes(term) ? bare.indexOf(term) < at : bare.indexOf(term) > at))
  );
}

interface Word {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    plain: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

function partsOf(text: string): Part[] {
  const words = wordsOf(text);
  return contentTokens(text).flatMap(({ term, start, end }) => {
    const at = words.findIndex((word) => word.start <= start && start < word.end);
    const word = text.slice(start, end);
    const isPossessive = /^['’]s\b/.test(text.slice(end));
    const behind = isPossessive ? "of" : prepositionBefore(words, at, new Set(contentStarts(text)));
    return [{ term, word, behind, isName: start > 0 && /^\p{Lu}/u.test(word) }];
  });
}

const contentStarts = (text: string) => contentTokens(text).map(({ start }) => start);

/** The preposition that leads to a word, over articles and the words of its own phrase. */
function prepositionBefore(words: readonly Word[], at: number, content: ReadonlySet<number> = new Set()): string {
  for (let i = at - 1, isOpen = true; i >= 0; i--) {
    const { plain, start } = words[i] ?? { plain: "", start: 0 };
    if (PREPOSITION.test(plain)) return plain;
    // "For the looms the arbitrator": behind an article nothing of the same phrase stands.
    if (DETERMINER.test(plain) && isOpen) isOpen = /^(?:and|or)$/.test(plain);
    else if (!isOpen || !content.has(start)) return "";
  }
  return "";
}
