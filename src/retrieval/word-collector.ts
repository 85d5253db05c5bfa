import { MOST_FREQUENT, type Postings } from "./postings.ts";
import { PostingsBuilder } from "./postings-builder.ts";
import type { ReadWords } from "./word-reader.ts";

/** Makes postings of what readers have read, a few documents at a time: those of all of them read together. */
export interface WordCollector {
  /** The next passages, whichever reader has read them. */
  add(words: ReadWords): void;
  /** The postings of what was added since the last call. */
  take(): Postings;
}

export function wordCollector(): WordCollector {
  const numbers = new Map<string, number>();
  /** From each reader's numbers to these. */
  const ours: number[][] = [];
  let collected = new Collected();
  return {
    add(words) {
      const known = ours[words.reader] ?? [];
      ours[words.reader] = known;
      for (const term of words.fresh) {
        const number = numbers.get(term) ?? numbers.size;
        numbers.set(term, number);
        known.push(number);
      }
      collected.add({ ...words, terms: words.terms.map((term) => known[term] ?? 0) }, numbers.size);
    },
    take() {
      const postings = collected.postings(numbers);
      collected = new Collected();
      return postings;
    },
  };
}

/** Room for so many postings to begin with. */
const ROOM = 1 << 14;

/**
 * One entry a posting, in the order of passages: sorted by term at the end, which takes two passes, where a list a term
 * would be 100,000 growing arrays. A class, as it is all state.
 */
class Collected {
  #entryTerms = new Uint32Array(ROOM);
  #entryPlaces = new Uint32Array(ROOM);
  #entryFrequencies = new Uint8Array(ROOM);
  #count = 0;
  /** By term: how many entries it has, and one more than the position of the last. */
  #counts = new Uint32Array(ROOM);
  #lasts = new Uint32Array(ROOM);
  readonly #lengths: number[] = [];
  readonly #times: number[] = [];
  readonly #timeEnds: number[] = [0];

  add({ terms, termEnds, times, timeEnds }: Omit<ReadWords, "reader" | "fresh">, numbers: number): void {
    while (this.#counts.length < numbers) {
      this.#counts = grown(this.#counts);
      this.#lasts = grown(this.#lasts);
    }
    let [at, timeAt] = [0, 0];
    for (const [i, end] of termEnds.entries()) {
      this.#addPassage(terms, at, end);
      for (const timeEnd = timeEnds[i] ?? 0; timeAt < timeEnd; timeAt++) this.#times.push(times[timeAt] ?? 0);
      this.#timeEnds.push(this.#times.length);
      at = end;
    }
  }

  #addPassage(terms: Uint32Array, from: number, end: number): void {
    const first = this.#count;
    const place = this.#lengths.push(end - from) - 1;
    while (this.#entryTerms.length < first + end - from) {
      this.#entryTerms = grown(this.#entryTerms);
      this.#entryPlaces = grown(this.#entryPlaces);
      const frequencies = new Uint8Array(this.#entryTerms.length);
      frequencies.set(this.#entryFrequencies);
      this.#entryFrequencies = frequencies;
    }
    for (let i = from; i < end; i++) {
      const term = terms[i] ?? 0;
      const last = this.#lasts[term] ?? 0;
      // An entry from `first` on is this passage's own.
      if (last > first) {
        const frequency = this.#entryFrequencies[last - 1] ?? 0;
        if (frequency < MOST_FREQUENT) this.#entryFrequencies[last - 1] = frequency + 1;
        continue;
      }
      this.#entryTerms[this.#count] = term;
      this.#entryPlaces[this.#count] = place;
      this.#entryFrequencies[this.#count++] = 1;
      this.#lasts[term] = this.#count;
      this.#counts[term] = (this.#counts[term] ?? 0) + 1;
    }
  }

  postings(numbers: ReadonlyMap<string, number>): Postings {
    const words = inByteOrder(
      [...numbers].flatMap(([word, number]) => ((this.#counts[number] ?? 0) > 0 ? [word] : [])),
    );
    const builder = new PostingsBuilder(Uint32Array.from(this.#lengths), words.length, this.#count);
    const next = this.#lasts;
    let end = 0;
    for (const word of words) {
      const number = numbers.get(word) ?? 0;
      next[number] = end;
      end += this.#counts[number] ?? 0;
    }
    for (let entry = 0; entry < this.#count; entry++) {
      const term = this.#entryTerms[entry] ?? 0;
      const at = next[term] ?? 0;
      builder.places[at] = this.#entryPlaces[entry] ?? 0;
      builder.frequencies[at] = this.#entryFrequencies[entry] ?? 0;
      next[term] = at + 1;
    }
    let wordEnd = 0;
    for (const word of words) {
      wordEnd += Buffer.byteLength(word);
      builder.endTerm(next[numbers.get(word) ?? 0] ?? 0, wordEnd);
    }
    const times = Uint32Array.from(this.#times);
    return builder.postings(Buffer.from(words.join("")), Uint32Array.from(this.#timeEnds), times);
  }
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Strings sort by UTF-16 units, which differ from bytes only where there are characters of two units. */
function inByteOrder(words: string[]): string[] {
  if (words.some((word) => /[\ud800-\udfff]/.test(word)))
    return words.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return words.sort();
}
