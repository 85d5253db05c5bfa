import { DELETED, type PassagePlaces, type SnapshotSegment } from "../store/vector-store.ts";
import { findPlace, type Postings, parsePostings, termNumber } from "./postings.ts";

/**
 * Okapi BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") over postings in typed arrays.
 * k1 and b as Anserini sets them for short passages; idf is Lucene's, which is never negative.
 */
const K1 = 0.9;
const B = 0.4;

/** The postings of a segment, and the ordinal of the passage at each of its places, or DELETED. */
export interface LexicalPart {
  readonly postings: Postings;
  readonly ordinals: Uint32Array;
  /** Whether no passage of it is deleted. */
  readonly isWhole: boolean;
}

/** The postings of all segments as one. What is counted is counted over the passages that are not deleted. */
export interface LexicalIndex extends PassagePlaces {
  readonly parts: readonly LexicalPart[];
  readonly passages: number;
  /** Terms a passage. */
  readonly averageLength: number;
}

/** Opens the postings of a snapshot's segments. Throws IndexError `index-damaged` when they do not fit it. */
export function lexicalIndexOf(segments: readonly SnapshotSegment[], { partOf, placeOf }: PassagePlaces): LexicalIndex {
  const passages = partOf.length;
  let total = 0;
  const parts = segments.map(({ postings: bytes, ordinals }): LexicalPart => {
    const postings = parsePostings(bytes, ordinals.length);
    let living = 0;
    for (let place = 0; place < ordinals.length; place++) {
      if ((ordinals[place] ?? DELETED) === DELETED) continue;
      total += postings.lengths[place] ?? 0;
      living++;
    }
    return { postings, ordinals, isWhole: living === ordinals.length };
  });
  return { parts, passages, averageLength: total / Math.max(1, passages) || 1, partOf, placeOf };
}

/** Where the postings of a term are in a part. */
export interface TermList {
  readonly part: LexicalPart;
  readonly term: number;
  readonly from: number;
  readonly end: number;
}

/** The lists of the term in the parts that have it. */
export function listsOf({ parts }: LexicalIndex, term: string): TermList[] {
  const bytes = Buffer.from(term);
  return parts.flatMap((part) => {
    const number = termNumber(part.postings, bytes);
    if (number < 0) return [];
    const { offsets } = part.postings;
    return [{ part, term: number, from: offsets[number] ?? 0, end: offsets[number + 1] ?? 0 }];
  });
}

/** Of passages that are not deleted. */
function livingIn({ part, from, end }: TermList): number {
  if (part.isWhole) return end - from;
  let count = 0;
  for (let i = from; i < end; i++) if (part.ordinals[part.postings.places[i] ?? 0] !== DELETED) count++;
  return count;
}

/** In how many passages the term stands. */
export function passageFrequency(index: LexicalIndex, term: string): number {
  return listsOf(index, term).reduce((sum, list) => sum + livingIn(list), 0);
}

/** Ordinals of the passages that hold the term, ascending. */
export function passagesWith(index: LexicalIndex, term: string): Uint32Array {
  const lists = listsOf(index, term);
  const found = new Uint32Array(lists.reduce((sum, { from, end }) => sum + end - from, 0));
  let count = 0;
  for (const { part, from, end } of lists) {
    for (let i = from; i < end; i++) {
      const ordinal = part.ordinals[part.postings.places[i] ?? 0] ?? DELETED;
      if (ordinal !== DELETED) found[count++] = ordinal;
    }
  }
  const living = found.subarray(0, count);
  return lists.length > 1 ? living.sort() : living;
}

/** ln(1 + (N - n + 0.5) / (n + 0.5)): above 0, the larger the rarer. */
export function inverseFrequency(index: LexicalIndex, term: string): number {
  const n = passageFrequency(index, term);
  return Math.log(1 + (index.passages - n + 0.5) / (n + 0.5));
}

/** Whether the passage holds the term. */
export function holds(index: LexicalIndex, term: string, ordinal: number): boolean {
  const [part, place] = [index.parts[index.partOf[ordinal] ?? -1], index.placeOf[ordinal] ?? -1];
  return listsOf(index, term).some(({ part: own, from, end }) => {
    const at = own === part ? findPlace(own.postings.places, place, from, end) : end;
    return at < end && own.postings.places[at] === place;
  });
}

/** What a term adds to the score of a passage that holds it `frequency` times among `length` terms. */
export function contribution(weight: number, frequency: number, length: number, averageLength: number): number {
  return (weight * frequency) / (frequency + K1 * (1 - B + (B * length) / averageLength));
}

/** A term's weight in every passage, which its contribution never reaches. */
export function termWeight(index: LexicalIndex, term: string): number {
  return inverseFrequency(index, term) * (K1 + 1);
}

/** The BM25 score of every passage for these terms (a repeated term counts once for each time), by ordinal. */
export function lexicalScores(index: LexicalIndex, query: readonly string[]): Float32Array {
  const scores = new Float32Array(index.passages);
  for (const term of query) {
    const weight = termWeight(index, term);
    for (const { part, from, end } of listsOf(index, term)) {
      const { places, frequencies, lengths } = part.postings;
      for (let i = from; i < end; i++) {
        const place = places[i] ?? 0;
        const ordinal = part.ordinals[place] ?? DELETED;
        if (ordinal === DELETED) continue;
        const added = contribution(weight, frequencies[i] ?? 0, lengths[place] ?? 0, index.averageLength);
        scores[ordinal] = (scores[ordinal] ?? 0) + added;
      }
    }
  }
  return scores;
}

/** What no passage can exceed for these terms: each of them infinitely often. Known to the index or not. */
export function lexicalBound(index: LexicalIndex, query: readonly string[]): number {
  return query.reduce((sum, term) => sum + termWeight(index, term), 0);
}
