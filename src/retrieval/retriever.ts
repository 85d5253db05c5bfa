import type { Embedder } from "../embedding/embedder.ts";
import type { IndexedDocument, IsoDate, Passage, Period } from "../types.ts";
import { lexicalBound, lexicalScores } from "./bm25.ts";
import { datesIn, within } from "./period.ts";
import { documentAt, type SearchableIndex } from "./searchable.ts";
import { queryTerms } from "./stopwords.ts";

/**
 * The weight of the cosine; the rest is BM25 over the most it could be for this question. A convex combination with
 * theoretical bounds (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): the score
 * means the same for every question. 0.25 to 0.5 are within .01 of each other on every development set.
 */
const DENSE_WEIGHT = 0.35;
/** How many passages each of the two searches may bring in. */
const CANDIDATES = 200;

/** Where to search. Everything that is given must hold. */
export interface Scope {
  readonly period?: Pick<Period, "from" | "to"> | null;
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
      const query = queryTerms(question);
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
      return ranked.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
    },
  };
}

/** The ordinals of the largest scores above 0, best first. */
function best(scores: Float32Array, limit: number, allows?: (ordinal: number) => boolean): number[] {
  const found: number[] = [];
  for (let ordinal = 0; ordinal < scores.length; ordinal++) {
    if ((scores[ordinal] ?? 0) > 0 && (allows === undefined || allows(ordinal))) found.push(ordinal);
  }
  return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
}
