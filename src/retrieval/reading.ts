import type { Period, Person } from "../types.ts";
import { inverseFrequency } from "./bm25.ts";
import type { Span } from "./calendar.ts";
import { isOfAny, timesOf } from "./document-times.ts";
import { isWrittenAsName } from "./names.ts";
import { peopleInRole, peopleNamed } from "./people.ts";
import { readPeriods } from "./period.ts";
import { periodContext } from "./period-context.ts";
import type { SearchableIndex } from "./searchable.ts";
import { withStandingTerms } from "./standing-term.ts";
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
  /** Offsets into the question, half open. */
  readonly start: number;
  readonly end: number;
}

/** What a question was read to ask. */
export interface Reading {
  readonly question: string;
  /** Its words of substance, each once, in order; the words of the period are not among them. */
  readonly terms: readonly QueryTerm[];
  readonly period: Period | null;
  /** What of the period is searched: of "in 2006 and in 2017" these two years. Empty where there is no period. */
  readonly spans: readonly Span[];
  /** The times it sets side by side, in its order; empty where there are fewer than two. */
  readonly sides: readonly Period[];
  readonly people: readonly Person[];
}

/**
 * A capital inside the question, three digits or a code mark a name. A question without capitals, or with nothing else,
 * marks none: there the documents decide.
 */
function isNamed(word: string, first: boolean, question: string): boolean {
  if (/\p{N}/u.test(word)) return word.length >= 3;
  if (question === question.toUpperCase() || isTitleCase(question)) return false;
  return first ? /^\p{Lu}{2,}$/u.test(word) : /^\p{Lu}/u.test(word);
}

function isTitleCase(question: string): boolean {
  const words = question.match(/\p{L}{4,}/gu) ?? [];
  return words.length > 3 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** Reads a standalone question against an index: what it is about, of when, and of whom. */
export function readQuestion(question: string, index: SearchableIndex): Reading {
  const { period, spans, sides, words } = readPeriods(question, periodContext(index));
  // Somebody who types a capital for one name types it for the others.
  const isLowerCase = !/\S.*\p{Lu}/u.test(question) || isTitleCase(question);
  // What a follow-up was asked after stands in brackets at its end; an answer need not name it again.
  const context = /\s\([^()]*\)\?$/.exec(question)?.index ?? question.length;
  const seen = new Set<string>();
  const found: QueryTerm[] = [];
  for (const token of withStandingTerms(contentTokens(question), question, index.lexical)) {
    const word = question.slice(token.start, token.end);
    const inPeriod = words.some(({ start, end }) => token.start >= start && token.end <= end);
    if (inPeriod || seen.has(token.term)) continue;
    seen.add(token.term);
    const first = question.slice(0, token.start).trim() === "" || /[.?!:]\s*$/.test(question.slice(0, token.start));
    found.push({
      term: token.term,
      word,
      weight: inverseFrequency(index.lexical, token.term),
      named:
        token.start < context &&
        (isNamed(word, first, question) || (isLowerCase && isWrittenAsName(index, word, token.term))),
      start: token.start,
      end: token.end,
    });
  }
  const named = peopleNamed(question, index);
  const people = named.length > 0 ? named : peopleInRole(question, index, isOf(spans, index));
  return { question, terms: found, period, spans, sides, people };
}

/** Whether the document of this position is of the period, or may be. */
function isOf(spans: readonly Span[], index: SearchableIndex): (position: number) => boolean {
  return (position) => {
    const document = index.documents[position]?.document;
    return spans.length === 0 || document === undefined || timesOf(document).length === 0 || isOfAny(document, spans);
  };
}
