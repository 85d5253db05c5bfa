import { splitSentences } from "../documents/sentences.ts";
import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage, Retriever } from "../retrieval/retriever.ts";
import type { Scope } from "../retrieval/scope.ts";
import { terms } from "../retrieval/tokenize.ts";
import type { Citation } from "../types.ts";
import type { Answerer, Quote } from "./answerer.ts";
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
  // A passage may hold only salutations and lines of a head, or not be in its file any more: then the next one is shown.
  const ordered = [...passages].sort((a, b) => has(b) - has(a));
  const told = await answerer.nearest(reading, ordered);
  const quotes = told.length > 0 ? told : ordered.map(beginningOf);
  const citations: Citation[] = [];
  for (const quote of quotes) {
    const citation = await cite(citations.length + 1, quote, read);
    if (citation.check !== "not-found") citations.push(citation);
    if (citations.length === NEAREST) break;
  }
  return citations;
}

/** The first sentence of a passage: where none says anything, it shows at least what was looked at. */
function beginningOf(source: RankedPassage): Quote {
  const { text, start } = source.passage;
  const [first] = splitSentences(text);
  return { source, start: start + (first?.start ?? 0), end: start + (first?.end ?? text.length) };
}
