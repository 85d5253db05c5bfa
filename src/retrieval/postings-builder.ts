import { type Places, type Postings, placesFor } from "./postings.ts";

/** The arrays of postings, filled term by term. A class, as it is all state. */
export class PostingsBuilder {
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
