import { dateInWords } from "../documents/dates.ts";
import type { Period, Person } from "../types.ts";
import { namedDocuments } from "./named-documents.ts";
import { peopleNamed } from "./people.ts";
import { readPeriods } from "./period.ts";
import type { Found } from "./phrase.ts";
import { documentsWith, type SearchableIndex } from "./searchable.ts";
import { contentTokens } from "./stopwords.ts";

/** One of the things that a question compares, and the question as it is asked of that one alone. */
export interface Side {
  /** As the question names it: "1996", "Kerry", "the bulletin". */
  readonly title: string;
  /** Without the words of the other sides; a period stays in it. */
  readonly question: string;
  /** Ids of the documents to look in; undefined for all. */
  readonly documents: readonly string[] | undefined;
  /** Where the side is one document. */
  readonly documentId: string | null;
  /** Where the side is a period. */
  readonly period: Period | null;
}

const CHANGE =
  "chang(?:e|es|ed|ing)|evolv(?:e|es|ed|ing)|develop(?:s|ed)?|shift(?:s|ed)?|grow|grew|grown|progress(?:ed)?|improved?|worsen(?:ed)?";
const COMPARE =
  "compar(?:e|es|ed|ing|ison)|contrast(?:s|ed|ing)?|differ(?:s|ed|ent|ence|ences)?|versus|vs\\.?|each|both|respectively";
const CUE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${CHANGE}|${COMPARE})(?![\\p{L}\\p{N}])`, "iu");
const CUES = new RegExp(`(?<![\\p{L}\\p{N}])(?:${COMPARE}|what is|the differences?)(?![\\p{L}\\p{N}])`, "giu");
const JOIN = "(?:\\s*,\\s*(?:and\\s+)?|\\s+(?:and|versus|vs\\.?|or|with|to|than|against|from)\\s+)";
/** What a comparison is about, at its end: "on the organ". */
const TOPIC = "(?:\\s+(?:on|about|regarding|concerning|over|as to|with regard to|in terms of|when it comes to)\\s+.+)?";

/** The sides that a question compares, in the order it names them; empty where it compares nothing. */
export function readSides(question: string, index: SearchableIndex): Side[] {
  const plain = question.trim().replace(/[\s?.!]+$/, "");
  for (const read of [periods, pairs, people, parallel]) {
    const sides = read(plain, index);
    if (sides.length > 1) return sides;
  }
  return [];
}

const OVER_TIME = "(?:over time|(?:over|through|across|during) the years|then and now|from year to year)";

/** Whether the question asks how something changed and names no sides: whichever documents speak of it are compared. */
export function asksForChange(question: string): boolean {
  const plain = question.trim().replace(/[\s?.!]+$/, "");
  // "How did the war change the city?" asks what one thing did to another.
  const ends =
    "(?=$|,|\\s+(?:over|with|since|after|under|during|through|throughout|across|from|in|then|as|between)\\b)";
  return (
    new RegExp(`^how\\s+(?:has|have|had|did|do|does|is|are|was|were)\\s.+\\s(?:${CHANGE})${ends}`, "i").test(plain) ||
    /^what\s+(?:has\s+|have\s+|had\s+)?(?:changed\s+(?:in|about|with|for|over|since))\b/i.test(plain) ||
    new RegExp(`\\b${OVER_TIME}$`, "i").test(plain)
  );
}

/** "between 1996 and 2017" of a change, "in 2006 and in 2017", "the 1996 and 2019 communiqués". */
function periods(question: string, index: SearchableIndex): Side[] {
  const documentDates = index.documents.flatMap(({ document }) => document.date ?? []);
  const { sides, words } = readPeriods(question, { documentDates });
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lead = LEAD.exec(question.slice(0, first.start))?.[0] ?? "";
  const gaps = words.slice(1).map(({ start }, i) => question.slice(words[i]?.end ?? start, start));
  const together = gaps.every((gap) => SIDE_BY_SIDE.test(gap));
  // "From 1947 to 1967" is one time, and "the 1821 sketch given in 1888" one thing, unless they are compared.
  if (!(together && words.length > 1) && !CUE.test(question)) return [];
  return sides.map((side) => {
    const { text, from, to } = side;
    // "The 1996 and 2019 communiqués" need no "in".
    const adjective = lead === "" && /^\s+\p{L}/u.test(question.slice(last.end));
    const when = adjective || BOUND.test(text) ? text : `in ${text}`;
    const asked = together
      ? `${question.slice(0, first.start - lead.length)}${when}${question.slice(last.end)}`
      : withoutOthers(question, words, text);
    const title = from !== null && from === to ? dateInWords(from) : titleOf(text);
    return { title, question: withoutCues(asked), documents: undefined, documentId: null, period: side };
  });
}

const LEAD = /(?:\b(?:between|from|in|on|during|of|the years?)\s+)+$/i;
const BOUND = /^(?:before|after|since|until|till|up to|prior to|earlier|later|by|as of)\b/i;
const SIDE_BY_SIDE =
  /^(?:\s|[,&/–-]|and|or|to|with|than|versus|vs\.?|in|on|of|during|from|the|that|those|what|was|said|as|against|compared|opposed|again)*$/i;

function withoutOthers(question: string, words: readonly Found[], kept: string): string {
  return [...words]
    .filter(({ start, end }) => question.slice(start, end) !== kept)
    .reverse()
    .reduce(
      (text, { start, end }) =>
        text.slice(0, start).replace(/(?:\b(?:and|in|on|of|during|from)\s+)+$/i, "") + text.slice(end),
      question,
    );
}

/** The wordings that name two sides; `a` and `b` are the sides, and the rest is asked of each. */
const PAIRS: readonly RegExp[] = [
  `^(?<before>.*?)\\b(?:differences?|contrast|comparison|gap|distinction)\\s+between\\s+(?<a>.+?)\\s+and\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:.*?\\b)?(?:compare|contrast|comparison of)\\s+(?<before>)(?<a>.+?)\\s+(?:with|to|against|versus|vs\\.?)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:.*?\\b)?(?:compare|contrast|comparison of)\\s+(?<before>)(?<a>.+?)\\s+and\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does|is|are|was|were)\\s+(?<a>.+?)\\s+(?:differ|different)\\s+from\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does)\\s+(?<a>.+?)\\s+compare\\s+(?:with|to)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does)\\s+(?<a>.+?)\\s+and\\s+(?<b>.+?)\\s+(?:differ|compare)(?<after>${TOPIC})$`,
  `^(?<before>.*?\\b(?:did|do|does|have|has|had|were|are|is|was|in|by|of))\\s+(?<a>[^,]+?)\\s+and\\s+(?<b>[^,]+?)\\s+(?:each|respectively)\\b(?<after>.*)$`,
  `^(?!who|when|which|where|how (?:many|much))(?<before>.*?)(?<a>(?:(?:the|an?)\\s+)?\\S+(?:\\s+\\p{Lu}\\S*)*)\\s+(?:versus|vs\\.?)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
].map((source) => new RegExp(source, "isu"));

function pairs(question: string, index: SearchableIndex): Side[] {
  for (const pattern of PAIRS) {
    const groups = pattern.exec(question)?.groups;
    const { before = "", a = "", b = "", after = "" } = groups ?? {};
    if (a === "" || b === "" || /\beach other\b/i.test(a)) continue;
    // "The views of Strake and Mrs Finch", "the guarantee of the stove with that of the lamp": of the same thing.
    const shared = /^(?<head>.+\s(?:of|by|from|in|for)\s+)(?<name>.+)$/is.exec(a)?.groups;
    const instead = /^(?:that|those)\s+(?:of|by|from|in|for)\s+(?<name>.+)$/is.exec(b)?.groups?.name;
    const isBare = !/\s(?:of|by|from|for)\s/i.test(b);
    if (
      shared?.head !== undefined &&
      shared.name !== undefined &&
      (instead !== undefined || (isBare && likelyName(b)))
    ) {
      const names = [shared.name, ...(instead ?? b).split(new RegExp(JOIN, "i"))];
      return names.map((name) => sideOf(name, `${before} ${shared.head}${name}${after}`, index));
    }
    const names = [...a.split(/\s*,\s*/), ...b.split(/\s*,\s*(?:and\s+)?/)];
    return names.map((name) => sideOf(name, `${before} ${name} ${after}`, index));
  }
  return [];
}

/** A name alone: capitals throughout, but for "the" and "of". */
function likelyName(words: string): boolean {
  return words.split(/\s+/).every((word) => /^(?:\p{Lu}|(?:the|of|and|our|my|in)$)/u.test(word));
}

const NAME = "(?:(?:the\\s+)?\\p{Lu}[\\p{L}\\p{N}.'’-]*(?:\\s+\\p{Lu}[\\p{L}\\p{N}.'’-]*)*)";

/** "What did Kerry and Tillerson say about ...", of two who never stand in one document: asked of each. */
function people(question: string, index: SearchableIndex): Side[] {
  for (const match of question.matchAll(new RegExp(`(?<a>${NAME})\\s+and\\s+(?<b>${NAME})`, "gu"))) {
    const { a = "", b = "" } = match.groups ?? {};
    const [known, other] = [a, b].map((name) => documentsNaming(name, peopleNamed(name, index), index));
    if (!known?.length || !other?.length || known.some((document) => other.includes(document))) continue;
    const [before, after] = [question.slice(0, match.index), question.slice(match.index + match[0].length)];
    return [a, b].map((name) => sideOf(name, `${before}${name}${after}`, index));
  }
  return [];
}

/** Of a person of the documents, the documents that name them; empty for any other name. */
function documentsNaming(name: string, known: readonly Person[], index: SearchableIndex): string[] {
  if (known.length === 0) return [];
  const [first = [], ...others] = contentTokens(name).map(({ term }) =>
    documentsWith(index, term).map((one) => one.documentId),
  );
  return first.filter((documentId) => others.every((ids) => ids.includes(documentId)));
}

const WHEN = "at|in|on|before|after|when|during";

/** "How much was in the fund at the start and when he died?": the last two phrases of place or time are the sides. */
function parallel(question: string, index: SearchableIndex): Side[] {
  const match = new RegExp(
    `^(?<before>.+)\\s(?<a>(?<p>${WHEN})\\s+\\S+(?:\\s+\\S+){0,4}?)\\s+and\\s+(?<b>(?<q>${WHEN})\\s+\\S+(?:\\s+\\S+){0,5})$`,
    "i",
  ).exec(question);
  const { before = "", a = "", b = "", p = "", q = "" } = match?.groups ?? {};
  if (match === null || new RegExp(`\\s(?:${WHEN})\\s`, "i").test(a.slice(p.length + 1))) return [];
  const isTime = (word: string) => /^(?:at|before|after|when|during)$/i.test(word);
  if (p.toLowerCase() !== q.toLowerCase() && !(isTime(p) && isTime(q))) return [];
  return [a, b].map((name) => sideOf(name, `${before} ${name}`, index));
}

function sideOf(name: string, question: string, index: SearchableIndex): Side {
  const title = titleOf(name);
  const asked = withoutCues(question);
  const naming = likelyName(title) ? documentsNaming(title, peopleNamed(title, index), index) : [];
  if (naming.length > 0) return { title, question: asked, documents: naming, documentId: null, period: null };
  const named = namedDocuments(title, index).map(({ documentId }) => documentId);
  const documentId = named.length === 1 ? (named[0] ?? null) : null;
  return { title, question: asked, documents: named.length > 0 ? named : undefined, documentId, period: null };
}

function titleOf(name: string): string {
  const plain = name.trim().replace(/^(?:(?:what|how|both|the|an?|that|those)\s+)+(?=\S)/i, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const CHANGED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${CHANGE})(?=\\s*(?:in|on|of|over|since|with|from|$|[?.,])(?!\\p{L}))`,
  "giu",
);

const WHILE = new RegExp(`\\b${OVER_TIME}(?=\\s*[?.!]*\\s*$)`, "i");

/** The question without the verb that asks how something changed: "change in 1996" would find the changes of 1996. */
export function withoutChange(question: string): string {
  return question.replace(WHILE, " ").replace(CHANGED, " ").replace(/\s+/g, " ");
}

/** The question without the words that only say that things are compared. */
function withoutCues(question: string): string {
  return `${question.replace(CUES, " ").replace(/\s+/g, " ").trim()}?`;
}
