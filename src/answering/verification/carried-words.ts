import type { Embedder } from "../../embedding/embedder.ts";
import { contentTokens } from "../../retrieval/stopwords.ts";
import { isLight } from "./content-words.ts";
import { mayMean } from "./word-meanings.ts";
import { cosineOf, NEAR_WORD, wordVectors } from "./word-vectors.ts";

/** How much of a statement's weight may be words that its quotes neither have nor come near; docs/verification.md has the figures. */
const MOST_ELSEWHERE = 0.5;
/** What they weigh together before they can be more than a rewording of a short statement. */
const LEAST_WEIGHT = 2;
const NEGATES = /^(?:not|never|no|without|nobody|nothing|none|refus\w*|declin\w*|fail\w*|unable)$/;

/**
 * The words of substance of a statement, names and numbers aside, that the quotes neither have nor come near; none where
 * they are the lesser part of it by the weight of their vectors, and where the model has no vectors of words.
 */
export async function wordsNotCarried(text: string, quoted: string, embedder: Embedder): Promise<string[]> {
  const theirs = contentTokens(quoted).map(({ term, start, end }) => ({
    term,
    plain: quoted.slice(start, end).toLowerCase(),
  }));
  const own = contentTokens(text)
    .map(({ term, start, end }) => ({ term, plain: text.slice(start, end) }))
    .filter(({ plain }) => /^\p{Ll}/u.test(plain) && !isLight(plain) && !NEGATES.test(plain));
  const vectors = await wordVectors(
    [...own, ...theirs].map(({ plain }) => plain),
    embedder,
  );
  if (vectors === null) return [];
  const stems = new Set(theirs.map(({ term }) => term));
  const weight = (words: typeof own) => words.reduce((sum, { plain }) => sum + (vectors.get(plain)?.weight ?? 0), 0);
  const missing = own.filter(
    (word) =>
      !stems.has(word.term) &&
      !theirs.some((other) => cosineOf(word, other, vectors) >= NEAR_WORD || mayMean(word.plain, other.plain)),
  );
  const isMost = weight(missing) > Math.max(LEAST_WEIGHT, MOST_ELSEWHERE * weight(own));
  return isMost ? missing.map(({ plain }) => plain) : [];
}
