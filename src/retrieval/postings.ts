import { IndexError } from "../errors.ts";

/**
 * The lexical index of a segment: which passages hold which terms, how often. A passage is known by its place in the
 * segment. It is searched in the bytes of its file (little-endian, each part at a multiple of 4), as they are:
 *   "PBM2", passages, terms, postings, bytes of the vocabulary, terms of all passages, numbers in times, 0   uint32 each
 *   vocabulary      UTF-8, one term after the other, in order of their bytes
 *   wordEnds        uint32 × (terms + 1): term t is the bytes wordEnds[t] .. wordEnds[t + 1] of it
 *   offsets         uint32 × (terms + 1): the postings of term t are offsets[t] .. offsets[t + 1]
 *   lengths         uint32 × passages: terms of each
 *   timeEnds        uint32 × (passages + 1): the times that passage p writes out are timeEnds[p] .. timeEnds[p + 1]
 *   times           uint32: see passage-times.ts
 *   places          passages that hold the term, ascending, × postings: uint16 where a segment has at most 65,536, else uint32
 *   shortest        uint16 × terms: the length of the shortest passage that holds the term, at most 65,535
 *   most            uint8 × terms: how often the term stands where it stands most
 *   frequencies     uint8 × postings: how often it stands there, at most 255
 */
export interface Postings {
  readonly vocabulary: Buffer;
  readonly wordEnds: Uint32Array;
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
  readonly timeEnds: Uint32Array;
  readonly times: Uint32Array;
  readonly places: Places;
  readonly shortest: Uint16Array;
  readonly most: Uint8Array;
  readonly frequencies: Uint8Array;
  /** The sum of all lengths. */
  readonly totalLength: number;
}

export type Places = Uint16Array | Uint32Array;

/** For so many places, the smallest numbers that hold them, in a segment of so many passages. */
export function placesFor(passages: number, count: number): Places {
  return passages <= 65_536 ? new Uint16Array(count) : new Uint32Array(count);
}

const MAGIC = 0x324d4250;
const HEADER_BYTES = 32;
export const MOST_FREQUENT = 255;

const align = (bytes: number) => Math.ceil(bytes / 4) * 4;

export function serializePostings(postings: Postings): Uint8Array {
  const { vocabulary, wordEnds, offsets, lengths, timeEnds, times, places, shortest, most, frequencies } = postings;
  const counts = [lengths.length, most.length, places.length, vocabulary.length, postings.totalLength, times.length];
  const header = Uint32Array.of(MAGIC, ...counts, 0);
  const parts = [header, vocabulary, wordEnds, offsets, lengths, timeEnds, times, places, shortest, most, frequencies];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + align(part.byteLength), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += align(part.byteLength);
  }
  return bytes;
}

/** Views of what `serializePostings` wrote. Throws IndexError `index-damaged` when the bytes are not that. */
export function parsePostings(source: Uint8Array, passages: number): Postings {
  // Typed arrays need their alignment, which a slice of a larger buffer may lack.
  const bytes = source.byteOffset % 4 === 0 ? source : source.slice();
  if (bytes.byteLength < HEADER_BYTES) throw damaged("it is too short");
  const [magic, count, terms = 0, postings = 0, vocabularyBytes = 0, totalLength = 0, timeNumbers = 0] =
    new Uint32Array(bytes.buffer, bytes.byteOffset, 8);
  if (magic !== MAGIC || count !== passages) throw damaged("it does not belong to these passages");
  const placeBytes = placesFor(count, 0).BYTES_PER_ELEMENT;
  const words = align(vocabularyBytes) + 4 * (2 * (terms + 1) + 2 * count + 1 + timeNumbers);
  const needed =
    HEADER_BYTES + words + align(placeBytes * postings) + align(2 * terms) + align(terms) + align(postings);
  if (bytes.byteLength !== needed) throw damaged(`${bytes.byteLength} bytes instead of ${needed}`);
  let at = bytes.byteOffset + HEADER_BYTES;
  const vocabulary = Buffer.from(bytes.buffer, at, vocabularyBytes);
  at += align(vocabularyBytes);
  const take = <T extends Places | Uint8Array>(make: (at: number) => T): T => {
    const part = make(at);
    at += align(part.byteLength);
    return part;
  };
  const words32 = (length: number) => take((from) => new Uint32Array(bytes.buffer, from, length));
  const [wordEnds, offsets, lengths] = [words32(terms + 1), words32(terms + 1), words32(count)];
  const [timeEnds, times] = [words32(count + 1), words32(timeNumbers)];
  const places = placeBytes === 2 ? take((from) => new Uint16Array(bytes.buffer, from, postings)) : words32(postings);
  const shortest = take((from) => new Uint16Array(bytes.buffer, from, terms));
  const most = take((from) => new Uint8Array(bytes.buffer, from, terms));
  const frequencies = take((from) => new Uint8Array(bytes.buffer, from, postings));
  if (offsets[terms] !== postings || wordEnds[terms] !== vocabularyBytes || timeEnds[count] !== timeNumbers)
    throw damaged("its vocabulary does not fit");
  return { vocabulary, wordEnds, offsets, lengths, timeEnds, times, places, shortest, most, frequencies, totalLength };
}

function damaged(reason: string): IndexError {
  return new IndexError("index-damaged", `The lexical index is damaged: ${reason}`, "Run `pilcrow index --rebuild`.");
}

/** The term's number, -1 where the segment has none such: a binary search in the bytes. */
export function termNumber({ vocabulary, wordEnds }: Postings, term: Buffer): number {
  let low = 0;
  let high = wordEnds.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = vocabulary.compare(term, 0, term.length, wordEnds[middle], wordEnds[middle + 1]);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** Where in `places` the place stands among the postings from `from` to `end`, or would stand. */
export function findPlace(places: Places, place: number, from: number, end: number): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
