import { isFragment } from "../documents/fragments.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import type { Answerer, DraftStatement, Quote } from "./answerer.ts";
import { ofThePeople } from "./attribution.ts";
import { covers, withItsList, wordsOf } from "./lists.ts";
import { type Candidate, rankSentences } from "./rank-sentences.ts";

/** Sentences are taken from this many passages, the best ones. */
const PASSAGES = 5;
const MOST_SENTENCES = 3;
/** A further sentence must come this near to the best, and bring a word of the question that is not yet covered. */
const FURTHER = 0.77;

/** The sentences that answer best, verbatim, in reading order. */
export function extractiveAnswerer(embedder: Embedder): Answerer {
  return {
    name: "extractive",
    async answer(reading, evidence, allows = () => true) {
      const best = await bestSentences(reading, evidence, embedder);
      const allowed = best.filter(({ text, terms, source }) => allows(text, terms, source.document));
      const ranked = ofThePeople(reading, allowed);
      const chosen = choose(reading, ranked);
      return statements(inReadingOrder(chosen), chosen, ranked);
    },
    async nearest(reading, passages) {
      const ranked = (await rankSentences(reading, passages, embedder)).filter(({ text }) => !isFragment(text));
      return passages.flatMap((source) => ranked.find((candidate) => candidate.source === source) ?? []);
    },
  };
}

/** The sentences that an answer is chosen from, best first. */
export async function bestSentences(
  reading: Reading,
  evidence: readonly RankedPassage[],
  embedder: Embedder,
): Promise<Candidate[]> {
  return rankSentences(reading, evidence.slice(0, PASSAGES), embedder);
}

/** Of sentences best first: the first, and those that come near it and add something; best first. */
function choose(reading: Reading, [best, ...others]: readonly Candidate[]): Candidate[] {
  if (best === undefined) return [];
  const chosen = [best];
  const covered = new Set(best.terms);
  for (const candidate of others) {
    if (chosen.length === MOST_SENTENCES || candidate.score < FURTHER * best.score) break;
    if (chosen.some((other) => other.text === candidate.text)) continue;
    if (!reading.terms.some((term) => candidate.terms.includes(term.term) && !covered.has(term.term))) continue;
    chosen.push(candidate);
    for (const term of candidate.terms) covered.add(term);
  }
  return chosen;
}

function inReadingOrder(chosen: readonly Candidate[]): Candidate[] {
  return chosen.toSorted((a, b) => a.source.ordinal - b.source.ordinal || a.start - b.start);
}

/** Each sentence with the list that it belongs to; what is quoted once is not quoted again. */
function statements(
  toRead: readonly Candidate[],
  bestFirst: readonly Candidate[],
  ranked: readonly Candidate[],
): DraftStatement[] {
  const said: Quote[] = [];
  return toRead.flatMap((candidate) => {
    const quotes = withItsList(candidate).filter((quote) => !said.some((other) => covers(other, quote)));
    if (quotes.length === 0 || said.some((other) => covers(other, candidate))) return [];
    said.push(...quotes);
    const rank = bestFirst.indexOf(candidate) + 1;
    return [{ text: wordsOf(quotes), quotes: [...quotes, ...twins(candidate, ranked)], rank }];
  });
}

/** What other documents say in the same words: they carry the statement, too. */
function twins(chosen: Candidate, ranked: readonly Candidate[]): Candidate[] {
  const carriers = new Map([[chosen.source.document, chosen]]);
  for (const candidate of ranked) {
    const { document } = candidate.source;
    if (candidate.text === chosen.text && !carriers.has(document)) carriers.set(document, candidate);
  }
  return [...carriers.values()].slice(1);
}
