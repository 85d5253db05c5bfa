import { isRoleNoun } from "../documents/roles.ts";
import { type NounPhrase, nounPhrases } from "./noun-phrases.ts";
import { peopleMentions } from "./people.ts";
import { readPeriod } from "./period.ts";
import type { SearchableIndex } from "./searchable.ts";
import { isFunctionWord } from "./stopwords.ts";
import { terms } from "./tokenize.ts";

/** Those who act in a question, so that they stand where its subject stands: "and the Korean side?". */
const PARTY = /^(?:side|delegation|team|government|party|company|authorities|representatives?)$/i;

/**
 * The question before, asked of something else: "Who led it in 2004?" with "2005", "Reilly" or "the second bridge".
 * null where it is not certain what the words stand for.
 */
export function replaceIn(previous: string, words: string, index: SearchableIndex): string | null {
  const period = readPeriod(words);
  if (period !== null && isPeriodAlone(words, period.text)) return withPeriod(previous, words, period.text);
  const [person] = peopleMentions(words, index);
  const [before] = peopleMentions(previous, index);
  if (person !== undefined && before !== undefined) return swap(previous, before, words);
  const ordinal = withOrdinal(previous, words);
  if (ordinal !== null || !isNounPhrase(words)) return ordinal;
  const phrases = nounPhrases(previous);
  const target =
    phrases.find((phrase) => sameHead(phrase, words)) ??
    (isActor(words) ? actor(phrases, previous, before) : undefined) ??
    (isName(words) ? onlyName(phrases) : undefined);
  return target === undefined ? null : swap(previous, target, withArticle(words, target));
}

const ORDINAL = /\b(?:first|second|third|fourth|fifth|last|former|latter|older|younger|larger|smaller)\b/gi;

/** "In the second?" after "How many came to the first meeting?" */
function withOrdinal(previous: string, words: string): string | null {
  const asked = /^(?:(?:in|of|at|on|for|to|by)\s+)?the\s+(\p{L}+)(?:\s+one)?$/iu.exec(words)?.[1];
  if (asked === undefined || asked.search(ORDINAL) !== 0) return null;
  return previous.match(ORDINAL)?.length === 1 ? previous.replace(ORDINAL, asked) : null;
}

/** Nothing but a noun with what belongs to it: "the Friary Bridge", not "any reason to end". */
function isNounPhrase(words: string): boolean {
  const plain = words.replace(/^(?:the|a|an)\s+/i, "").replace(/\s+(?:of|in|at|on)\s+(?:(?:the|a|an)\s+)?/gi, " ");
  return plain.split(/\s+/).every((word) => !isFunctionWord(word)) && plain.split(/\s+/).length <= 5;
}

function isPeriodAlone(words: string, period: string): boolean {
  return /^(?:in|on|during|for|of|the|year|\s)*$/i.test(words.replace(period, ""));
}

function withPeriod(previous: string, words: string, text: string): string {
  const old = readPeriod(previous);
  if (old !== null && previous.includes(old.text)) return previous.replace(old.text, text);
  const mark = /[?.!\s]*$/.exec(previous)?.[0].trim() ?? "";
  const preposition = /^(?:in|on|during|before|after|since|until|from|between|by)\b/i.test(words) ? "" : "in ";
  return `${previous.replace(/[?.!\s]+$/, "")} ${preposition}${words}${mark === "" ? "?" : mark}`;
}

function swap(text: string, { start, end }: { readonly start: number; readonly end: number }, words: string): string {
  return text.slice(0, start) + words + text.slice(end);
}

/** "the Friary Bridge" for "the Weir Bridge", "Corvus 3" for "Corvus 2", "the second trial" for "the first trial". */
function sameHead(phrase: NounPhrase, words: string): boolean {
  const [old, asked] = [headOf(phrase.text), headOf(words)];
  if (old === asked) return true;
  const numbered = /\s\p{N}+$/u;
  return (
    numbered.test(words) &&
    numbered.test(phrase.text) &&
    terms(words)[0] === terms(phrase.text.replace(/^the\s/i, ""))[0]
  );
}

function headOf(text: string): string | undefined {
  return terms(text.split(/\s+(?:of|in|on|at)\s+/)[0] ?? text).at(-1);
}

function isActor(words: string): boolean {
  const head = words.split(/\s+/).at(-1) ?? "";
  return PARTY.test(head) || isRoleNoun(head);
}

/** The person or the role that the question before speaks of. */
function actor(
  phrases: readonly NounPhrase[],
  previous: string,
  person: { readonly start: number; readonly end: number } | undefined,
): { readonly start: number; readonly end: number } | undefined {
  const role = phrases.find(({ text }) => isActor(text));
  return role ?? person ?? (/^\s*\p{L}+\s+did\s/iu.test(previous) ? phrases[0] : undefined);
}

function isName(words: string): boolean {
  return /^(?:the\s+)?\p{Lu}/u.test(words);
}

function onlyName(phrases: readonly NounPhrase[]): NounPhrase | undefined {
  const names = phrases.filter(({ name }) => name);
  return names.length === 1 ? names[0] : undefined;
}

/** "Friary Bridge" takes the article of "the Weir Bridge". */
function withArticle(
  words: string,
  target: { readonly start: number; readonly end: number; readonly text?: string },
): string {
  if (target.text === undefined || /^(?:the|a|an)\s/i.test(words) || !/^the\s/i.test(target.text)) return words;
  return headOf(words) === headOf(target.text) ? `the ${words}` : words;
}
