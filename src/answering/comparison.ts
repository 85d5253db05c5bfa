import { splitSentences } from "../documents/sentences.ts";
import { within } from "../retrieval/calendar.ts";
import { withoutChange } from "../retrieval/change-question.ts";
import type { Conversation } from "../retrieval/history.ts";
import { isNameOf, peopleTest } from "../retrieval/people.ts";
import { datesIn } from "../retrieval/period-dates.ts";
import { type Reading, readQuestion } from "../retrieval/reading.ts";
import type { RankedPassage, Retriever } from "../retrieval/retriever.ts";
import { inScope, type Scope } from "../retrieval/scope.ts";
import { documentsWith, type SearchableIndex } from "../retrieval/searchable.ts";
import type { Side } from "../retrieval/sides.ts";
import { terms } from "../retrieval/tokenize.ts";
import type { Document, IsoDate, Period, Person } from "../types.ts";
import type { Allows, Answerer, Draft, DraftGroup, DraftStatement } from "./answerer.ts";
import { TITLED } from "./rank-sentences.ts";
import { type Finding, judge } from "./refusal.ts";
import { LEAD, list, quoted } from "./refusal-words.ts";

/** How many statements a side has at most. */
const QUOTA = 2;
/** A word that weighs this much of a side's question must stand on that side. */
const DECISIVE_SHARE = 0.5;
/** Where the question names no sides: how many documents are compared, and how near to the best each must come. */
const MOST_DOCUMENTS = 5;
const NEAR = 0.75;
const LOOKED_AT = 20;

/** What answering takes, whatever the kind of question. */
export interface AnsweringParts {
  readonly index: SearchableIndex;
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  /** How many passages are retrieved at most; of a comparison, for each side. */
  readonly limit: number;
  /** What the caller allows. */
  readonly filters: Scope;
  /** What the question was asked after. */
  readonly conversation?: Conversation;
}

interface AnsweredSide {
  readonly side: Side;
  readonly statements: readonly DraftStatement[];
  readonly evidence: readonly RankedPassage[];
  readonly finding: Finding | null;
}

/** Each side answered for itself, in order of date; a side without evidence says so, and none at all is a finding. */
export async function compareSides(
  sides: readonly Side[],
  parts: AnsweringParts,
): Promise<Omit<Draft, "kind" | "reading">> {
  const answered: AnsweredSide[] = [];
  for (const side of sides) answered.push(await answerSide(side, parts));
  const inOrder = answered
    .map((one) => ({ ...one, date: dateOf(one) }))
    .sort((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
  const statements: DraftStatement[] = [];
  const groups = inOrder.map(({ side, date, statements: own, finding }): DraftGroup => {
    // What speaks of both sides is said once.
    const positions = own.map((statement) => {
      const known = statements.findIndex((other) => placeOf(other) === placeOf(statement));
      return known >= 0 ? known : statements.push(statement) - 1;
    });
    const message = own.length > 0 ? null : withoutEvidence(side, finding, parts.index);
    return { title: side.title, date, documentId: side.documentId, statements: positions, mentions: null, message };
  });
  const evidence = bestOfEach(answered);
  if (statements.length > 0) return { statements, groups, finding: null, evidence };
  const findings = answered.flatMap(({ finding }) => finding ?? []);
  const message = [...new Set([LEAD, ...groups.flatMap((group) => group.message ?? [])])].join(" ");
  const missingTerms = [...new Set(findings.flatMap((finding) => finding.missingTerms))];
  return {
    statements,
    groups: null,
    finding: { reason: findings[0]?.reason ?? "no-evidence", message, missingTerms },
    evidence,
  };
}

/** Where to search for what the question was read to ask. */
export function scopeOf(reading: Reading, filters: Scope): Scope {
  return { ...filters, period: reading.period, spans: reading.spans, people: reading.people };
}

/**
 * Of a period first from the documents of that time, of somebody from those that introduce them; only where those do not
 * say, from what others say of it. Where none say, the first that there are tell what is missing.
 */
async function answerSide(side: Side, parts: AnsweringParts): Promise<AnsweredSide> {
  const { period, people, documents } = side;
  if (period === null && people.length === 0) return answerWithin(side, documents, parts);
  const own = period === null ? documentsOfPeople(side, parts.index) : documentsOf(period, parts.index);
  const first = await answerWithin(side, own, parts);
  if (first.statements.length > 0) return first;
  const second = await answerWithin(side, documents, parts);
  return second.statements.length > 0 || own.length === 0 ? second : first;
}

/** Of the documents that write the name those that introduce the person: elsewhere it may be another of that name. */
function documentsOfPeople({ documents, people }: Side, index: SearchableIndex): string[] {
  const names = new Set(people.map(({ name }) => name));
  return index.documents.flatMap(({ document: { documentId, people: known } }) =>
    (documents?.includes(documentId) ?? true) && known.some(({ name }) => names.has(name)) ? documentId : [],
  );
}

/** Which sentences a side takes, and which where there are none of these. */
function allowing({ question, title, people }: Side): (Allows | undefined)[] {
  if (people.length === 0) return [undefined];
  const did = DID.exec(question);
  const isSubject = did !== null && question.slice(did.index + did[0].length).startsWith(title);
  return isSubject ? [namedFirst(people), sayingOf(people)] : [sayingOf(people)];
}

const DID = /\b(?:did|do|does|has|have|had|will|would)\s+(?:the\s+)?/i;
/** Whoever does what a sentence says is named among so many of its first words. */
const SUBJECT = 6;

function namedFirst(people: readonly Person[]): Allows {
  const names = new Set(people.flatMap(({ name }) => terms(name)));
  return (_, own) => own.slice(0, SUBJECT).some((term) => names.has(term));
}

/** Whether a sentence can be under these people: it names them, or speaks of nobody else. */
function sayingOf(people: readonly Person[]): Allows {
  const names = new Set(people.flatMap(({ name }) => terms(name)));
  const { speaksOf, speaksOfOthers } = peopleTest(people);
  return (text, own, document) => {
    if (own.some((term) => names.has(term))) return true;
    // "Councillor" is the office of several: beside another's name it is that one's.
    if (TITLED.test(text) || own.some((term) => isNameOf(document, term))) return false;
    return speaksOf(own, document) || !speaksOfOthers(own, document);
  };
}

/** Ids of the documents of that time: by their date, or where they have none by their title or file name. */
function documentsOf(period: Period, index: SearchableIndex): string[] {
  const isOf = ({ date, title, path }: Document) => {
    if (date !== null) return within(date, period);
    const named = datesIn(`${title} ${path.replace(/[-_./]/g, " ")}`);
    return named.some(({ spans }) => spans.some(({ from }) => from !== null && within(from, period)));
  };
  return index.documents.flatMap(({ document }) => (isOf(document) ? document.documentId : []));
}

async function answerWithin(
  side: Side,
  documents: readonly string[] | undefined,
  parts: AnsweringParts,
): Promise<AnsweredSide> {
  const { index, retriever, answerer, limit, filters } = parts;
  const reading = readQuestion(withoutChange(side.question), index);
  const scope = scopeOf(reading, { ...filters, documents: both(filters.documents, documents) });
  const evidence = await retriever.retrieve(reading.question, limit, scope);
  const finding =
    (await judge(reading, evidence, index, scope, retriever.nearestWord)) ?? absent(reading, index, scope);
  let statements: readonly DraftStatement[] = [];
  for (const allows of finding === null ? allowing(side) : []) {
    const theirs = allows === undefined ? evidence : evidence.filter((passage) => hasSentence(passage, allows));
    if (statements.length === 0) statements = await answerer.answer(reading, theirs, allows);
  }
  return { side, statements: withinQuota(statements), evidence, finding };
}

function hasSentence({ passage: { text }, document }: RankedPassage, allows: Allows): boolean {
  return splitSentences(text).some(({ start, end }) => {
    const sentence = text.slice(start, end);
    return allows(sentence, terms(sentence), document);
  });
}

/** A word that the question turns on, and that stands elsewhere but nowhere on this side. */
function absent(reading: Reading, index: SearchableIndex, scope: Scope): Finding | null {
  const allows = inScope(index, scope);
  const total = reading.terms.reduce((sum, { weight }) => sum + weight, 0);
  const missing = reading.terms.filter(
    ({ term, weight }) =>
      weight >= DECISIVE_SHARE * total &&
      documentsWith(index, term, allows).length === 0 &&
      documentsWith(index, term).length > 0,
  );
  if (missing.length === 0) return null;
  return { reason: "missing-terms", message: "", missingTerms: missing.map(({ word }) => word) };
}

/** Those that answer best, in the order to be read. */
function withinQuota(statements: readonly DraftStatement[]): DraftStatement[] {
  const best = statements.toSorted((a, b) => a.rank - b.rank).slice(0, QUOTA);
  return statements.filter((statement) => best.includes(statement));
}

/** Documents that both allow; undefined allows all. */
export function both(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a.filter((documentId) => b.includes(documentId));
}

/** With the text: the items of a list begin with the same quote, the line that introduces them. */
function placeOf({ text, quotes: [quote] }: DraftStatement): string {
  return `${quote?.source.document.documentId}:${quote?.start} ${text}`;
}

/** When the side is of: its period, else the first document that is quoted for it. */
function dateOf({ side, statements }: AnsweredSide): IsoDate | null {
  if (side.period !== null) return side.period.from ?? side.period.to;
  const dates = statements.flatMap(({ quotes }) => quotes.flatMap(({ source }) => source.document.date ?? []));
  return dates.sort()[0] ?? null;
}

/** What was found for any side, each passage once, by its best score. */
function bestOfEach(sides: readonly AnsweredSide[]): RankedPassage[] {
  const best = new Map<number, RankedPassage>();
  for (const one of sides.flatMap(({ evidence }) => evidence)) {
    if (one.score > (best.get(one.ordinal)?.score ?? -1)) best.set(one.ordinal, one);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
}

/** "“Fares” stands in no document of “1974”." Only of words: what they mean may be written in others. */
function withoutEvidence(side: Side, finding: Finding | null, index: SearchableIndex): string {
  const { title, period, documents } = side;
  if (finding?.reason === "no-document-in-period") return `No document is of ${quoted(title)} or speaks of that time.`;
  if (documents?.length === 0) return `${quoted(title)} stands in none of the documents.`;
  const isNowhere = (word: string) => terms(word).every((term) => documentsWith(index, term).length === 0);
  const missing = finding?.missingTerms ?? [];
  const standing = (words: readonly string[], where: string) => {
    const names = [...new Set(words.map((word) => quoted(wholeName(word, side.question))))];
    return names.length === 0 ? [] : [`${list(names)} ${names.length === 1 ? "stands" : "stand"} in ${where}.`];
  };
  const said = [
    ...standing(missing.filter(isNowhere), "none of the documents"),
    ...standing(
      missing.filter((word) => !isNowhere(word)),
      whereOf(side, period !== null && documentsOf(period, index).length === 0, index),
    ),
  ];
  return said.length > 0 ? said.join(" ") : `Nothing ${nearOf(side, index)} comes near enough to the question.`;
}

/** "Salt Bay" of "bay", where the question writes more than that one word with capitals. */
function wholeName(word: string, question: string): string {
  if (!/^\p{Lu}/u.test(word)) return word;
  const run = question.match(/(?<=\S\s)\p{Lu}[\p{L}\p{N}-]*(?:\s\p{Lu}[\p{L}\p{N}-]*)+/gu) ?? [];
  return run.find((name) => name.split(" ").includes(word)) ?? word;
}

/** Where words are missing: "no document of “1974”", "no document that names Colley". */
function whereOf(side: Side, isOnlySpokenOf: boolean, index: SearchableIndex): string {
  const { title, period, documents, documentId } = side;
  if (isOnlySpokenOf) return `nothing that is said of ${quoted(title)}; no document is of that time`;
  if (documentId !== null) return `no passage of ${quoted(titleOf(side, index))}`;
  if (period !== null) return `no document of ${quoted(title)}`;
  return documents === undefined ? "none of the documents" : `no document that names ${title}`;
}

function nearOf(side: Side, index: SearchableIndex): string {
  if (side.people.length > 0) return `that is said of ${side.title}`;
  return `in ${side.period !== null ? `what is of ${quoted(side.title)}` : quoted(titleOf(side, index))}`;
}

/** Of a side that is a document its title; the question may name it by less. */
function titleOf({ title, documentId }: Side, index: SearchableIndex): string {
  return index.documents.find(({ document }) => document.documentId === documentId)?.document.title ?? title;
}

/**
 * The documents that speak of what the question asks, each a side, for a question that names none; fewer than two where
 * only one does.
 */
export async function documentsAsSides(
  question: string,
  { index, retriever, filters }: AnsweringParts,
): Promise<Side[]> {
  const reading = readQuestion(withoutChange(question), index);
  const found = await retriever.retrieve(reading.question, LOOKED_AT, scopeOf(reading, filters));
  const least = NEAR * (found[0]?.score ?? 0);
  const documents = new Set(found.filter(({ score }) => score >= least).map(({ document }) => document));
  return [...documents].slice(0, MOST_DOCUMENTS).map(({ documentId, title }) => ({
    title,
    question,
    documents: [documentId],
    documentId,
    period: null,
    people: [],
  }));
}
