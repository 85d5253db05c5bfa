import { BestHits } from "../store/best-hits.ts";
import { DELETED, type VectorHit } from "../store/vector-store.ts";
import { contribution, type LexicalIndex, type LexicalPart, listsOf, type TermList, termWeight } from "./bm25.ts";
import { findPlace } from "./postings.ts";

/** A text's terms, and what its BM25 score counts in the sum. */
export interface WeightedTerms {
  readonly terms: readonly string[];
  /** At least 0. */
  readonly weight: number;
}

/** The scores of passages for texts, looked up where needed. */
export interface LexicalQuery {
  /** The `limit` passages with the largest scores above 0, best first, ties by ordinal; only those that `allows`. */
  best(limit: number, allows?: (ordinal: number) => boolean): VectorHit[];
  /** The score of each of these passages. */
  scores(ordinals: readonly number[]): number[];
}

/** A term of the query, once however often it stands in it. */
interface QueryTerm {
  readonly lists: readonly TermList[];
  /** Its weight in BM25, in every text alike. */
  readonly weight: number;
  /** How often it stands in the texts, each time by the text's weight. */
  readonly share: number;
}

/** Below its threshold by more than this share, a sum of float32 numbers is surely below it. */
const SLACK = 1e-5;

/**
 * The weighted sum of the BM25 scores of some texts, as adding up `lexicalScores` text by text gives it, to the last bit.
 * The best are found without scoring every passage: MaxScore (Turtle and Flood 1995, "Query Evaluation: Strategies and
 * Optimizations"). Terms are put in order of the most that each can add. While the first few together stay below what the
 * worst of the best has, no passage is looked for in their lists: only passages of the other lists can be among the best.
 */
export function lexicalQuery(index: LexicalIndex, texts: readonly WeightedTerms[]): LexicalQuery {
  const numbers = new Map<string, number>();
  const shares: number[] = [];
  const numbered = texts.map(({ terms, weight }) => ({
    weight,
    terms: terms.map((term) => {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      shares[number] = (shares[number] ?? 0) + weight;
      return number;
    }),
  }));
  const terms = [...numbers.keys()].map(
    (term, number): QueryTerm => ({
      lists: listsOf(index, term),
      weight: termWeight(index, term),
      share: shares[number] ?? 0,
    }),
  );

  /** In the order of the texts and rounded as arrays of float32 are, so that it does not matter how a passage was found. */
  function exact(frequencies: Uint8Array, length: number): number {
    let total = 0;
    for (const text of numbered) {
      let score = 0;
      for (const number of text.terms) {
        const frequency = frequencies[number] ?? 0;
        if (frequency === 0) continue;
        score = Math.fround(score + contribution(terms[number]?.weight ?? 0, frequency, length, index.averageLength));
      }
      total = Math.fround(total + text.weight * score);
    }
    return total;
  }

  return {
    best(limit, allows) {
      if (limit < 1) return [];
      const hits = new BestHits(limit);
      for (const part of index.parts) searchPart(part, terms, index.averageLength, hits, exact, allows);
      return hits.sorted();
    },
    scores: (ordinals) =>
      ordinals.map((ordinal) => {
        const part = index.parts[index.partOf[ordinal] ?? -1];
        const place = index.placeOf[ordinal] ?? -1;
        const frequencies = Uint8Array.from(terms, ({ lists }) => {
          const list = lists.find((one) => one.part === part);
          if (list === undefined) return 0;
          const { places, frequencies } = list.part.postings;
          const at = findPlace(places, place, list.from, list.end);
          return at < list.end && places[at] === place ? (frequencies[at] ?? 0) : 0;
        });
        return exact(frequencies, part?.postings.lengths[place] ?? 0);
      }),
  };
}

/** A list that is gone through. */
interface Cursor {
  readonly number: number;
  readonly factor: number;
  readonly end: number;
  at: number;
  /** The most that the term can add, and it with those before it. */
  readonly most: number;
  together: number;
}

function searchPart(
  part: LexicalPart,
  terms: readonly QueryTerm[],
  averageLength: number,
  hits: BestHits,
  exact: (frequencies: Uint8Array, length: number) => number,
  allows?: (ordinal: number) => boolean,
): void {
  const { places, frequencies, lengths } = part.postings;
  const cursors = cursorsOf(part, terms, averageLength);
  const found = new Uint8Array(terms.length);
  const least = () => Math.max(0, hits.least * (1 - SLACK));
  let enough = least();
  let firstEssential = essentialFrom(cursors, enough);
  for (;;) {
    let place = DELETED;
    for (let i = firstEssential; i < cursors.length; i++) {
      const cursor = cursors[i];
      if (cursor && cursor.at < cursor.end) place = Math.min(place, places[cursor.at] ?? DELETED);
    }
    if (place === DELETED) return;
    const length = lengths[place] ?? 0;
    let sum = 0;
    found.fill(0);
    for (let i = firstEssential; i < cursors.length; i++) {
      const cursor = cursors[i];
      if (!cursor || cursor.at >= cursor.end || places[cursor.at] !== place) continue;
      const frequency = frequencies[cursor.at++] ?? 0;
      found[cursor.number] = frequency;
      sum += contribution(cursor.factor, frequency, length, averageLength);
    }
    const ordinal = part.ordinals[place] ?? DELETED;
    if (ordinal === DELETED || (allows && !allows(ordinal))) continue;
    let mayBeGood = true;
    for (let i = firstEssential - 1; i >= 0 && mayBeGood; i--) {
      const cursor = cursors[i];
      if (!cursor) continue;
      mayBeGood = sum + cursor.together >= enough;
      if (!mayBeGood) break;
      cursor.at = findPlace(places, place, cursor.at, cursor.end);
      if (cursor.at >= cursor.end || places[cursor.at] !== place) continue;
      const frequency = frequencies[cursor.at] ?? 0;
      found[cursor.number] = frequency;
      sum += contribution(cursor.factor, frequency, length, averageLength);
    }
    if (!mayBeGood || sum < enough) continue;
    const score = exact(found, length);
    if (score <= 0) continue;
    hits.add(ordinal, score);
    enough = least();
    firstEssential = essentialFrom(cursors, enough, firstEssential);
  }
}

/** The lists of a part, that which can add least first. */
function cursorsOf(part: LexicalPart, terms: readonly QueryTerm[], averageLength: number): Cursor[] {
  const { most, shortest } = part.postings;
  const cursors = terms.flatMap(({ lists, weight, share }, number): Cursor[] => {
    const list = lists.find((one) => one.part === part);
    if (list === undefined) return [];
    const { term, from, end } = list;
    const factor = weight * share;
    const highest = contribution(factor, most[term] ?? 0, shortest[term] ?? 0, averageLength);
    return [{ number, factor, end, at: from, most: highest, together: 0 }];
  });
  cursors.sort((a, b) => a.most - b.most);
  let together = 0;
  for (const cursor of cursors) {
    together += cursor.most;
    cursor.together = together;
  }
  return cursors;
}

/** The first list that is needed: those before it cannot reach `enough` together. */
function essentialFrom(cursors: readonly Cursor[], enough: number, from = 0): number {
  let first = from;
  while (first < cursors.length && (cursors[first]?.together ?? 0) < enough) first++;
  return first;
}
