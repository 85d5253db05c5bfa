import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage, Retriever, Scope } from "../retrieval/retriever.ts";
import { terms } from "../retrieval/tokenize.ts";
import type { Citation } from "../types.ts";
import type { Answerer } from "./answerer.ts";
import { cite, type FileReader } from "./citations.ts";
import type { Finding } from "./refusal.ts";

/** How many of the nearest passages a refusal shows. */
const NEAREST = 3;

export interface NearestParts {
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  readonly read: FileReader;
  readonly limit: number;
  readonly filters: Scope;
}

/**
 * What comes nearest to a question that is refused, best first, a sentence of each passage: where the period ruled a
 * name out, the passages that have the name; else those found, in the period or outside. Only what stands in its file.
 */
export async function nearestCitations(
  reading: Reading,
  evidence: readonly RankedPassage[],
  { missingTerms }: Finding,
  { retriever, answerer, read, limit, filters }: NearestParts,
): Promise<Citation[]> {
  const lookOutside = reading.period !== null && (missingTerms.length > 0 || evidence.length === 0);
  const passages = lookOutside ? await retriever.retrieve(reading.question, limit, filters) : evidence;
  const missing = reading.terms.filter(({ word }) => missingTerms.includes(word)).map(({ term }) => term);
  const has = ({ passage }: RankedPassage) => {
    const found = new Set(terms(passage.text));
    return missing.filter((term) => found.has(term)).length;
  };
  const first = [...passages].sort((a, b) => has(b) - has(a)).slice(0, NEAREST);
  const quotes = await answerer.nearest(reading, first);
  const citations = await Promise.all(quotes.map((quote, i) => cite(i + 1, quote, read)));
  return citations.filter((citation) => citation.check !== "not-found").map((one, i) => ({ ...one, marker: i + 1 }));
}
