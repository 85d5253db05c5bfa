import { splitSentences } from "../../documents/sentences.ts";
import { irregularForms } from "../../retrieval/irregular-forms.ts";
import { isFunctionWord } from "../../retrieval/stopwords.ts";
import { tokenize } from "../../retrieval/tokenize.ts";

/** A word of a text, with what the rules ask about it. */
export interface Word {
  readonly text: string;
  /** In lower case, straight apostrophes, without a possessive ending. */
  readonly plain: string;
  /** Its stem; of an irregular form the stem of its base: "find" for "found". */
  readonly stem: string;
  /** UTF-16 offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
  /** What stands between the word before and this one. */
  readonly gap: string;
  readonly opensSentence: boolean;
  /** 0 for the first sentence. */
  readonly sentence: number;
  readonly isCapital: boolean;
  /** Whether it only helps the sentence along. */
  readonly isFunction: boolean;
}

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const sentences = splitSentences(text);
  let sentence = 0;
  for (const { term, start, end } of tokenize(text)) {
    while ((sentences[sentence + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) sentence++;
    const last = words.at(-1);
    const own = text.slice(start, end);
    const plain = own.toLowerCase().replaceAll("’", "'").replace(/'s?$/, "");
    words.push({
      text: own,
      plain,
      stem: stemOf(plain, term),
      start,
      end,
      gap: text.slice(last?.end ?? 0, start),
      opensSentence: last === undefined || last.sentence !== sentence,
      sentence,
      isCapital: /^\p{Lu}/u.test(own),
      isFunction: isFunctionWord(own, text),
    });
  }
  return words;
}

function stemOf(plain: string, term: string): string {
  return irregularForms(plain).base ?? IRREGULAR.get(plain) ?? term;
}

/** Forms that are words of their own when they are asked for, and forms here. */
const IRREGULAR = new Map([
  // The stemmer takes a "d" off, too.
  ["added", "add"],
  ["adding", "add"],
  ["found", "find"],
  ["felt", "feel"],
  ["fell", "fall"],
  ["left", "leav"],
  ["rose", "rise"],
  ["saw", "see"],
  ["spoke", "speak"],
  ["broke", "break"],
  ["froze", "freez"],
  ["held", "hold"],
  ["stole", "steal"],
  ["shot", "shoot"],
  ["lent", "lend"],
]);
