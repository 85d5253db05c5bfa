import { passageHeader } from "../documents/header.ts";
import { indexedBody } from "../documents/indexed-text.ts";
import type { IndexedDocument } from "../types.ts";
import { timesIn } from "./passage-times.ts";
import { termNumbers } from "./tokenize.ts";

/** What is indexed of some passages, in arrays: it is cheap to hand to another thread. */
export interface ReadWords {
  /** Which of several readers has read them: each numbers terms for itself. */
  readonly reader: number;
  /** Terms that the reader had not met before; they take its next numbers. */
  readonly fresh: readonly string[];
  /** The numbers of each passage's terms, one passage after the other. */
  readonly terms: Uint32Array<ArrayBuffer>;
  /** Where those of each passage end. */
  readonly termEnds: Uint32Array<ArrayBuffer>;
  /** The times that each passage writes out, as `timesIn` gives them. */
  readonly times: Uint32Array<ArrayBuffer>;
  readonly timeEnds: Uint32Array<ArrayBuffer>;
}

/** Reads the words of passages. All that it has read goes to one collector, in order: terms are told once. */
export interface WordReader {
  read(documents: readonly IndexedDocument[]): ReadWords;
}

export function wordReader(reader = 0): WordReader {
  const numbers = termNumbers();
  return {
    read(documents) {
      const made = { terms: [] as number[], termEnds: [] as number[], times: [] as number[], timeEnds: [] as number[] };
      for (const { document, passages } of documents) {
        // The terms of a header, which many share, are made once.
        const headers = new Map<string | undefined, readonly number[]>();
        for (const passage of passages) {
          const header = headers.get(passage.section) ?? numbers.of(passageHeader(document, passage));
          headers.set(passage.section, header);
          for (const number of header) made.terms.push(number);
          for (const number of numbers.of(indexedBody(passage))) made.terms.push(number);
          made.termEnds.push(made.terms.length);
          for (const time of timesIn(passage.text)) made.times.push(time);
          made.timeEnds.push(made.times.length);
        }
      }
      return {
        reader,
        fresh: numbers.fresh(),
        terms: Uint32Array.from(made.terms),
        termEnds: Uint32Array.from(made.termEnds),
        times: Uint32Array.from(made.times),
        timeEnds: Uint32Array.from(made.timeEnds),
      };
    },
  };
}
