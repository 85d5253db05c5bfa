import { passageHeader } from "../documents/header.ts";
import { indexedBody } from "../documents/indexed-text.ts";
import { DELETED, type LexicalCodec } from "../store/vector-store.ts";
import type { IndexedDocument } from "../types.ts";
import { timesIn } from "./passage-times.ts";
import { MOST_FREQUENT, type Places, type Postings, parsePostings, placesFor, serializePostings } from "./postings.ts";
import { terms } from "./tokenize.ts";

/** Postings as bytes: made from documents, or from those of segments, to the same bytes. */
export const lexicalCodec: LexicalCodec = {
  build: (documents) => serializePostings(buildPostings(wordsOf(documents))),
  merge: (parts, passages) =>
    serializePostings(
      mergePostings(
        parts.map(({ postings, places }) => ({ postings: parsePostings(postings, places.length), places })),
        passages,
      ),
    ),
};

/** What of a passage is indexed. */
export interface PassageWords {
  readonly terms: readonly string[];
  /** The times that it writes out, as `timesIn` gives them. */
  readonly times: readonly number[];
}

/** Those of each passage; the terms of a header, which many share, are made once. */
function* wordsOf(documents: readonly IndexedDocument[]): Generator<PassageWords> {
  for (const { document, passages } of documents) {
    const headers = new Map<string | undefined, readonly string[]>();
    for (const passage of passages) {
      const header = headers.get(passage.section) ?? terms(passageHeader(document, passage));
      headers.set(passage.section, header);
      yield { terms: [...header, ...terms(indexedBody(passage))], times: timesIn(passage.text) };
    }
  }
}

interface List {
  readonly places: number[];
  readonly frequencies: number[];
}

/** The postings of these passages; the place of each is its position. */
export function buildPostings(passages: Iterable<PassageWords>): Postings {
  const collected = new Collected();
  for (const passage of passages) collected.add(passage);
  return collected.postings();
}

/** Makes the bytes that `lexicalCodec.build` makes of all documents together, a few at a time. */
export function lexicalBuilder(): { add(documents: readonly IndexedDocument[]): void; bytes(): Uint8Array } {
  const collected = new Collected();
  return {
    add(documents) {
      for (const passage of wordsOf(documents)) collected.add(passage);
    },
    bytes: () => serializePostings(collected.postings()),
  };
}

/** The lists of terms while they grow. A class, as it is all state. */
class Collected {
  readonly #lists = new Map<string, List>();
  readonly #lengths: number[] = [];
  readonly #times: number[] = [];
  readonly #timeEnds: number[] = [0];
  #count = 0;

  add({ terms: own, times }: PassageWords): void {
    const place = this.#lengths.push(own.length) - 1;
    this.#times.push(...times);
    this.#timeEnds.push(this.#times.length);
    for (const term of own) {
      let list = this.#lists.get(term);
      if (list === undefined) {
        list = { places: [], frequencies: [] };
        this.#lists.set(term, list);
      }
      const { places, frequencies } = list;
      const last = places.length - 1;
      if (places[last] === place) frequencies[last] = Math.min((frequencies[last] ?? 0) + 1, MOST_FREQUENT);
      else {
        places.push(place);
        frequencies.push(1);
        this.#count++;
      }
    }
  }

  postings(): Postings {
    const words = inByteOrder([...this.#lists.keys()]);
    const builder = new Builder(Uint32Array.from(this.#lengths), words.length, this.#count);
    let wordEnd = 0;
    for (const word of words) {
      const { places = [], frequencies = [] } = this.#lists.get(word) ?? {};
      wordEnd += Buffer.byteLength(word);
      builder.places.set(places, builder.count);
      builder.frequencies.set(frequencies, builder.count);
      builder.endTerm(builder.count + places.length, wordEnd);
    }
    const times = Uint32Array.from(this.#times);
    return builder.postings(Buffer.from(words.join("")), Uint32Array.from(this.#timeEnds), times);
  }
}

/** Strings sort by UTF-16 units, which differ from bytes only where there are characters of two units. */
function inByteOrder(words: string[]): string[] {
  if (words.some((word) => /[\ud800-\udfff]/.test(word)))
    return words.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return words.sort();
}

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
  const builder = new Builder(
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
function mergeLists(cursors: readonly Cursor[], builder: Builder): number {
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

/** Arrays that are filled term by term. A class, as it is all state. */
class Builder {
  readonly places: Places;
  readonly frequencies: Uint8Array;
  /** Postings of the terms that are done. */
  count = 0;
  readonly #lengths: Uint32Array;
  readonly #wordEnds: Uint32Array;
  readonly #offsets: Uint32Array;
  readonly #shortest: Uint16Array;
  readonly #most: Uint8Array;
  #terms = 0;

  /** With room for so many terms and postings at most. */
  constructor(lengths: Uint32Array, terms: number, postings: number) {
    this.#lengths = lengths;
    this.places = placesFor(lengths.length, postings);
    this.frequencies = new Uint8Array(postings);
    this.#wordEnds = new Uint32Array(terms + 1);
    this.#offsets = new Uint32Array(terms + 1);
    this.#shortest = new Uint16Array(terms);
    this.#most = new Uint8Array(terms);
  }

  /** The postings from `count` to `end` are the term's, whose word ends there in the vocabulary. */
  endTerm(end: number, wordEnd: number): void {
    let shortest = 0xffff;
    let most = 0;
    for (let i = this.count; i < end; i++) {
      shortest = Math.min(shortest, this.#lengths[this.places[i] ?? 0] ?? 0);
      most = Math.max(most, this.frequencies[i] ?? 0);
    }
    this.#shortest[this.#terms] = shortest;
    this.#most[this.#terms] = most;
    this.count = end;
    this.#terms++;
    this.#offsets[this.#terms] = end;
    this.#wordEnds[this.#terms] = wordEnd;
  }

  postings(vocabulary: Buffer, timeEnds: Uint32Array, times: Uint32Array): Postings {
    return {
      vocabulary,
      wordEnds: this.#wordEnds.subarray(0, this.#terms + 1),
      offsets: this.#offsets.subarray(0, this.#terms + 1),
      lengths: this.#lengths,
      timeEnds,
      times,
      shortest: this.#shortest.subarray(0, this.#terms),
      places: this.places.subarray(0, this.count),
      most: this.#most.subarray(0, this.#terms),
      frequencies: this.frequencies.subarray(0, this.count),
      totalLength: this.#lengths.reduce((sum, length) => sum + length, 0),
    };
  }
}
