import { isCourtesy, isTitle } from "../documents/roles.ts";
import type { Document, Period } from "../types.ts";
import type { Span } from "./calendar.ts";
import { namedDocuments } from "./named-documents.ts";
import { readPeriods } from "./period.ts";
import { periodContext } from "./period-context.ts";
import { findMentions, type Phrase } from "./phrase.ts";
import type { SearchableIndex } from "./searchable.ts";
import { tokenize } from "./tokenize.ts";

/** What every mention is asked for, and where. */
export interface MentionQuestion {
  /** A mention of any of them counts. */
  readonly phrases: readonly Phrase[];
  readonly period: Period | null;
  /** What of the period is meant: of "in 2006 and in 2017" these two years. Empty where there is no period. */
  readonly spans: readonly Span[];
  /** The documents that the question names; null for all. */
  readonly documents: readonly Document[] | null;
}

const LEAD =
  "(?:(?:please|kindly|(?:can|could|would) you|i(?:'d|’d| would) like|i (?:want|need)|to|show|give|tell|list|find|get|fetch|count|quote|collect|locate|see|search for|look for|look up|me|us|what are|and|now|also|then)[\\s,:]+)*";
const ALL = "(?:every|each|all|any)(?: single| other)?(?: of)?(?: the)?";
/** "The appearance of the beetle" and "the reference of the order" are things: only "every appearance of" is of words. */
const REFERENCE = "(?:mentions? (?:of|to)|references? to)";
const OCCURRENCE = "(?:occurrences?|instances?|appearances?) of";
/** A piece of text and nothing else. */
const TEXT = "(?:passages?|sentences?|paragraphs?|quotes?|quotations?)";
/** Also the parts of a stove, the lines of a railway: of a text only where something is mentioned in them. */
const PART = "(?:lines?|places?|parts?|statements?)";
const DOCUMENTS =
  "(?:documents?|docs?|files?|texts?|papers|sources|corpus|collection|archive|records?|folder|material)";
const THEY = `(?:they|(?:(?:the|these|those|any|all|our|my)(?: of)?(?: the)? )?${DOCUMENTS})`;
const NAMES = "(?:mention|name|cite|contain|refer to|reference|use|talk about)";
const SPEAK = "(?:mentions?|refers? to|talks? about|speaks? of)";
const NAMED = "(?:mentioned|referred to|referenced|cited|brought up)";
const QUOTED = "[\"“”„«»].+[\"“”„«»]|['‘].+['’](?!\\p{L})";
const WORD = `(?:the )?(?:word|phrase|term|name|expression)s? .+?|${QUOTED}`;
const TOTAL = "(?:are|is) there";
/** Without a verb: "how many instances of theft were reported" counts thefts. */
const THING =
  "(?:(?!\\s(?:am|are|is|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\\s).)+?";
const OF_THE = "(?:of (?:all )?(?:the|these|those|our|my) )?";
const WHOLE = `${DOCUMENTS}|letters|reports|articles|minutes|pages|passages|sentences|paragraphs`;

/** Each finds what is asked for in the group `x`, and in `tail` what follows it. Matched without case. */
const ASKS: readonly RegExp[] = [
  `^${LEAD}(?:${ALL} |the )?${REFERENCE} (?<x>.+)$`,
  `^${LEAD}${ALL} ${OCCURRENCE} (?<x>.+)$`,
  `^${LEAD}(?:${ALL}|the) ${TEXT} (?:that|which) ${NAMES}s? (?<x>.+)$`,
  `^${LEAD}(?:${ALL}|the) ${PART} (?:that|which) ${SPEAK} (?<x>.+)$`,
  `^${LEAD}(?:${ALL}|the) ${TEXT} (?:mentioning|naming|citing|containing|referring to) (?<x>.+)$`,
  `^${LEAD}(?:${ALL}|the) ${PART} (?:mentioning|referring to) (?<x>.+)$`,
  `^${LEAD}${ALL} (?:lines?|statements?) (?:about|containing) (?<x>.+)$`,
  `^${LEAD}${ALL} ${TEXT} (?:about|on|with|of) (?<x>.+)$`,
  `^${LEAD}(?:${ALL}|the) (?:${TEXT}|${PART}) (?:where|in which) (?<x>.+?) (?:is|are|was|were) ${NAMED}(?<tail>.*)$`,
  `^${LEAD}where(?: else)? (?:is|are|was|were) (?<x>.+?) ${NAMED}(?<tail>.*)$`,
  `^${LEAD}where(?: else)? (?:do|does|did) ${THEY} ${NAMES} (?<x>.+)$`,
  `^${LEAD}how (?:often|many times|frequently) (?:is|are|was|were) (?<x>.+?) ${NAMED}(?<tail>.*)$`,
  `^${LEAD}how (?:often|many times|frequently) (?:do|does|did) ${THEY} ${NAMES} (?<x>.+)$`,
  `^${LEAD}how (?:often|many times|frequently) (?:do|does|did) (?<where>(?:the|our|my) .+?) ${NAMES} (?<x>.+)$`,
  `^${LEAD}how many (?:${REFERENCE}|${OCCURRENCE}) (?<x>${THING})(?: ${TOTAL}(?<tail>.*)| (?:do|does|did) ${THEY} (?:have|contain|make))?$`,
  `^${LEAD}how many (?:mentions?|references?|occurrences?|instances?|appearances?) ${TOTAL} (?:of|to) (?<x>.+)$`,
  `^${LEAD}in (?:which|what|how many) ${OF_THE}(?:${WHOLE}) (?:is|are|was|were) (?<x>.+?) ${NAMED}(?<tail>.*)$`,
  `^${LEAD}(?:which|what|how many) ${OF_THE}(?:${WHOLE}) (?:${SPEAK} (?<x>.+)|contains? (?<word>${WORD}))$`,
  `^${LEAD}(?:which|what) (?:documents|docs|files|texts|papers|sources|passages|sentences|paragraphs) ${NAMES} (?<x>.+)$`,
  `^${LEAD}(?:do|does) ${THEY}(?: ever| anywhere)? mention (?<x>.+)$`,
  `^(?:is|are|was|were) (?<x>.+?)(?: ever)? mentioned (?<tail>anywhere.*|at all.*|in ${THEY}.*)$`,
  // A verb of occurrence says this only of a word, or of documents: "How often does the flood occur?" asks a fact.
  `^${LEAD}(?:where|how often|how many times) (?:do|does|did) (?<x>${WORD}) (?:appear|occur|come up)(?<tail>.*)$`,
  `^${LEAD}(?:where|how often|how many times) (?:do|does|did) (?<x>.+?) (?:appear|occur|come up)(?<tail> in ${THEY}.*)$`,
  // Counted, and in the present, even a bare word: what appeared so often in the past may be a comet.
  `^${LEAD}how many times (?:do|does) (?<x>.+?) (?:appear|come up)(?<tail>(?: in (?:the year )?\\d{4}.*)?)$`,
  `^${LEAD}(?:the )?(?:(?:exact )?(?:word|phrase|term|expression)s? )?(?<x>${QUOTED})(?<tail>)$`,
].map((source) => new RegExp(source, "isu"));

/** What every mention is asked for; null where the question asks something else, as of the parts of a stove. */
export function readMentionQuestion(question: string, index: SearchableIndex): MentionQuestion | null {
  const plain = question.trim().replace(/[\s?.!]+$/, "");
  for (const pattern of ASKS) {
    const groups = pattern.exec(plain)?.groups;
    if (groups === undefined) continue;
    const where = groups.where === undefined ? "" : placeOf(groups.where);
    // "How often does the clerk mention it?" is no question of documents.
    if (where !== "" && withoutPlaces(where, index).rest !== "") continue;
    const asked = readPhrases(groups.x ?? groups.word ?? "", groups.tail ?? where, index);
    if (asked.phrases.some(({ text }) => tokenize(text).length > 0)) return asked;
  }
  return null;
}

/** "the 2013 document" as "in 2013", "the minutes" as "in the minutes". */
function placeOf(where: string): string {
  const year = new RegExp(`^(?:the|our|my) (\\d{4}) (?:${DOCUMENTS}|letters?|reports?|articles?|minutes)$`, "iu").exec(
    where,
  );
  return `in ${year?.[1] ?? where}`;
}

const QUOTE = /["“”„«»]([^"“”„«»]+)["“”„«»]|(?<![\p{L}\p{N}])['‘]([^'‘]+?)['’](?!\p{L})/gu;

function readPhrases(words: string, after: string, index: SearchableIndex): MentionQuestion {
  const quotes = [...words.matchAll(QUOTE)];
  const last = quotes.at(-1);
  if (last !== undefined) {
    const phrases = quotes.map((match) => ({ text: (match[1] ?? match[2] ?? "").trim(), exact: true }));
    const tail = `${words.slice(last.index + last[0].length)} ${after}`;
    return { phrases, ...withoutPlaces(tail, index) };
  }
  const tail = withoutPlaces(after, index);
  const place = lastPlace(words, index);
  const whole = phraseOf(words);
  // "The treaty of 1954" and "the talks in Seoul" may be what is mentioned: what stands in the documents is not cut.
  if (place?.mayBeName && findMentions(index, [whole]).length > 0) return { ...tail, phrases: [whole] };
  const { rest, documents, ...time } = withoutPlaces(words, index);
  const { period, spans } = tail.period === null ? time : tail;
  const scope = { period, spans, documents: tail.documents ?? documents };
  const joint = phraseOf(rest);
  const parts = rest.split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/).map(phraseOf);
  const together = parts.length === 1 || findMentions(index, [joint]).length > 0;
  return { ...scope, phrases: (together ? [joint] : parts).flatMap((phrase) => [phrase, ...fullNames(phrase, index)]) };
}

/** "Dr. Quill" is also "Dr. Miriam Quill", whom the documents introduce so. */
function fullNames(phrase: Phrase, index: SearchableIndex): Phrase[] {
  const [title, surname, ...others] = phrase.text.split(/\s+/);
  if (title === undefined || surname === undefined || others.length > 0) return [];
  if (!isTitle(title) && !isCourtesy(title)) return [];
  const names = index.documents.flatMap(({ document }) => document.people.map(({ name }) => name));
  return [...new Set(names)]
    .filter((name) => name.toLowerCase().endsWith(` ${surname.toLowerCase().replace(/['’]s$/, "")}`))
    .map((name) => ({ text: `${title} ${name}`, exact: false }));
}

function phraseOf(words: string): Phrase {
  const text = words
    .trim()
    .replace(/^(?:the\s+)?(?:words?|phrases?|terms?|names?|expressions?)\s+(?=\S)/i, "")
    .replace(/^(?:the|an?)\s+(?=\S)/i, "");
  return { text, exact: false };
}

const PLACE =
  "(?:both in|in|within|across|throughout|through|among|from|of|by|during|before|after|since|until|between|on)";
const EVERYWHERE = new RegExp(
  `^(?:${PLACE} )?(?:anywhere|everywhere|overall|in total|altogether|at all|at any point|${THEY}|(?:the )?whole ${DOCUMENTS})$`,
  "i",
);

type Time = Pick<MentionQuestion, "period" | "spans">;
const NO_TIME: Time = { period: null, spans: [] };

/** Takes from the end what says where to look: "in the documents", "in 2013", "in the bulletin". */
function withoutPlaces(words: string, index: SearchableIndex) {
  let rest = words.trim();
  let time: Time = NO_TIME;
  let documents: readonly Document[] | null = null;
  for (;;) {
    const place = lastPlace(rest, index);
    if (place === null) return { rest, ...time, documents };
    rest = rest.slice(0, place.start).trim();
    if (time.period === null) time = { period: place.period, spans: place.spans };
    documents ??= place.documents;
  }
}

function lastPlace(words: string, index: SearchableIndex) {
  const context = periodContext(index);
  const none = { ...NO_TIME, documents: null, mayBeName: false };
  const starts = [
    ...words.matchAll(new RegExp(`(?<=^|\\s)(?:${PLACE}\\s|anywhere|everywhere|overall|altogether|at )`, "gi")),
  ];
  for (const { index: start } of starts) {
    const place = words.slice(start).trim();
    if (EVERYWHERE.test(place)) return { ...none, start };
    const { period, spans } = readPeriods(place, context);
    if (period !== null && isOnly(place, period.text))
      return { ...none, start, period, spans, mayBeName: /^(?:of|from|on)\s/i.test(place) };
    const title = /^(?:in|within|throughout|across|from|of)\s+(?:the|both|my|our)\s+(.+)$/i.exec(place)?.[1];
    const documents = title === undefined ? [] : namedDocuments(title, index);
    if (documents.length > 0) return { ...none, start, documents, mayBeName: true };
  }
  return null;
}

/** Whether the words say the period and nothing else. */
function isOnly(words: string, period: string): boolean {
  const others = words
    .replace(period, " ")
    .replace(new RegExp(`(?<!\\S)(?:${PLACE}|the|year|years|and|or)(?!\\S)`, "gi"), " ");
  return others.trim() === "";
}
