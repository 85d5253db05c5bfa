import { isFragment, isQuestion } from "../documents/fragments.ts";
import { splitSentences } from "../documents/sentences.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { isNameOf, peopleTest } from "../retrieval/people.ts";
import type { Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { terms } from "../retrieval/tokenize.ts";
import { dot } from "../retrieval/vectors.ts";
import { expectedKind, offers } from "./expected.ts";

/**
 * Weights of the sum that ranks sentences. On squad2 and xquad-en the first sentence holds the answer in .770 and .805
 * of the questions, one of the first three in .894 and .939; with coverage, similarity and passage alone it was .750,
 * .786, .890 and .928. Each is a round number near the optimum of either set; none is sharp.
 */
const WEIGHTS = {
  /** The share of the question's words, by weight, that the sentence has. */
  coverage: 0.5,
  /** The same with the words of the document's title, and of a question right before it: it need not repeat them. */
  coverageInContext: 0.7,
  /** The share of neighbouring words of the question that stand in order and close by in the sentence. */
  pairs: 0.25,
  similarity: 0.8,
  passage: 2,
  /** It holds the kind of thing that is asked for. */
  kind: 0.4,
  /** It speaks of somebody whom the question means. */
  people: 0.1,
  /** It speaks of others whom the document introduces, and not of them. */
  others: -0.3,
  /** It asks, or states nothing by itself, as a salutation or a line of an e-mail's head: only where there is nothing else. */
  nothingStated: -2,
} as const;
/** How many of the sentences that are best by their words are embedded: that costs more than all the rest. */
const COMPARED = 12;
/** "Mr Rao", "Dr. Noor": a person, also where the document introduces others only. */
const TITLED = /\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor)\.?\s+\p{Lu}/u;
/** Who was there is no more than that, unless it is asked for. */
const ATTENDANCE = /^(?:present|in attendance|attendance|members present|also present|apologies(?: for absence)?)\s?:/i;
/** Words of a pair may stand this far apart. */
const NEAR = 3;

/** A sentence of a passage, by offsets into the document's text. */
export interface Candidate {
  readonly source: RankedPassage;
  readonly start: number;
  readonly end: number;
  /** With each run of white space as one blank. */
  readonly text: string;
  readonly terms: readonly string[];
  readonly score: number;
}

/** Every sentence of the passages, the one that answers best first. */
export async function rankSentences(
  reading: Reading,
  passages: readonly RankedPassage[],
  embedder: Embedder,
): Promise<Candidate[]> {
  const kind = expectedKind(reading.question);
  const { speaksOf, speaksOfOthers } = peopleTest(reading.people);
  const isOnlyOfOthers = ({ terms: own, source: { document } }: Sentence) =>
    speaksOfOthers(own, document) && !speaksOf(own, document);
  const asked = new Set(reading.terms.map(({ term }) => term));
  // Where a document introduces people, one of them must be named; elsewhere any name will do.
  const answersKind = ({ text, terms: own, source: { document } }: Sentence) =>
    kind === "person" && document.people.length > 0
      ? own.some((term) => !asked.has(term) && isNameOf(document, term)) || TITLED.test(text)
      : offers(kind, text, reading.question);
  const shortlist = passages
    .flatMap(sentencesOf)
    .map((sentence) => {
      const { text, source, context } = sentence;
      const own = new Set(sentence.terms);
      const score =
        WEIGHTS.coverage * coverage(reading, own) +
        WEIGHTS.coverageInContext * coverage(reading, new Set([...own, ...context])) +
        WEIGHTS.pairs * pairs(reading, sentence.terms) +
        WEIGHTS.passage * source.score +
        (answersKind(sentence) ? WEIGHTS.kind : 0) +
        (speaksOf(sentence.terms, source.document) ? WEIGHTS.people : 0) +
        (isOnlyOfOthers(sentence) ? WEIGHTS.others : 0) +
        (isQuestion(text) || isFragment(text) ? WEIGHTS.nothingStated : 0) +
        (kind !== "person" && ATTENDANCE.test(text) ? WEIGHTS.nothingStated : 0);
      return { source, start: sentence.start, end: sentence.end, text, terms: sentence.terms, score };
    })
    .sort(byScore);
  const compared = shortlist.slice(0, COMPARED);
  const [[question], vectors] = await Promise.all([
    embedder.embed([reading.question], "query"),
    embedder.embed(
      compared.map(({ text }) => text),
      "passage",
    ),
  ]);
  const similarity = (vector: Float32Array | undefined) => (question && vector ? dot(question, vector) : 0);
  const ranked = compared.map((one, i) => ({ ...one, score: one.score + WEIGHTS.similarity * similarity(vectors[i]) }));
  return [...ranked.sort(byScore), ...shortlist.slice(COMPARED)];
}

const byScore = (a: Candidate, b: Candidate) => b.score - a.score;

interface Sentence extends Omit<Candidate, "score"> {
  /** Terms that it may leave unsaid: those of the title, and of the question that it answers. */
  readonly context: readonly string[];
}

function sentencesOf(source: RankedPassage): Sentence[] {
  const { passage, document } = source;
  const title = terms(document.title);
  let asked: readonly string[] = [];
  return splitSentences(passage.text).map(({ start, end }) => {
    const text = passage.text.slice(start, end).replace(/\s+/g, " ");
    const own = terms(text);
    const context = [...title, ...asked];
    asked = isQuestion(text) ? own : [];
    return { source, start: passage.start + start, end: passage.start + end, text, terms: own, context };
  });
}

function coverage(reading: Reading, found: ReadonlySet<string>): number {
  const total = reading.terms.reduce((sum, term) => sum + term.weight, 0);
  const covered = reading.terms.reduce((sum, term) => sum + (found.has(term.term) ? term.weight : 0), 0);
  return total === 0 ? 0 : covered / total;
}

function pairs(reading: Reading, found: readonly string[]): number {
  const asked = reading.terms.map(({ term }) => term);
  const close = asked.slice(1).filter((term, i) => {
    const first = found.indexOf(asked[i] ?? "");
    const second = first < 0 ? -1 : found.indexOf(term, first + 1);
    return second > 0 && second - first <= NEAR;
  });
  return close.length / Math.max(1, asked.length - 1);
}
