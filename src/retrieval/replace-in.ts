import { isRoleNoun } from "../documents/roles.ts";
import { fullName } from "./full-name.ts";
import { type MentionQuestion, readMentionQuestion } from "./mention-question.ts";
import { type NounPhrase, nounPhrases } from "./noun-phrases.ts";
import { peopleMentions } from "./people.ts";
import { readPeriod, readPeriods } from "./period.ts";
import { documentsWith, type SearchableIndex } from "./searchable.ts";
import { onlyOneOf } from "./side-by-side.ts";
import { contentTokens, isFunctionWord } from "./stopwords.ts";
import { terms } from "./tokenize.ts";

/** Those who act in a question, so that they stand where its subject stands: "and the Korean side?". */
const PARTY = /^(?:side|delegation|team|government|party|company|authorities|representatives?)$/i;

/**
 * The question before, asked of something else: "Who led it in 2004?" with "2005", "Reilly" or "the second bridge".
 * null where it is not certain what the words stand for.
 */
export function replaceIn(previous: string, asked: string, index: SearchableIndex): string | null {
  const words = inside(asked.replace(/^(?:only|just)\s+/i, ""));
  const period = readPeriod(words);
  if (period !== null && isPeriodAlone(words, period.text)) return withPeriod(previous, words, period.text);
  const mentions = readMentionQuestion(previous, index);
  if (mentions !== null) return withPhrase(previous, mentions, words);
  const [person] = peopleMentions(words, index);
  const [before] = peopleMentions(previous, index);
  if (person !== undefined && before !== undefined) return swap(previous, before, words);
  const ordinal = withOrdinal(previous, words);
  if (ordinal !== null || !isNounPhrase(words)) return ordinal;
  const phrases = nounPhrases(previous);
  const target =
    phrases.find((phrase) => sameHead(phrase, words)) ??
    (isActor(words) ? actor(phrases, previous, before) : undefined) ??
    (isName(words) ? nameOfItsKind(phrases, words, before) : onlyThing(phrases, previous, words, index));
  return target === undefined ? null : swap(previous, target, withArticle(words, target));
}

/** "The mayor" as it stands inside a sentence. */
function inside(words: string): string {
  return words.replace(
    /^(?:The|An?|In|On|At|During|Before|After|Since|Until|From|Between|By|For|Of|To)(?=\s)/,
    (first) => first.toLowerCase(),
  );
}

/** "Every mention of foxes" for "every mention of bees". */
function withPhrase(previous: string, { phrases }: MentionQuestion, words: string): string | null {
  const [phrase, other] = phrases;
  if (phrase === undefined || other !== undefined || words === "") return null;
  const start = previous.lastIndexOf(phrase.text);
  if (start < 0) return null;
  const end = start + phrase.text.length;
  const bare = words.replace(/^(?:of|for|to|about)\s+/i, "");
  if (phrase.exact) return swap(previous, { start, end }, bare.replace(/^["“”„«»'‘]|["“”„«»'’]$/g, ""));
  const article = /\b(?:the|an?)\s+$/i.exec(previous.slice(0, start))?.[0] ?? "";
  return swap(previous, { start: start - article.length, end }, bare);
}

const ORDINAL = /\b(?:first|second|third|fourth|fifth|last|former|latter|older|younger|larger|smaller)\b/gi;

/** "In the second?" after "How many came to the first meeting?", "the other side?" after one about a side. */
function withOrdinal(previous: string, words: string): string | null {
  const other = /^(?:(?:in|of|at|on|for|to|by)\s+)?(the\s+other\s+\p{L}+)$/iu.exec(words)?.[1];
  if (other !== undefined) {
    const same = nounPhrases(previous).filter((phrase) => headOf(phrase.text) === headOf(other));
    return same.length === 1 && same[0] !== undefined ? swap(previous, same[0], other) : null;
  }
  const asked = /^(?:(?:in|of|at|on|for|to|by)\s+)?the\s+(\p{L}+)(?:\s+one)?$/iu.exec(words)?.[1];
  if (asked === undefined || asked.search(ORDINAL) !== 0) return null;
  const one = previous.match(ORDINAL)?.length === 1 ? previous.replace(ORDINAL, asked) : null;
  return one ?? (/^(?:former|latter)$/i.test(asked) ? onlyOneOf(previous, asked) : null);
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
  if (old !== null && previous.includes(old.text)) return inPlaceOf(previous, old.text, words, text);
  const mark = /[?.!\s]*$/.exec(previous)?.[0].trim() ?? "";
  const preposition = /^(?:in|on|during|before|after|since|until|from|between|by)\b/i.test(words) ? "" : "in ";
  return `${previous.replace(/[?.!\s]+$/, "")} ${preposition}${words}${mark === "" ? "?" : mark}`;
}

/** A period that says itself how it lies: "since 2013" stands without "in". */
const BENT = /^(?:between|before|after|since|until|till|from|by|up\s+to|prior\s+to)\b/i;

function prepositionOf(period: string): string {
  return /\p{L}/u.test(period) && /\b\d{1,2}(?:st|nd|rd|th)?\b(?!\s*(?:century|quarter))/i.test(period) ? "on" : "in";
}

/** "In 2013" for "between 2010 and 2012", "since 2013" for "in 2010". */
function inPlaceOf(previous: string, old: string, words: string, text: string): string {
  const start = previous.indexOf(old);
  const end = start + old.length;
  const lead = /\b(?:in|on|during|for|from)\s+(?:the\s+)?$/i.exec(previous.slice(0, start))?.[0] ?? "";
  if (BENT.test(words)) return swap(previous, { start: start - lead.length, end }, words);
  if (BENT.test(old)) return swap(previous, { start, end }, words === text ? `${prepositionOf(text)} ${text}` : words);
  // "On 3 May", but "in May".
  const isSimple = /^(?:in|on)\s+$/i.test(lead);
  return isSimple
    ? swap(previous, { start: start - lead.length, end }, `${prepositionOf(text)} ${text}`)
    : swap(previous, { start, end }, text);
}

function swap(text: string, { start, end }: { readonly start: number; readonly end: number }, words: string): string {
  const first = start === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  return text.slice(0, start) + first + text.slice(end);
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

/** Whether the words name somebody who acts, by an office or as a party. */
export function isActor(words: string): boolean {
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

/** The only name; beside a person, the only other one: nobody is asked of "Norway" what somebody said. */
function nameOfItsKind(
  phrases: readonly NounPhrase[],
  words: string,
  person: { readonly start: number; readonly end: number } | undefined,
): NounPhrase | undefined {
  const names = phrases.filter(({ name }) => name);
  if (person === undefined || names.length === 1) return names.length === 1 ? names[0] : undefined;
  // Two names in a row may be of a person whom no document introduces.
  if (fullName(words) !== undefined) return undefined;
  const others = names.filter(({ start, end }) => start >= person.end || end <= person.start);
  return others.length === 1 ? others[0] : undefined;
}

/** The only thing of the question before, where the documents say of the other thing what was asked of it. */
function onlyThing(
  phrases: readonly NounPhrase[],
  previous: string,
  words: string,
  index: SearchableIndex,
): { readonly start: number; readonly end: number; readonly text?: string } | undefined {
  const bare = bareSubject(previous);
  if (bare !== undefined) return bare;
  if (!/^the\s/i.test(words)) return undefined;
  const [thing, other] = phrases.filter(({ text, name }) => !name && !isActor(text));
  if (thing === undefined || other !== undefined || !/^the\s/i.test(thing.text)) return undefined;
  // "What was the income?", "how large was the income?": nothing but the thing is asked.
  if (IS_WHAT.test(previous.slice(0, thing.start))) return thing;
  const rest = `${previous.slice(0, thing.start)} ${previous.slice(thing.end)}`;
  const asked = terms(words).flatMap((term) => documentsWith(index, term));
  const times = readPeriods(rest, { documentDates: [] }).words;
  const said = contentTokens(rest).filter(
    ({ start }) => !times.some((time) => start >= time.start && start < time.end),
  );
  return said.some(({ term }) => documentsWith(index, term).some((one) => asked.includes(one))) ? thing : undefined;
}

/** "Waiting times" of "How did waiting times change?": a subject without an article, of which nothing else is asked. */
function bareSubject(previous: string): { readonly start: number; readonly end: number } | undefined {
  const match = BARE.exec(previous);
  const { lead = "", subject = "" } = match?.groups ?? {};
  if (match === null || subject.split(/\s+/).some((word) => isFunctionWord(word))) return undefined;
  return { start: lead.length, end: lead.length + subject.length };
}

/** Only after verbs of one form for one and for many. */
const SUBJECT = "(?<subject>\\p{Ll}[\\p{Ll}-]+(?:\\s+\\p{Ll}[\\p{Ll}-]+){0,2})";
const MOVES =
  "(?:chang|ris|rose|fall|fell|grow|grew|develop|increas|decreas|declin|improv|worsen|evolv|vary|vari|differ|compar|drop)\\p{Ll}*";
const BARE = new RegExp(
  `^(?<lead>\\s*(?:(?:[Hh]ow|[Ww]hy|[Ww]hen|[Bb]y\\s+how\\s+much)\\s+)?(?:[Dd]id|[Hh]ad|[Ww]ill)\\s+)${SUBJECT}\\s+${MOVES}(?=\\W|$)`,
  "u",
);

const IS_WHAT = /^\s*(?:what|which|how\s+\p{L}+)\s+(?:is|are|was|were|will\s+be)\s+$/iu;

/** "Friary Bridge" takes the article of "the Weir Bridge". */
function withArticle(
  words: string,
  target: { readonly start: number; readonly end: number; readonly text?: string },
): string {
  if (target.text === undefined || /^(?:the|a|an)\s/i.test(words) || !/^the\s/i.test(target.text)) return words;
  return headOf(words) === headOf(target.text) ? `the ${words}` : words;
}
