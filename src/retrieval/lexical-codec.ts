import { DELETED, type LexicalCodec } from "../store/vector-store.ts";
import { type Postings, parsePostings, serializePostings } from "./postings.ts";
import { PostingsBuilder } from "./postings-builder.ts";
import { wordCollector } from "./word-collector.ts";
import { wordReader } from "./word-reader.ts";

/** Postings as bytes: made from documents, or from those of segments, to the same bytes. */
export const lexicalCodec: LexicalCodec = {
  build(documents) {
    const collector = wordCollector();
    collector.add(wordReader().read(documents));
    return serializePostings(collector.take());
  },
  merge: (parts, passages) =>
    serializePostings(
      mergePostings(
        parts.map(({ postings, places }) => ({ postings: parsePostings(postings, places.length), places })),
        passages,
      ),
    ),
};

interface Part {
  readonly postings: Postings;
  /** Where each passage goes, ascending, or DELETED. */
  readonly places: Uint32Array;
}

/** The postings of what is kept of the parts: their vocabularies and their lists are both sorted, and merged as such. */
export function mergePostings(parts: readonly Part[], passages: number): Postings {
  const lengths = new Uint32Array(passages);
  for (const { postings, places } of parts) {
    for (const [old, place] of places.entries()) if (place !== DELETED) lengths[place] = postings.lengths[old] ?? 0;
  }
  const most = parts.reduce((sum, { postings }) => sum + postings.places.length, 0);
  const builder = new PostingsBuilder(
    lengths,
    parts.reduce((sum, { postings }) => sum + postings.most.length, 0),
    most,
  );
  const vocabulary = Buffer.alloc(parts.reduce((sum, { postings }) => sum + postings.vocabulary.length, 0));
  let wordEnd = 0;
  const cursors = parts.map((part) => ({ ...part, term: 0, at: 0, end: 0 }));
  for (;;) {
    const first = lowest(cursors);
    if (first === null) break;
    const word = wordOf(first);
    const same = cursors.filter((cursor) => isAt(cursor, word));
    const before = builder.count;
    const end = mergeLists(same, builder);
    if (end > before) {
      word.copy(vocabulary, wordEnd);
      wordEnd += word.length;
      builder.endTerm(end, wordEnd);
    }
    for (const cursor of same) cursor.term++;
  }
  return builder.postings(vocabulary.subarray(0, wordEnd), ...mergeTimes(parts, passages));
}

/** Where the times of each passage end, and the times. */
function mergeTimes(parts: readonly Part[], passages: number): [Uint32Array, Uint32Array] {
  const ends = new Uint32Array(passages + 1);
  const each = (use: (place: number, times: Uint32Array) => void) => {
    for (const { postings, places } of parts) {
      for (const [old, place] of places.entries()) {
        if (place === DELETED) continue;
        use(place, postings.times.subarray(postings.timeEnds[old], postings.timeEnds[old + 1]));
      }
    }
  };
  each((place, times) => {
    ends[place + 1] = times.length;
  });
  for (let place = 0; place < passages; place++) ends[place + 1] = (ends[place + 1] ?? 0) + (ends[place] ?? 0);
  const all = new Uint32Array(ends[passages] ?? 0);
  each((place, times) => all.set(times, ends[place]));
  return [ends, all];
}

interface Cursor extends Part {
  term: number;
  at: number;
  end: number;
}

function wordOf({ postings: { vocabulary, wordEnds }, term }: Cursor): Buffer {
  return vocabulary.subarray(wordEnds[term], wordEnds[term + 1]);
}

function isAt(cursor: Cursor, word: Buffer): boolean {
  return cursor.term < cursor.postings.most.length && wordOf(cursor).equals(word);
}

function lowest(cursors: readonly Cursor[]): Cursor | null {
  let first: Cursor | null = null;
  for (const cursor of cursors) {
    if (cursor.term >= cursor.postings.most.length) continue;
    if (first === null || wordOf(cursor).compare(wordOf(first)) < 0) first = cursor;
  }
  return first;
}

/** Puts the lists of one term together by their new places; returns where they end. */
function mergeLists(cursors: readonly Cursor[], builder: PostingsBuilder): number {
  for (const cursor of cursors) {
    cursor.at = cursor.postings.offsets[cursor.term] ?? 0;
    cursor.end = cursor.postings.offsets[cursor.term + 1] ?? 0;
  }
  let count = builder.count;
  for (;;) {
    let next: Cursor | null = null;
    let least = DELETED;
    for (const cursor of cursors) {
      let place = DELETED;
      for (; cursor.at < cursor.end; cursor.at++) {
        place = cursor.places[cursor.postings.places[cursor.at] ?? 0] ?? DELETED;
        if (place !== DELETED) break;
      }
      if (place < least) {
        least = place;
        next = cursor;
      }
    }
    if (next === null) return count;
    builder.places[count] = least;
    builder.frequencies[count++] = next.postings.frequencies[next.at++] ?? 0;
  }
}
