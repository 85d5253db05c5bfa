import { createRequire } from "node:module";

// The stemmer is CommonJS with a constructor per call; one is shared.
const snowball = createRequire(import.meta.url)("snowball-stemmers") as typeof import("snowball-stemmers");
const english = snowball.newStemmer("english");
/** What is known of a word as it was written: most words of a text have been seen before. */
interface KnownWord {
  readonly term: string;
  readonly lower: string;
}
const known = new Map<string, KnownWord>();
const KNOWN_WORDS = 100_000;
const SHORT = 12;
/** Longer ones are hardly words. */
const LONGEST = 40;

/** Names the rules below; an index made by others has to be rebuilt. */
export const TOKENIZER = "unicode-words+snowball-english+cjk-bigrams/2";

/** One word of a text: its index term, how it is written in lower case, and where it stands. */
export interface Token {
  readonly term: string;
  readonly word: string;
  /** UTF-16 offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
}

const CJK = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー";
const WORD = new RegExp(
  [
    `[${CJK}]+`,
    // "U.S." and "R.O.K." are one word; so are "1,000", "3.5" and "don't".
    `(?:\\p{L}\\.){2,}`,
    `\\p{N}+(?:[.,]\\p{N}+)+(?![\\p{L}\\p{N}])`,
    `(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${CJK}])[\\p{L}\\p{M}])+)?`,
  ].join("|"),
  "gu",
);
/** WORD, of a text that is all ASCII. */
const ASCII_WORD = /(?:[a-z]\.){2,}|[0-9]+(?:[.,][0-9]+)+(?![a-z0-9])|[a-z0-9]+(?:'[a-z]+)?/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what is meant
const ASCII = /^[\x00-\x7f]*$/;
const IS_CJK = new RegExp(`^[${CJK}]`, "u");
const PLURAL_ABBREVIATION = /^(?!mrs$)[bcdfghjklmnpqrtvwxz]{2,}s$/;
const COMBINING = /[\u0300-\u036f]+/g;

/** A single word as it is indexed: case, accents, the possessive and the English ending taken off. */
const termOf = (word: string): string => knownOf(word).term;

function knownOf(word: string): KnownWord {
  const before = known.get(word);
  if (before !== undefined) return before;
  // A long word that was cut out of a text keeps all of the text in memory.
  const own = word.length > SHORT ? copied(word) : word;
  const lower = own.toLowerCase();
  // One string where both are the same, so that it is hashed once.
  const made = { term: makeTerm(own), lower: lower === own ? own : lower };
  if (own.length > LONGEST) return made;
  if (known.size >= KNOWN_WORDS) known.clear();
  known.set(own, made);
  return made;
}

const copied = (word: string) => Buffer.from(word, "utf16le").toString("utf16le");

function makeTerm(word: string): string {
  let folded = word.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
  if (!/^[\x00-\x7f]*$/.test(folded)) {
    folded = folded.normalize("NFKD").replace(COMBINING, "").replace(/’/g, "'").normalize("NFKC");
  }
  folded = folded.replace(/[.,]/g, "").replace(/'s?$/, "");
  // "dvds" is the plural of "dvd", which the stemmer, looking for vowels, does not see.
  if (PLURAL_ABBREVIATION.test(folded)) return folded.slice(0, -1);
  return /^\p{Script=Latin}/u.test(folded) ? english.stem(folded) : folded;
}

/**
 * The index terms of a text, in order: Unicode words with English stems; every two neighbouring characters of
 * Chinese, Japanese and Korean, which are written without blanks or with endings on each word.
 */
export function tokenize(text: string): Token[] {
  return ASCII.test(text) ? asciiTokens(text) : unicodeTokens(text);
}

/** The same rules, quicker where no character needs more. Every letter and digit is of a word, so that each stands at the next place that has it. */
function asciiTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const word of text.match(ASCII_WORD) ?? []) {
    const start = text.indexOf(word, end);
    end = start + word.length;
    const { term, lower } = knownOf(word);
    if (term !== "") tokens.push({ term, word: lower, start, end });
  }
  return tokens;
}

function unicodeTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const start = match.index;
    if (!IS_CJK.test(word)) {
      const { term, lower } = knownOf(word);
      if (term !== "") tokens.push({ term, word: lower, start, end: start + word.length });
      continue;
    }
    const characters = [...word];
    let at = start;
    for (const [i, character] of characters.entries()) {
      const next = characters[i + 1];
      const term = next === undefined ? character : character + next;
      if (next !== undefined || characters.length === 1)
        tokens.push({ term, word: term, start: at, end: at + term.length });
      at += character.length;
    }
  }
  return tokens;
}

/** The terms alone. */
export function terms(text: string): string[] {
  if (!ASCII.test(text)) return tokenize(text).map((token) => token.term);
  // No offsets: an index is made of millions of words.
  const found = text.match(ASCII_WORD) ?? [];
  return found.map(termOf).filter((term) => term !== "");
}

/** The terms of texts as numbers, from 0 in the order in which they are first met. */
export interface TermNumbers {
  /** Those of a text, in order. */
  of(text: string): number[];
  /** The terms that have come since this was last asked. */
  fresh(): string[];
}

export function termNumbers(): TermNumbers {
  const byTerm = new Map<string, number>();
  /** One look-up for a word that was seen before. */
  const byWord = new Map<string, number>();
  let fresh: string[] = [];

  function numberOf(term: string): number {
    let number = byTerm.get(term);
    if (number === undefined) {
      number = byTerm.size;
      byTerm.set(term, number);
      fresh.push(term);
    }
    return number;
  }

  function ofWord(word: string): number {
    const known = byWord.get(word);
    if (known !== undefined) return known;
    const term = termOf(word);
    const number = term === "" ? NO_TERM : numberOf(term);
    if (word.length > LONGEST) return number;
    if (byWord.size >= KNOWN_WORDS) byWord.clear();
    byWord.set(word.length > SHORT ? copied(word) : word, number);
    return number;
  }

  return {
    of(text) {
      if (!ASCII.test(text)) return tokenize(text).map(({ term }) => numberOf(term));
      const numbers: number[] = [];
      for (const word of text.match(ASCII_WORD) ?? []) {
        const number = ofWord(word);
        if (number !== NO_TERM) numbers.push(number);
      }
      return numbers;
    },
    fresh() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

const NO_TERM = -1;
