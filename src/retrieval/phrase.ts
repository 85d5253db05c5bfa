import { splitSentences } from "../documents/sentences.ts";
import { passagesWith } from "./bm25.ts";
import { irregularForms } from "./irregular-forms.ts";
import type { SearchableIndex } from "./searchable.ts";
import { type Token, terms, tokenize } from "./tokenize.ts";

/**
 * What to look for: words in the forms that the English stemmer joins ("mine", "mines", "mined") and in their irregular
 * ones ("run", "ran"), or the very characters.
 */
export interface Phrase {
  readonly text: string;
  /** Case, white space and the shape of quotes aside, to the character, and never inside a word. */
  readonly exact: boolean;
}

/** UTF-16 offsets, half open. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Where one passage mentions it: offsets into the passage's text, ascending, without overlap. */
export interface PassageMentions {
  readonly ordinal: number;
  readonly found: readonly Found[];
}

/**
 * Every mention of any of the phrases in the passages that `allows` lets through, in reading order: complete, not the
 * best few. The postings name the passages that hold all the words; those alone are read.
 */
export function findMentions(
  index: SearchableIndex,
  phrases: readonly Phrase[],
  allows?: (ordinal: number) => boolean,
): PassageMentions[] {
  const found = new Map<number, Found[]>();
  for (const phrase of phrases) {
    const mentions = finder(phrase);
    for (const ordinal of candidates(index, phrase)) {
      if (allows !== undefined && !allows(ordinal)) continue;
      const spans = mentions(index.passages[ordinal]?.text ?? "");
      if (spans.length > 0) found.set(ordinal, [...(found.get(ordinal) ?? []), ...spans]);
    }
  }
  return [...found.entries()]
    .sort(([a], [b]) => a - b)
    .map(([ordinal, spans]) => ({ ordinal, found: withoutOverlap(spans) }));
}

/** "Kerry" within "John Kerry" is the same mention. */
function withoutOverlap(spans: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}

/** Ordinals of the passages whose text or header holds every word of the phrase, ascending. */
function candidates(index: SearchableIndex, phrase: Phrase): Iterable<number> {
  const tokens = tokenize(phrase.text);
  // A single character of Chinese is indexed only with its neighbour; punctuation is not indexed at all.
  const whole = tokens.filter(
    ({ term, start, end }) => term.length > 1 || /[\p{Script=Latin}\p{N}]/u.test(phrase.text.slice(start, end)),
  );
  if (whole.length === 0) return index.passages.keys();
  const lists = whole
    .map(({ start, end }) => wantedWord(phrase.text.slice(start, end), phrase.exact))
    .map((word) => union([...word.terms].map((term) => passagesWith(index.lexical, term))))
    .sort((a, b) => a.length - b.length);
  const [rarest = new Uint32Array(), ...others] = lists;
  const positions = others.map(() => 0);
  return [...rarest].filter((ordinal) =>
    others.every((list, i) => {
      let at = positions[i] ?? 0;
      while (at < list.length && (list[at] ?? 0) < ordinal) at++;
      positions[i] = at;
      return list[at] === ordinal;
    }),
  );
}

/** The ordinals of all lists, ascending, each once. */
function union(lists: readonly Uint32Array[]): Uint32Array {
  const [only, ...others] = lists.filter(({ length }) => length > 0);
  if (only === undefined || others.length === 0) return only ?? new Uint32Array();
  return Uint32Array.from(new Set([only, ...others].flatMap((list) => [...list]))).sort();
}

/** A function from a text to the mentions in it, the headings of a document among others. */
export function finder({ text, exact }: Phrase): (text: string) => Found[] {
  return exact ? exactFinder(text) : stemFinder(text);
}

const LETTER = "[\\p{L}\\p{N}\\p{M}]";
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/['‘’‚‛′`´]/, "['‘’‚‛′`´]"],
  [/["“”„‟«»″]/, '["“”„‟«»″]'],
  [/[-‐‑‒–—]/, "[-‐‑‒–—]"],
];

function exactFinder(phrase: string): (text: string) => Found[] {
  const characters = [...phrase.trim().replace(/\s+/g, " ")];
  const source = characters.map((character) => {
    if (character === " ") return "\\s+";
    const shape = QUOTES.find(([pattern]) => pattern.test(character));
    return shape?.[1] ?? character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  });
  const bounded = (character: string | undefined) =>
    character !== undefined && new RegExp(LETTER, "u").test(character) && !UNSPACED.test(character);
  const before = bounded(characters[0]) ? `(?<!${LETTER})` : "";
  const after = bounded(characters.at(-1)) ? `(?!${LETTER})` : "";
  const pattern = new RegExp(`${before}${source.join("")}${after}`, "giu");
  return (text) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** What may not stand between two words of a phrase, unless the phrase itself has it. */
const BREAKS = /[,;:!?()[\]|…。、]/u;

interface WantedWord {
  /** Its own term, and those of its irregular forms. */
  readonly terms: ReadonlySet<string>;
  /** Every form of these terms is meant; of the others only `forms`, in lower case. */
  readonly whole: ReadonlySet<string>;
  readonly forms: ReadonlySet<string>;
  /** "US" is not "us". */
  readonly capitals: boolean;
}

function wantedWord(word: string, exact: boolean): WantedWord {
  const [term = word] = terms(word);
  // A name has no irregular forms: "Drew" is not drawn.
  const isPlain = !exact && /^\p{Ll}+$/u.test(word);
  const { base, forms } = isPlain ? irregularForms(word) : { base: null, forms: new Set<string>() };
  const whole = new Set(base === null ? [term] : [term, base]);
  return {
    terms: new Set([...whole, ...[...forms].flatMap((form) => terms(form))]),
    whole,
    forms,
    capitals: isAcronym(word),
  };
}

function stemFinder(phrase: string): (text: string) => Found[] {
  const wanted = tokenize(phrase).map(({ start, end }) => wantedWord(phrase.slice(start, end), false));
  const [first] = wanted;
  if (first === undefined) return () => [];
  const beginning = beginningOf([...first.terms]);
  const allowsBreaks = BREAKS.test(phrase);
  return (text) => {
    const found: Found[] = [];
    let reached = 0;
    for (const match of text.matchAll(beginning)) {
      if (match.index < reached) continue;
      // Only what follows a possible beginning is cut into words: no word goes across a blank.
      const from = text.slice(reached, match.index).search(/\S+$/);
      const start = from < 0 ? match.index : reached + from;
      reached = endOfWords(text, start, 1);
      const window = text.slice(start, endOfWords(text, start, 2 * wanted.length));
      const tokens = tokenize(window);
      for (const [at, token] of tokens.entries()) {
        if (start + token.start >= reached) break;
        if (!wanted.every((word, i) => matches(window, tokens, at + i, i === 0 || allowsBreaks, word))) continue;
        found.push({ start: start + token.start, end: start + (tokens[at + wanted.length - 1]?.end ?? token.end) });
      }
    }
    return withoutOverlap(found).filter((span) => inOneSentence(span, text));
  };
}

/** "Repair the port. Authority to sail ..." does not mention the port authority; "Gen. Marsh" is one name. */
function inOneSentence({ start, end }: Found, text: string): boolean {
  if (!/\.\s/.test(text.slice(start, end))) return true;
  return splitSentences(text).some((sentence) => sentence.start <= start && end <= sentence.end);
}

/** Where a word of this term can begin: stems keep the first letter, and the second but for "dying"; accents are folded. */
function beginningOf(wanted: readonly string[]): RegExp {
  const beginnings = wanted.map((term) => {
    const [first = "", second = ""] = [...term].map((character) => character.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"));
    return `${first}${second === "" || /[iy]/.test(second) ? "" : `[${second}.,]`}`;
  });
  const ascii = [...new Set(beginnings)].join("|");
  return new RegExp(`(?<![a-z0-9])(?:${ascii})|(?![\\x00-\\x7f])[\\p{L}\\p{M}\\p{N}]`, "giu");
}

/** The end of the `count`th run of characters that are not blank, from `start` on. */
function endOfWords(text: string, start: number, count: number): number {
  const blank = /\s+/g;
  blank.lastIndex = start;
  for (let left = count; left > 0; left--) {
    const match = blank.exec(text);
    if (match === null) return text.length;
    if (left === 1) return match.index;
  }
  return text.length;
}

function matches(text: string, tokens: readonly Token[], at: number, anyGap: boolean, wanted: WantedWord): boolean {
  const token = tokens[at];
  if (token === undefined || !wanted.terms.has(token.term)) return false;
  const written = text.slice(token.start, token.end);
  if (!wanted.whole.has(token.term) && !wanted.forms.has(formOf(written))) return false;
  if (wanted.capitals && !/\p{Lu}/u.test(written)) return false;
  return anyGap || !BREAKS.test(text.slice(tokens[at - 1]?.end ?? token.start, token.start));
}

/** "Children's" as "children". */
export function formOf(written: string): string {
  return written
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/['’]s?$/, "");
}

function isAcronym(word: string): boolean {
  return /^(?:\p{Lu}\.?){2,}(?:['’]s|s)?$/u.test(word);
}
