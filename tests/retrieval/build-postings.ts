import type { Postings } from "../../src/retrieval/postings.ts";
import { wordCollector } from "../../src/retrieval/word-collector.ts";

/** What of a passage is indexed. */
export interface PassageWords {
  readonly terms: readonly string[];
  /** The times that it writes out, as `timesIn` gives them. */
  readonly times: readonly number[];
}

/** The postings of these passages; the place of each is its position. */
export function buildPostings(passages: readonly PassageWords[]): Postings {
  const numbers = new Map<string, number>();
  const numberOf = (term: string) => {
    const number = numbers.get(term) ?? numbers.size;
    numbers.set(term, number);
    return number;
  };
  const ends = (lengths: readonly number[]) => {
    let end = 0;
    return Uint32Array.from(lengths, (length) => {
      end += length;
      return end;
    });
  };
  const terms = Uint32Array.from(passages.flatMap((passage) => passage.terms.map(numberOf)));
  const collector = wordCollector();
  collector.add({
    reader: 0,
    fresh: [...numbers.keys()],
    terms,
    termEnds: ends(passages.map((passage) => passage.terms.length)),
    times: Uint32Array.from(passages.flatMap((passage) => passage.times)),
    timeEnds: ends(passages.map((passage) => passage.times.length)),
  });
  return collector.take();
}
