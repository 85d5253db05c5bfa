import { dot } from "../dot.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { VectorHit } from "../store/vector-store.ts";
import type { IndexedDocument, Passage, Period } from "../types.ts";
import { inverseFrequency, lexicalBound, passageFrequency } from "./bm25.ts";
import { type Conversation, historyTexts, historyWeight, questionTexts, type WeightedText } from "./history.ts";
import { type LexicalQuery, lexicalQuery } from "./max-score.ts";
import { periodTest } from "./passage-dates.ts";
import { passageWords } from "./passage-words.ts";
import { peopleTest } from "./people.ts";
import { inScope, type Scope, spansOf } from "./scope.ts";
import { documentAt, type SearchableIndex } from "./searchable.ts";
import { contentTokens, queryTerms } from "./stopwords.ts";
import { terms } from "./tokenize.ts";
import { windowGains } from "./windows.ts";
import { type AskedWord, wordingScore, wordingSignals } from "./wording.ts";

/**
 * The weight of the cosine; the rest is BM25 over the most it could be for this question. A convex combination with
 * theoretical bounds (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"): the score
 * means the same for every question. 0.35 to 0.5 are within .003 of each other on every development set.
 */
const DENSE_WEIGHT = 0.45;
/** How many passages each of the two searches may bring in: with 200, nDCG@10 was the same to .0001 on every set. */
const CANDIDATES = 100;
/** How many of the best passages are read word by word: with 25 and 50, nDCG@10 was the same to .0013 on every set, more on one and less on another. */
export const RESCORED = 20;
/** In how many of the best passages the people whom the question means are looked for. */
const PEOPLE_LOOKED_FOR = 50;
/** What a passage gains that speaks of somebody whom the question means. */
const PEOPLE_BONUS = 0.03;
/** In how many of the best passages another word for one of the question is looked for. */
const COMPARED = 5;
/** What a passage gains whose document is of the period, over one that only mentions it. */
const PERIOD_BONUS = 0.05;
/** How many of the question's best passages tell whether it stays with the subject of its history. */
const AGREEING = 5;

export interface RankedPassage {
  readonly ordinal: number;
  readonly passage: Passage;
  readonly document: IndexedDocument["document"];
  /** The sum of the parts below. */
  readonly score: number;
  /** Weighted cosine, of the best window and of the whole passage. */
  readonly dense: number;
  /** Weighted BM25 over its bound. */
  readonly lexical: number;
  /** For how the question's words stand together in it. */
  readonly wording: number;
  /** For being of the very period that the question names. */
  readonly period: number;
  /** For speaking of the people that the question means. */
  readonly people: number;
}

export interface Retriever {
  readonly name: string;
  /**
   * The best passages within the scope, best first, ties by ordinal. Where the question needs what it was asked after,
   * each score is the mean of its own and the conversation's, so weighted.
   */
  retrieve(question: string, limit: number, scope?: Scope, conversation?: Conversation): Promise<RankedPassage[]>;
  /** The largest cosine of the word to any word of the best of these passages, -1 to 1: whether another word stands for it. */
  nearestWord(word: string, passages: readonly RankedPassage[]): Promise<number>;
}

/** Lexical and dense search, fused. */
export function hybridRetriever(index: SearchableIndex, embedder: Embedder): Retriever {
  /** The texts as one search: scores are linear, so that a weighted sum of texts costs one pass. null for no text. */
  async function probe(texts: readonly WeightedText[], period: Period | null): Promise<Probe | null> {
    if (texts.length === 0) return null;
    const vectors = await embedder.embed(
      texts.map(({ text }) => text),
      "query",
    );
    const vector = new Float32Array(embedder.dimension);
    const lexical = texts.map(({ text, weight }, i) => {
      const query = withoutPeriod(queryTerms(text), period, index);
      addTo(vector, vectors[i] ?? new Float32Array(), weight);
      return { terms: query, weight: weight / (lexicalBound(index.lexical, query) || 1) };
    });
    return { vector, lexical: lexicalQuery(index.lexical, lexical) };
  }

  /** The cosine of each of these passages; those that a search has found are not multiplied again. */
  function cosinesOf({ vector }: Probe, ordinals: readonly number[], found: readonly VectorHit[]): Map<number, number> {
    const cosines = new Map(found.map(({ ordinal, score }) => [ordinal, score]));
    const others = ordinals.filter((ordinal) => !cosines.has(ordinal));
    index.snapshot.similarities(vector, others).forEach((cosine, i) => {
      cosines.set(others[i] ?? -1, cosine);
    });
    return cosines;
  }

  /** These passages by their own score, best first. */
  function scored(
    { lexical }: Probe,
    ordinals: readonly number[],
    cosines: ReadonlyMap<number, number>,
  ): RankedPassage[] {
    const words = lexical.scores(ordinals);
    const ranked = ordinals.flatMap((ordinal, i): RankedPassage[] => {
      const passage = index.passages[ordinal];
      if (passage === undefined) return [];
      const dense = DENSE_WEIGHT * (cosines.get(ordinal) ?? 0);
      const matching = (1 - DENSE_WEIGHT) * (words[i] ?? 0);
      const { document } = documentAt(index, ordinal);
      return [
        {
          ordinal,
          passage,
          document,
          score: dense + matching,
          dense,
          lexical: matching,
          wording: 0,
          period: 0,
          people: 0,
        },
      ];
    });
    return ranked.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
  }

  /** Read word by word: what the best window has over the whole passage, `share` of it, and what the wording adds. */
  async function readClosely(
    best: readonly RankedPassage[],
    question: string,
    period: Period | null,
    { vector }: Probe,
    cosines: ReadonlyMap<number, number>,
    share: number,
  ): Promise<RankedPassage[]> {
    const asked = askedWords(question, period, index);
    const gains = await windowGains(
      vector,
      best.map(({ ordinal, passage }) => ({ passage, cosine: cosines.get(ordinal) ?? 0 })),
      embedder,
    );
    return best.map((one, i): RankedPassage => {
      const header = new Set(terms(`${one.document.title} ${one.passage.section ?? ""}`));
      const wording = wordingScore(wordingSignals(asked, passageWords(one.passage), header));
      const gain = DENSE_WEIGHT * share * (gains[i] ?? 0);
      return { ...one, wording, dense: one.dense + gain, score: one.score + gain + wording };
    });
  }

  return {
    name: "hybrid",
    async retrieve(question, limit, scope = {}, conversation) {
      const allows = inScope(index, scope);
      const own = await probe(questionTexts(question, conversation), scope.period ?? null);
      const history = conversation && (await probe(historyTexts(conversation), null));
      if (own === null) return [];

      const wide = Math.max(CANDIDATES, limit);
      const nearest = index.snapshot.search(own.vector, wide, allows);
      const candidates = new Set(nearest.map(({ ordinal }) => ordinal));
      for (const { ordinal } of own.lexical.best(wide, allows)) candidates.add(ordinal);
      for (const { ordinal } of history?.lexical.best(wide, allows) ?? []) candidates.add(ordinal);
      const ordinals = [...candidates];
      const cosines = cosinesOf(own, ordinals, nearest);

      let ranked = scored(own, ordinals, cosines);
      let share = 1;
      if (conversation && history) {
        const past = scored(history, ordinals, cosinesOf(history, ordinals, []));
        const before = new Map(past.map((one) => [one.ordinal, one]));
        const scoreBefore = ({ ordinal }: RankedPassage) => before.get(ordinal)?.score ?? 0;
        const most = Math.max(...ranked.map(scoreBefore));
        // Among few passages the best five would be all of them.
        const looked = Math.min(AGREEING, Math.ceil(index.passages.length / 10));
        const agreement = most > 0 ? Math.max(...ranked.slice(0, looked).map(scoreBefore)) / most : 0;
        const weight = historyWeight(conversation.asked, agreement);
        ranked = ranked.map((one) => mixed(one, before.get(one.ordinal), weight));
        share = 1 / (1 + weight);
      }
      const byScore = (a: RankedPassage, b: RankedPassage) => b.score - a.score || a.ordinal - b.ordinal;
      ranked.sort(byScore);
      const head = Math.max(RESCORED, limit);
      const close = await readClosely(ranked.slice(0, head), question, scope.period ?? null, own, cosines, share);
      ranked = [...close, ...ranked.slice(head)];
      const standing = scope.period ? periodTest(index, spansOf(scope)) : undefined;
      // Where all are of the period, it tells none from another.
      if (standing && ranked.some(({ ordinal }) => standing(ordinal) === "maybe")) {
        ranked = ranked.map((one) => (standing(one.ordinal) === "document" ? withPeriod(one) : one));
      }
      ranked.sort(byScore);
      const { speaksOf } = peopleTest(scope.people ?? []);
      const isAbout = ({ passage, document }: RankedPassage) => speaksOf(terms(passage.text), document);
      return ranked
        .map((one, i) => (scope.people?.length && i < PEOPLE_LOOKED_FOR && isAbout(one) ? withPeople(one) : one))
        .sort(byScore)
        .slice(0, limit);
    },
    async nearestWord(word, passages) {
      const best = passages.slice(0, COMPARED).map(({ passage }) => passage.text.toLowerCase());
      const words = new Set(best.flatMap((text) => text.match(/\p{L}{3,}/gu) ?? []));
      const [vector, ...others] = await embedder.embed([word.toLowerCase(), ...words], "passage");
      return vector === undefined ? -1 : Math.max(-1, ...others.map((other) => dot(vector, other)));
    },
  };
}

interface Probe {
  readonly vector: Float32Array;
  /** BM25 over its bound, 0 to 1. */
  readonly lexical: LexicalQuery;
}

/** The mean of both, the history's weighted, part by part. */
function mixed(own: RankedPassage, history: RankedPassage | undefined, weight: number): RankedPassage {
  const mean = (a: number, b: number | undefined) => (a + weight * (b ?? 0)) / (1 + weight);
  const [dense, lexical] = [mean(own.dense, history?.dense), mean(own.lexical, history?.lexical)];
  return { ...own, dense, lexical, score: dense + lexical };
}

function withPeriod(ranked: RankedPassage): RankedPassage {
  return { ...ranked, period: PERIOD_BONUS, score: ranked.score + PERIOD_BONUS };
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
  const exact = period.from !== null && period.from === period.to;
  const kept = query.filter((term) => !ofPeriod.has(term) || (exact && passageFrequency(index.lexical, term) > 0));
  return kept.length > 0 ? kept : query;
}

/** What the question is about, each word once. */
function askedWords(question: string, period: Period | null, index: SearchableIndex): AskedWord[] {
  const tokens = contentTokens(question);
  const kept = new Set(
    withoutPeriod(
      tokens.map(({ term }) => term),
      period,
      index,
    ),
  );
  const asked = new Map<string, AskedWord>();
  for (const { term } of tokens) {
    if (!kept.has(term) || asked.has(term)) continue;
    asked.set(term, { term, weight: inverseFrequency(index.lexical, term) });
  }
  return [...asked.values()];
}

/** A plain loop: iterators would cost more than the search. */
function addTo(sum: Float32Array, values: Float32Array, weight: number): void {
  for (let i = 0; i < values.length; i++) sum[i] = (sum[i] ?? 0) + weight * (values[i] ?? 0);
}
