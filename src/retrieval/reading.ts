import type { Period, Person } from "../types.ts";
import { inverseFrequency } from "./bm25.ts";
import { peopleNamed } from "./people.ts";
import { readPeriod } from "./period.ts";
import type { SearchableIndex } from "./searchable.ts";
import { contentTokens } from "./stopwords.ts";

/** A word of the question that says what it is about. */
export interface QueryTerm {
  readonly term: string;
  /** As the question writes it. */
  readonly word: string;
  /** Inverse passage frequency: how much finding it says. */
  readonly weight: number;
  /** A name, a number or a code: nothing else can stand for it. */
  readonly named: boolean;
}

/** What a question was read to ask. */
export interface Reading {
  readonly question: string;
  /** Its words of substance, each once, in order; the words of the period are not among them. */
  readonly terms: readonly QueryTerm[];
  readonly period: Period | null;
  readonly people: readonly Person[];
}

/** A capital inside the question, a digit or a word in capitals marks a name; a question in capitals throughout has none. */
function looksNamed(word: string, first: boolean, question: string): boolean {
  if (/\p{N}/u.test(word)) return true;
  if (question === question.toUpperCase() || isTitleCase(question)) return /^\p{Lu}{2,}$/u.test(word) && !first;
  return first ? /^\p{Lu}{2,}$/u.test(word) : /^\p{Lu}/u.test(word);
}

function isTitleCase(question: string): boolean {
  const words = question.match(/\p{L}{4,}/gu) ?? [];
  return words.length > 3 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** Reads a standalone question against an index: what it is about, of when, and of whom. */
export function readQuestion(question: string, index: SearchableIndex): Reading {
  const period = readPeriod(question);
  const periodStart = period === null ? -1 : question.indexOf(period.text);
  const seen = new Set<string>();
  const terms: QueryTerm[] = [];
  for (const token of contentTokens(question)) {
    const word = question.slice(token.start, token.end);
    const inPeriod = period !== null && token.start >= periodStart && token.end <= periodStart + period.text.length;
    if (inPeriod || seen.has(token.term)) continue;
    seen.add(token.term);
    const first = question.slice(0, token.start).trim() === "" || /[.?!:]\s*$/.test(question.slice(0, token.start));
    terms.push({
      term: token.term,
      word,
      weight: inverseFrequency(index.lexical, token.term),
      named: looksNamed(word, first, question),
    });
  }
  return { question, terms, period, people: peopleNamed(question, index) };
}
