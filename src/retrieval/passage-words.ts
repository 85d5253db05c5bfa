import { splitSentences } from "../documents/sentences.ts";
import type { Passage } from "../types.ts";
import { tokenize } from "./tokenize.ts";

/** The words of a passage in order, side by side: term, lower-case spelling and the number of their sentence. */
export interface PassageWords {
  readonly terms: readonly string[];
  readonly words: readonly string[];
  readonly sentences: Uint16Array;
}

/** Passages that are remembered: those that questions on one subject come back to, at about 3 KB each. */
const REMEMBERED = 500;
const known = new Map<Passage, PassageWords>();

/** Taken apart once: the same passages answer again and again. */
export function passageWords(passage: Passage): PassageWords {
  const before = known.get(passage);
  if (before !== undefined) return before;
  // Read once: a text may come from a file.
  const { text } = passage;
  const tokens = tokenize(text);
  const sentences = new Uint16Array(tokens.length);
  const spans = splitSentences(text);
  let sentence = 0;
  for (const [i, { start }] of tokens.entries()) {
    while (start >= (spans[sentence]?.end ?? Number.POSITIVE_INFINITY)) sentence++;
    sentences[i] = Math.min(sentence, 0xffff);
  }
  const made: PassageWords = {
    terms: tokens.map(({ term }) => term),
    words: tokens.map(({ word }) => word),
    sentences,
  };
  if (known.size >= REMEMBERED) known.clear();
  known.set(passage, made);
  return made;
}
