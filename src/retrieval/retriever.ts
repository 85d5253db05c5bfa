import type { Embedder } from "../embedding/embedder.ts";
import type { IndexedDocument, IsoDate, Passage, Period, Person } from "../types.ts";
import { lexicalBound, lexicalScores } from "./bm25.ts";
import { mentionsAny } from "./people.ts";
import { datesIn, within } from "./period.ts";
import { documentAt, type SearchableIndex } from "./searchable.ts";
import { queryTerms } from "./stopwords.ts";
import { terms } from "./tokenize.ts";
import { dot } from "./vectors.ts";

/**
 * The weight of the cosine; the rest is BM25 over the most it could be for this question. A convex combination with
 * theoretical bounds (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): the score
 * means the same for every question. 0.25 to 0.5 are within .01 of each other on every development set.
 */
const DENSE_WEIGHT = 0.35;
/** How many passages each of the two searches may bring in. */
const CANDIDATES = 200;
/** What a passage gains that speaks of somebody whom the question means, and how many of the best are looked at. */
const PEOPLE_BONUS = 0.03;
const RESCORED = 50;

/** Where to search. Everything that is given must hold. */
export interface Scope {
  readonly period?: Period | null;
  /** Whom the question means: passages that speak of them come first. It limits nothing. */
  readonly people?: readonly Person[];
  readonly documents?: readonly string[] | undefined;
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
}

export interface RankedPassage {
  readonly ordinal: number;
  readonly passage: Passage;
  readonly document: IndexedDocument["document"];
  /** The sum of the parts below. */
  readonly score: number;
  /** Weighted cosine. */
  readonly dense: number;
  /** Weighted BM25 over its bound. */
  readonly lexical: number;
  /** For being of the very period that the question names. */
  readonly period: number;
  /** For speaking of the people that the question means. */
  readonly people: number;
}

export interface Retriever {
  readonly name: string;
  /** The best passages within the scope, best first, ties by ordinal. */
  retrieve(question: string, limit: number, scope?: Scope): Promise<RankedPassage[]>;
  /** The largest cosine of the word to any name that these passages write, -1 to 1. */
  nearestName(word: string, passages: readonly RankedPassage[]): Promise<number>;
}

/** Whether a passage is of the period: its document's date decides, or a date that it writes out. Undated ones may be. */
export function ofPeriod(index: SearchableIndex, ordinal: number, period: Pick<Period, "from" | "to">): boolean {
  const { document } = documentAt(index, ordinal);
  if (document.date === null || within(document.date, period)) return true;
  return datesIn(index.passages[ordinal]?.text ?? "").some(({ date }) => within(date, period));
}

/** A test for each passage, or undefined where everything is in scope. */
export function inScope(index: SearchableIndex, scope: Scope): ((ordinal: number) => boolean) | undefined {
  const { period, documents, from, to } = scope;
  if (!period && documents === undefined && from === undefined && to === undefined) return undefined;
  const allowed = new Uint8Array(index.passages.length);
  for (let ordinal = 0; ordinal < allowed.length; ordinal++) {
    const { document } = documentAt(index, ordinal);
    if (documents !== undefined && !documents.includes(document.documentId)) continue;
    // The caller's dates are a filter on documents; what a question says is read more generously.
    if (from !== undefined || to !== undefined) {
      if (document.date === null || !within(document.date, { from: from ?? null, to: to ?? null })) continue;
    }
    if (period && !ofPeriod(index, ordinal, period)) continue;
    allowed[ordinal] = 1;
  }
  return (ordinal) => allowed[ordinal] === 1;
}

/** Lexical and dense search, fused. */
export function hybridRetriever(index: SearchableIndex, embedder: Embedder): Retriever {
  return {
    name: "hybrid",
    async retrieve(question, limit, scope = {}) {
      const allows = inScope(index, scope);
      const query = withoutPeriod(queryTerms(question), scope.period ?? null, index);
      const [vector] = await embedder.embed([question], "query");
      if (vector === undefined) return [];
      const lexical = lexicalScores(index.lexical, query);
      const bound = lexicalBound(index.lexical, query) || 1;

      const cosine = new Map<number, number>();
      for (const hit of index.snapshot.search(vector, Math.max(CANDIDATES, limit), allows))
        cosine.set(hit.ordinal, hit.score);
      const matched = best(lexical, Math.max(CANDIDATES, limit), allows).filter((ordinal) => !cosine.has(ordinal));
      for (const [i, score] of index.snapshot.similarities(vector, matched).entries()) {
        const ordinal = matched[i];
        if (ordinal !== undefined) cosine.set(ordinal, score);
      }

      const ranked: RankedPassage[] = [];
      for (const [ordinal, similarity] of cosine) {
        const passage = index.passages[ordinal];
        if (passage === undefined) continue;
        const dense = DENSE_WEIGHT * similarity;
        const matching = ((1 - DENSE_WEIGHT) * (lexical[ordinal] ?? 0)) / bound;
        ranked.push({
          ordinal,
          passage,
          document: documentAt(index, ordinal).document,
          score: dense + matching,
          dense,
          lexical: matching,
          period: 0,
          people: 0,
        });
      }
      ranked.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
      const mentions = mentionsAny(scope.people ?? []);
      return ranked
        .map((one, i) => (i < RESCORED && mentions(one.passage.text) ? withPeople(one) : one))
        .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
        .slice(0, limit);
    },
    async nearestName(word, passages) {
      const names = new Set(passages.flatMap(({ passage }) => passage.text.match(/\p{Lu}[\p{L}\p{N}]+/gu) ?? []));
      const [vector, ...others] = await embedder.embed(
        [word, ...names].map((name) => name.toLowerCase()),
        "passage",
      );
      return vector === undefined ? -1 : Math.max(-1, ...others.map((other) => dot(vector, other)));
    },
  };
}

function withPeople(ranked: RankedPassage): RankedPassage {
  return { ...ranked, people: PEOPLE_BONUS, score: ranked.score + PEOPLE_BONUS };
}

/**
 * The words of a period say where to look, not what for: those of an open or long one stand for dates that are written
 * otherwise, and those that no passage holds would only lower every score.
 */
function withoutPeriod(query: readonly string[], period: Period | null, index: SearchableIndex): readonly string[] {
  if (period === null) return query;
  const ofPeriod = new Set(terms(period.text));
  const exact = period.from === period.to;
  const kept = query.filter((term) => !ofPeriod.has(term) || (exact && index.lexical.termIds.has(term)));
  return kept.length > 0 ? kept : query;
}

/** The ordinals of the largest scores above 0, best first. */
function best(scores: Float32Array, limit: number, allows?: (ordinal: number) => boolean): number[] {
  const found: number[] = [];
  for (let ordinal = 0; ordinal < scores.length; ordinal++) {
    if ((scores[ordinal] ?? 0) > 0 && (allows === undefined || allows(ordinal))) found.push(ordinal);
  }
  return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
}
