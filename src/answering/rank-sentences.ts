import { isFragment, isQuestion } from "../documents/fragments.ts";
import { splitSentences } from "../documents/sentences.ts";
import { dot } from "../dot.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { type Nearness, nearnessTo } from "../retrieval/nearness.ts";
import { isNameOf, peopleTest } from "../retrieval/people.ts";
import type { QueryTerm, Reading } from "../retrieval/reading.ts";
import type { RankedPassage } from "../retrieval/retriever.ts";
import { terms, tokenize } from "../retrieval/tokenize.ts";
import { expectedKind, offers } from "./expected.ts";
import { isInstruction } from "./instructions.ts";

/**
 * Weights of the sum that ranks sentences. Round numbers near what a listwise logistic regression finds on squad2, xquad-en
 * and the project's own sets, and none is sharp; left out in turn, each set keeps what it gains within .005. On squad2
 * and xquad-en the first sentence holds the answer in .785 and .821 of the questions, one of the first three in .905 and
 * .952; with plain coverage of the words, similarity and passage it was .762, .797, .893 and .935.
 */
const WEIGHTS = {
  /** The share of the question's words, by weight, that the sentence has or that its context leaves it to have, see `supportOf`. */
  support: 2,
  /** The least of it for any word: one that nothing stands for makes the sentence another matter. */
  leastSupport: 0.3,
  /** The share that the sentence itself repeats: of two with the same support, the one that says it in fewer of them answers. */
  repeated: -0.5,
  similarity: 0.8,
  passage: 2,
  /** It holds the kind of thing that is asked for. */
  kind: 0.5,
  /** It speaks of somebody whom the question means. */
  people: 0.1,
  /** It speaks of others whom the document introduces, and not of them. */
  others: -0.3,
  /** It asks, or states nothing by itself, as a salutation or a line of an e-mail's head: only where there is nothing else. */
  nothingStated: -2,
  /** It speaks to a model that answers: what it tells it to say is quoted after all else. */
  instruction: -10,
} as const;
/** How much a word of the question stands for itself that only the title, or a question right before, has. */
const IN_TITLE = 0.8;
/** The same of the sentence before, and of the one before that: "The depot opened in May. It cost 2 million." */
const IN_SENTENCE_BEFORE = 0.8;
const TWO_SENTENCES_BEFORE = 0.6;
const NUMBERED_HEADING = /^\p{N}+(?:\.\p{N}+)*[.)]?(?:\s+[^\s.!?:;]+){1,6}$/u;
/** How many of the sentences that are best by their words are embedded: that costs more than all the rest. */
const COMPARED = 12;
/** "Mr Rao", "Dr. Noor": a person, also where the document introduces others only. */
export const TITLED = /\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor)\.?\s+\p{Lu}/u;
/** Who was there is no more than that, unless it is asked for. */
const ATTENDANCE = /^(?:present|in attendance|attendance|members present|also present|apologies(?: for absence)?)\s?:/i;

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
  const sentences = passages.flatMap(sentencesOf);
  const near = await nearnessTo(
    reading.terms.map(({ word }) => word.toLowerCase()),
    new Set(sentences.flatMap(({ words }) => words)),
    embedder,
  );
  const shortlist = sentences
    .map((sentence) => {
      const { text, source } = sentence;
      const support = supportOf(reading, sentence, near);
      const score =
        WEIGHTS.support * share(reading, (i) => (support[i] ?? 0) ** 2) +
        WEIGHTS.leastSupport * Math.min(1, ...support) +
        WEIGHTS.repeated * share(reading, (_, { term }) => Number(sentence.terms.includes(term))) +
        WEIGHTS.passage * source.score +
        (answersKind(sentence) ? WEIGHTS.kind : 0) +
        (speaksOf(sentence.terms, source.document) ? WEIGHTS.people : 0) +
        (isOnlyOfOthers(sentence) ? WEIGHTS.others : 0) +
        (isQuestion(text) || isFragment(text) || isHeading(sentence) ? WEIGHTS.nothingStated : 0) +
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
  const ranked = compared.map((one, i) => ({
    ...one,
    score:
      one.score + WEIGHTS.similarity * similarity(vectors[i]) + (isInstruction(one.text) ? WEIGHTS.instruction : 0),
  }));
  return [...ranked.sort(byScore), ...shortlist.slice(COMPARED)];
}

const byScore = (a: Candidate, b: Candidate) => b.score - a.score;

interface Sentence extends Omit<Candidate, "score"> {
  /** In lower case, beside `terms`. */
  readonly words: readonly string[];
  /** Terms that it may leave unsaid: those of the title, and of the question that it answers. */
  readonly given: ReadonlySet<string>;
  /** Terms of the sentence before it in the passage, and of the one before that. */
  readonly before: ReadonlySet<string>;
  readonly twoBefore: ReadonlySet<string>;
}

function sentencesOf(source: RankedPassage): Sentence[] {
  const { passage, document } = source;
  const title = terms(document.title);
  let before: ReadonlySet<string> = new Set();
  let twoBefore: ReadonlySet<string> = new Set();
  let asked: readonly string[] = [];
  // Read once: a text may come from a file.
  const whole = passage.text;
  return splitSentences(whole).map(({ start, end }) => {
    const text = whole.slice(start, end).replace(/\s+/g, " ");
    const tokens = tokenize(text);
    const own = tokens.map(({ term }) => term);
    const sentence: Sentence = {
      source,
      start: passage.start + start,
      end: passage.start + end,
      text,
      terms: own,
      words: tokens.map((token) => text.slice(token.start, token.end).toLowerCase()),
      given: new Set([...title, ...asked]),
      before,
      twoBefore,
    };
    twoBefore = before;
    before = new Set(own);
    asked = isQuestion(text) ? own : [];
    return sentence;
  });
}

/** "7 Footbridge": a passage of a number and a few words, without an end, is the head of the ones below it. */
function isHeading({ text, source }: Sentence): boolean {
  return source.passage.text.replace(/\s+/g, " ").trim() === text && NUMBERED_HEADING.test(text);
}

/** For each word of the question how far the sentence, or what it stands in, has it: 0 to 1. */
function supportOf(reading: Reading, sentence: Sentence, near: Nearness): number[] {
  const { terms: own, words, given, before, twoBefore } = sentence;
  return reading.terms.map(({ term, named }, i) => {
    if (own.includes(term)) return 1;
    const context = Math.max(
      given.has(term) ? IN_TITLE : 0,
      before.has(term) ? IN_SENTENCE_BEFORE : 0,
      twoBefore.has(term) ? TWO_SENTENCES_BEFORE : 0,
    );
    // Of a name only the spelling is alike: "kettle" is not "Kettleby".
    return named ? context : words.reduce((most, word) => Math.max(most, near(i, word)), context);
  });
}

/** The mean over the question's words, by their weight. */
function share(reading: Reading, of: (position: number, term: QueryTerm) => number): number {
  const total = reading.terms.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 0;
  return reading.terms.reduce((sum, term, i) => sum + term.weight * of(i, term), 0) / total;
}
