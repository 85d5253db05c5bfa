import { terms } from "./tokenize.ts";

/**
 * Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") over postings in typed arrays.
 * k1 and b as Anserini sets them for short passages; idf is Lucene's, which is never negative.
 */
const K1 = 0.9;
const B = 0.4;

/** Postings of all terms, one after the other: those of term t are at offsets[t] .. offsets[t + 1]. */
export interface LexicalIndex {
  readonly termIds: ReadonlyMap<string, number>;
  readonly offsets: Uint32Array;
  /** Ordinals of the passages that hold the term, ascending. */
  readonly ordinals: Uint32Array;
  /** How often it stands there, at most 65,535. */
  readonly frequencies: Uint16Array;
  /** Terms of each passage. */
  readonly lengths: Uint32Array;
}

/** Builds the index of these texts; the ordinal of a text is its position. */
export function buildLexicalIndex(texts: Iterable<string>): LexicalIndex {
  const termIds = new Map<string, number>();
  const postings: { ordinals: number[]; frequencies: number[] }[] = [];
  const lengths: number[] = [];
  for (const text of texts) {
    const counts = new Map<string, number>();
    let length = 0;
    for (const term of terms(text)) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      length++;
    }
    const ordinal = lengths.push(length) - 1;
    for (const [term, count] of counts) {
      const termId = termIds.get(term) ?? termIds.size;
      termIds.set(term, termId);
      let list = postings[termId];
      if (list === undefined) {
        list = { ordinals: [], frequencies: [] };
        postings[termId] = list;
      }
      list.ordinals.push(ordinal);
      list.frequencies.push(Math.min(count, 0xffff));
    }
  }
  const total = postings.reduce((sum, list) => sum + list.ordinals.length, 0);
  const offsets = new Uint32Array(postings.length + 1);
  const ordinals = new Uint32Array(total);
  const frequencies = new Uint16Array(total);
  let at = 0;
  for (const [termId, list] of postings.entries()) {
    offsets[termId] = at;
    ordinals.set(list.ordinals, at);
    frequencies.set(list.frequencies, at);
    at += list.ordinals.length;
  }
  offsets[postings.length] = at;
  return { termIds, offsets, ordinals, frequencies, lengths: Uint32Array.from(lengths) };
}

/** In how many passages the term stands. */
export function passageFrequency(index: LexicalIndex, term: string): number {
  const id = index.termIds.get(term);
  return id === undefined ? 0 : (index.offsets[id + 1] ?? 0) - (index.offsets[id] ?? 0);
}

/** ln(1 + (N - n + 0.5) / (n + 0.5)): above 0, the larger the rarer. */
export function inverseFrequency(index: LexicalIndex, term: string): number {
  const n = passageFrequency(index, term);
  return Math.log(1 + (index.lengths.length - n + 0.5) / (n + 0.5));
}

/** Whether the passage holds the term. */
export function holds(index: LexicalIndex, term: string, ordinal: number): boolean {
  const id = index.termIds.get(term);
  if (id === undefined) return false;
  let low = index.offsets[id] ?? 0;
  let high = index.offsets[id + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = index.ordinals[middle] ?? 0;
    if (found === ordinal) return true;
    if (found < ordinal) low = middle + 1;
    else high = middle;
  }
  return false;
}

/** The BM25 score of every passage for these terms (a repeated term counts once for each time), by ordinal. */
export function lexicalScores(index: LexicalIndex, query: readonly string[]): Float32Array {
  const count = index.lengths.length;
  const scores = new Float32Array(count);
  const average = index.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, count) || 1;
  for (const term of query) {
    const id = index.termIds.get(term);
    if (id === undefined) continue;
    const weight = inverseFrequency(index, term) * (K1 + 1);
    const end = index.offsets[id + 1] ?? 0;
    for (let i = index.offsets[id] ?? 0; i < end; i++) {
      const ordinal = index.ordinals[i] ?? 0;
      const frequency = index.frequencies[i] ?? 0;
      const norm = K1 * (1 - B + (B * (index.lengths[ordinal] ?? 0)) / average);
      scores[ordinal] = (scores[ordinal] ?? 0) + (weight * frequency) / (frequency + norm);
    }
  }
  return scores;
}

/** What no passage can exceed for these terms: each of them infinitely often. Known to the index or not. */
export function lexicalBound(index: LexicalIndex, query: readonly string[]): number {
  return query.reduce((sum, term) => sum + inverseFrequency(index, term) * (K1 + 1), 0);
}
