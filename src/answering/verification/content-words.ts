import type { Embedder } from "../../embedding/embedder.ts";
import { dot, toUnit } from "../../embedding/vectors.ts";
import type { Word } from "./words.ts";

/** The cosine from which on two words are taken to speak of the same; docs/verification.md has the curve. */
export const NEAR_WORD = 0.35;
/** Words of this weight and less say little by themselves: an everyday word weighs about 1. */
const LIGHT = 0.6;

/** The words that say something for which the evidence has neither the stem nor a word near it. */
export async function missingWords(
  words: readonly Word[],
  said: readonly Word[],
  around: readonly Word[],
  embedder: Embedder,
): Promise<Word[]> {
  const stems = new Set([...said, ...around].map(({ stem }) => stem));
  const absent = words.filter((word) => !stems.has(word.stem));
  if (absent.length === 0) return [];
  const own = await embedder.words?.(absent.map(({ plain }) => plain));
  const theirs = await embedder.words?.(said.filter(({ isFunction }) => !isFunction).map(({ plain }) => plain));
  if (own === undefined || theirs === undefined) return absent;
  const near = theirs.map(toUnit);
  return absent.filter((_, i) => {
    const vector = own[i];
    if (vector === undefined || Math.sqrt(dot(vector, vector)) <= LIGHT) return false;
    const unit = toUnit(vector);
    return !near.some((other) => dot(unit, other) >= NEAR_WORD);
  });
}
