import { dateInWords } from "../documents/dates.ts";
import type { Period, Person } from "../types.ts";
import { AGAINST, anyOf, CHANGE } from "./comparison-words.ts";
import { namedDocuments } from "./named-documents.ts";
import { peopleNamed } from "./people.ts";
import { readPeriods } from "./period.ts";
import { periodContext } from "./period-context.ts";
import { DOCUMENT_WORD } from "./period-order.ts";
import type { Found } from "./phrase.ts";
import { documentsWith, type SearchableIndex } from "./searchable.ts";
import { contentTokens } from "./stopwords.ts";

/** One of the things that a question compares, and the question as it is asked of that one alone. */
export interface Side {
  /** As the question names it: "1974", "Aldous", "Gazette". */
  readonly title: string;
  /** Without the words of the other sides; a period stays in it. */
  readonly question: string;
  /** Ids of the documents to look in; undefined for all. */
  readonly documents: readonly string[] | undefined;
  /** Where the side is one document. */
  readonly documentId: string | null;
  /** Where the side is a period. */
  readonly period: Period | null;
  /** Where the side is somebody whom the documents introduce; several of that name. */
  readonly people: readonly Person[];
}

const COMPARE = `${AGAINST}|each(?!\\s+other)|both|respectively`;
const CUE = anyOf([CHANGE, COMPARE]);
const COMPARE_CUE = anyOf([COMPARE]);
const CUES = anyOf([COMPARE, "what is", "the differences?"], "giu");
const JOIN = "(?:\\s*,\\s*(?:and\\s+)?|\\s+(?:and|versus|vs\\.?|or|with|to|than|against|from)\\s+)";
/** What a comparison is about, at its end: "on the organ". */
const TOPIC = "(?:\\s+(?:on|about|regarding|concerning|over|as to|with regard to|in terms of|when it comes to)\\s+.+)?";

/** The sides that a question compares, in the order it names them; empty where it compares nothing. */
export function readSides(question: string, index: SearchableIndex): Side[] {
  const plain = question.trim().replace(/[\s?.!]+$/, "");
  for (const read of [periods, people, listed, pairs, parallel]) {
    const sides = read(plain, index);
    if (sides.length > 1) return ofOneKind(sides, plain, index);
  }
  return [];
}

/** Where one side is only words, the pair is a guess, and none of them is held to the documents that its name stands in. */
function ofOneKind(read: Side[], question: string, index: SearchableIndex): Side[] {
  const isOfPeople = read.some(({ people }) => people.length > 0);
  const sides = isOfPeople ? read.map((side) => besidePeople(side, question, index)) : read;
  return isGuess(sides)
    ? sides.map((side) => ({ ...side, documents: undefined, documentId: null, people: [] }))
    : sides;
}

/**
 * A name beside somebody whom the documents introduce: one that stands in none of them is a person of whom they say
 * nothing; with "each" any is a person. One of capitals only, as "USA", may stand for words that are written out.
 */
function besidePeople(side: Side, question: string, index: SearchableIndex): Side {
  const { title, documents } = side;
  if (documents !== undefined || !likelyName(title) || !/\p{Ll}/u.test(title)) return side;
  const naming = documentsWithAll(title, index);
  if (naming.length === 0) {
    const isUnknown = contentTokens(title).some(({ term }) => documentsWith(index, term).length === 0);
    return isUnknown ? { ...side, documents: naming } : side;
  }
  return EACH.test(question) ? { ...side, documents: naming, people: [{ name: title, role: "" }] } : side;
}

/** Whether nothing but the wording tells some side apart: neither a time nor documents that name it. */
export function isGuess(sides: readonly Side[]): boolean {
  return sides.some(({ period, documents }) => period === null && documents === undefined);
}

/** "between 1974 and 1981" of a change, "in 1974 and in 1981", "the 1974 and 1981 gazettes"; not "in June or July". */
function periods(question: string, index: SearchableIndex): Side[] {
  const { sides, words } = readPeriods(question, periodContext(index));
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lead = LEAD.exec(question.slice(0, first.start))?.[0] ?? "";
  const gaps = words.slice(1).map(({ start }, i) => question.slice(words[i]?.end ?? start, start));
  const together = gaps.every((gap) => BETWEEN_SIDES.test(gap));
  if (gaps.some((gap) => ALTERNATIVE.test(gap)) && !COMPARED.test(question)) return [];
  // "From 1974 to 1981" is one time, and "the 1974 map sold in 1981" one thing, unless they are compared.
  if (!(together && words.length > 1) && !CUE.test(question)) return [];
  return sides.map((side) => {
    const { text, from, to } = side;
    // "The 1974 and 1981 gazettes" need no "in".
    const adjective = lead === "" && /^\s+\p{L}/u.test(question.slice(last.end));
    const when = adjective || BOUND.test(text) ? text : `in ${text}`;
    const asked = together
      ? askedOf(question.slice(0, first.start - lead.length), when, question.slice(last.end))
      : withoutOthers(question, words, text);
    const title = from !== null && from === to ? dateInWords(from) : titleOf(text);
    return { title, question: withoutCues(asked), documents: undefined, documentId: null, period: side, people: [] };
  });
}

const ITS_DOCUMENTS = new RegExp(`\\b(?:the|their|our|its|both|these|those)\\s+${DOCUMENT_WORD}\\s+$`, "iu");
const DOCUMENTS_OF_IT = new RegExp(`^\\s+${DOCUMENT_WORD}(?![\\p{L}\\p{N}])`, "iu");

/** "The 2011 minutes on the roof" are asked of the roof in 2011: of the minutes themselves they say that they were read. */
function askedOf(before: string, when: string, after: string): string {
  const head = before.replace(ITS_DOCUMENTS, "");
  const rest = after.replace(DOCUMENTS_OF_IT, "");
  const isOnTopic = contentTokens(withoutCues(`${head} ${rest}`)).length > 0;
  if (!isOnTopic || head.length + rest.length === before.length + after.length) return `${before}${when}${after}`;
  const bare = BOUND.test(when) || when.startsWith("in ") ? when : `in ${when}`;
  return `${head.replace(/\b(?:the|their|our|its|both)\s+$/i, "")} ${bare} ${rest}`;
}

const LEAD = /(?:\b(?:between|from|in|on|during|of|the years?)\s+)+$/i;
/** Times that may each do: together they are one. */
const ALTERNATIVE = /\bor\s+(?:(?:in|on|of|during|from|the)\s+)*$/i;
const COMPARED = anyOf([AGAINST]);
const BOUND = /^(?:before|after|since|until|till|up to|prior to|earlier|later|by|as of)\b/i;
/** What may stand between two times that are sides. */
const BETWEEN_SIDES =
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
  `^(?<before>.*?)\\b(?:differences?|contrast|comparison|distinction)\\s+between\\s+(?<a>.+?)\\s+and\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:.*?\\b)?(?:compare|contrast|comparison of)\\s+(?<before>)(?<a>.+?)\\s+(?:with|to|against|versus|vs\\.?)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:.*?\\b)?(?:compare|contrast|comparison of)\\s+(?<before>)(?<a>.+?)\\s+and\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does|is|are|was|were)\\s+(?<a>.+?)\\s+(?:differ|different)\\s+from\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does)\\s+(?<a>.+?)\\s+compare\\s+(?:with|to)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
  `^(?:how|in what way|where)\\s+(?<before>)(?:did|do|does)\\s+(?<a>.+?)\\s+and\\s+(?<b>.+?)\\s+(?:differ|compare)(?<after>${TOPIC})$`,
  `^(?<before>.*?\\b(?:did|do|does|have|has|had|were|are|is|was|in|by|of))\\s+(?<a>[^,]+?)\\s+and\\s+(?<b>[^,]+?)\\s+(?:each(?!\\s+other)|respectively)\\b(?<after>.*)$`,
  `^(?!who|when|which|where|how (?:many|much))(?<before>.*?)(?<a>(?:(?:the|an?)\\s+)?\\S+(?:\\s+\\p{Lu}\\S*)*)\\s+(?:versus|vs\\.?)\\s+(?<b>.+?)(?<after>${TOPIC})$`,
].map((source) => new RegExp(source, "isu"));

function pairs(question: string, index: SearchableIndex): Side[] {
  for (const pattern of PAIRS) {
    const groups = pattern.exec(question)?.groups;
    const { before = "", a = "", b = "", after = "" } = groups ?? {};
    if (a === "" || b === "" || /\beach other\b/i.test(a)) continue;
    // "The views of Aldous and Mrs Colley", "the price of the kiln with that of the loom": of the same thing.
    const shared = /^(?<head>.+\s(?:of|by|from|in|for)\s+)(?<name>.+)$/is.exec(a)?.groups;
    const instead = /^(?:that|those)\s+(?:of|by|from|in|for)\s+(?<name>.+)$/is.exec(b)?.groups?.name;
    // "Aldous's map with that of Colley": Colley's map.
    const owned = /^\S.*?['’]s?\s+(?<thing>.+)$/is.exec(a)?.groups?.thing;
    if (instead !== undefined && owned !== undefined)
      return [a, `${instead}'s ${owned}`].map((name) => sideOf(name, `${before} ${name} ${after}`, index));
    const isBare = !/\s(?:of|by|from|for)\s/i.test(b);
    if (
      shared?.head !== undefined &&
      shared.name !== undefined &&
      (instead !== undefined || (isBare && likelyName(b)))
    ) {
      const names = [shared.name, ...(instead ?? b).split(new RegExp(JOIN, "i"))];
      return names.map((name) => sideOf(name, `${before} ${shared.head}${name}${after}`, index));
    }
    const names = [...a.split(/\s*,\s*/), ...b.split(/\s*,\s*(?:and\s+)?/)].flatMap((name) => apart(name, index));
    return names.map((name) => sideOf(name, `${before} ${name} ${after}`, index));
  }
  return [];
}

/** "Colley and Rudd" after "Aldous and": two people, where the documents know either. */
function apart(words: string, index: SearchableIndex): string[] {
  const names = words.trim().split(/\s+and\s+/);
  const arePeople = names.every(likelyName) && names.some((name) => peopleNamed(name, index).length > 0);
  return arePeople ? names : [words];
}

const LIST =
  /^(?<before>.*?\b(?:did|do|does|have|has|had|were|are|is|was|in|by|of))\s+(?<names>.+?),?\s+(?:each(?!\s+other)|respectively)\b(?<after>.*)$/isu;
const THING = /^(?:the|an?)\s+\p{Ll}[\p{L}-]*(?:\s+\p{L}[\p{L}-]*)?$/u;

/** "What did Aldous, Colley and Rudd each say?": three or more, with commas, with several "and"s, or with both. */
function listed(question: string, index: SearchableIndex): Side[] {
  const { before = "", names: words = "", after = "" } = LIST.exec(question)?.groups ?? {};
  const names = words.split(/\s*,\s*(?:and\s+)?|\s+and\s+/);
  if (names.length < 3 || !names.every((name) => likelyName(name) || THING.test(name))) return [];
  return names.map((name) => sideOf(name, `${before} ${name} ${after}`, index));
}

/** A name alone: capitals throughout, but for "the" and "of". */
function likelyName(words: string): boolean {
  return words.split(/\s+/).every((word) => /^(?:\p{Lu}|(?:the|of|and|our|my|in)$)/u.test(word));
}

const YES_OR_NO = "did|do|does|is|are|was|were|has|have|had|can|could|will|would|shall|should|may|might|must";
const CAPITAL = "\\p{Lu}[\\p{L}\\p{N}.'’-]*";
/** The word that begins a question is written with a capital, too, and belongs to no name. */
const BEGINS = `${YES_OR_NO}|what|how|where|when|who|whom|whose|why|which|in|on|at|of|compare|contrast`.replace(
  /\b\w/g,
  (letter) => letter.toUpperCase(),
);
const NAME = `(?:(?:the\\s+)?(?!^(?:${BEGINS})\\b)${CAPITAL}(?:\\s+${CAPITAL})*)`;
const NAMES = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<a>${NAME}(?:(?:\\s*,\\s*|\\s+and\\s+)${NAME})*)\\s*,?\\s+and\\s+(?<b>${NAME})`,
  "gu",
);

const EACH = anyOf(["each(?!\\s+other)", "respectively"]);
const MUTUAL = /\b(?:meet|met|marry|married|together|each\s+other|one\s+another)\b/i;

/** "What did Aldous and Colley say about ...", of people who never stand in one document, or with "each": asked of each. */
function people(question: string, index: SearchableIndex): Side[] {
  // "Did Aldous and Colley sign?" asks of both at once, "when did Aldous and Colley meet?" of the two together.
  if (MUTUAL.test(question)) return [];
  if (new RegExp(`^(?:${YES_OR_NO})\\b`, "i").test(question) && !COMPARE_CUE.test(question)) return [];
  for (const match of question.matchAll(NAMES)) {
    const { a = "", b = "" } = match.groups ?? {};
    const names = [...a.split(/\s*,\s*|\s+and\s+/), b];
    const naming = names.map((name) => documentsOfPerson(name, peopleNamed(name, index), index));
    const all = naming.flat();
    const mayShare = EACH.test(question.slice(match.index + match[0].length));
    if (naming.some((documents) => documents.length === 0) || (!mayShare && new Set(all).size < all.length)) continue;
    const [before, after] = [question.slice(0, match.index), question.slice(match.index + match[0].length)];
    return names.map((name) => sideOf(name, `${before}${name}${after}`, index));
  }
  return [];
}

/** Of a person of the documents, the documents that name them; empty for any other name. */
function documentsOfPerson(name: string, known: readonly Person[], index: SearchableIndex): string[] {
  return known.length === 0 ? [] : documentsWithAll(name, index);
}

function documentsWithAll(name: string, index: SearchableIndex): string[] {
  const [first = [], ...others] = contentTokens(name).map(({ term }) =>
    documentsWith(index, term).map((one) => one.documentId),
  );
  return first.filter((documentId) => others.every((ids) => ids.includes(documentId)));
}

const WHEN = "at|in|on|before|after|when|during";

/** "How did the purse differ at noon and after dusk?": the last two phrases of place or time are the sides. */
function parallel(question: string, index: SearchableIndex): Side[] {
  if (!CUE.test(question)) return [];
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
  const title = saidBy(name) ?? titleOf(name);
  const asked = withoutCues(question);
  const owner = new RegExp(`^(?<who>${CAPITAL}(?:\\s+${CAPITAL})*)['’]s\\s`, "u").exec(title)?.groups?.who ?? title;
  const known = likelyName(owner) ? peopleNamed(owner, index) : [];
  const naming = documentsOfPerson(owner, known, index);
  const plain = { title, question: asked, period: null };
  if (naming.length > 0) return { ...plain, documents: naming, documentId: null, people: known };
  const named = namedDocuments(title, index).map(({ documentId }) => documentId);
  const documentId = named.length === 1 ? (named[0] ?? null) : null;
  return { ...plain, documents: named.length > 0 ? named : undefined, documentId, people: [] };
}

/** "What Aldous said": the name alone is the title. */
function saidBy(name: string): string | null {
  const said = new RegExp(`^\\s*(?:what|how)\\s+(?<who>(?:the\\s+)?${CAPITAL}(?:\\s+${CAPITAL})*)\\s+\\p{Ll}`, "u");
  return said.exec(name)?.groups?.who?.replace(/^the\s+/, "") ?? null;
}

function titleOf(name: string): string {
  const plain = name.trim().replace(/^(?:(?:what|how|both|the|an?|that|those)\s+)+(?=\S)/i, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1).replace(/['’]s$/, "");
}

/** The question without the words that only say that things are compared. */
function withoutCues(question: string): string {
  return `${question.replace(CUES, " ").replace(/\s+/g, " ").trim()}?`;
}
