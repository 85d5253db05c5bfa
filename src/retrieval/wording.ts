import type { PassageWords } from "./passage-words.ts";

/**
 * What the words of a question add to a passage in which they stand as the question has them. BM25 and the cosine know no
 * order and no sentence. The sum of weighted signals, each 0 to 1; `npm run bench ranking` fits weights on each
 * combination of development sets, judges them on the one left out, and prints what these round ones give.
 */
const WEIGHTS = {
  /** The share of the question's words, by weight, within the best WINDOW words of the passage. */
  window: 0.1,
  /** The share of neighbouring words of the question that stand in order and close by. */
  pairs: 0.05,
  /** The share in the best sentence, words of the title counting half. */
  sentence: 0.05,
  /** The share in the title and the headings. */
  title: 0.1,
} as const;
/** Metzler and Croft 2005 ("A Markov Random Field Model for Term Dependencies") found like sizes for short queries. */
const WINDOW = 16;
/** Words of a pair may stand this far apart. */
const NEAR = 3;
/** A word of the title need not be said again in the sentence, but one that is says more. */
const IN_TITLE = 0.5;

/** A word of a question: its term, and how much finding it says. */
export interface AskedWord {
  readonly term: string;
  readonly weight: number;
}

export interface WordingSignals {
  readonly window: number;
  readonly pairs: number;
  readonly sentence: number;
  readonly title: number;
}

/** What the wording adds to a passage's score: 0 to the sum of the weights. */
export function wordingScore(signals: WordingSignals): number {
  return (
    WEIGHTS.window * signals.window +
    WEIGHTS.pairs * signals.pairs +
    WEIGHTS.sentence * signals.sentence +
    WEIGHTS.title * signals.title
  );
}

/** The signals of one passage; `header` holds the terms of its title and headings. */
export function wordingSignals(
  asked: readonly AskedWord[],
  passage: PassageWords,
  header: ReadonlySet<string>,
): WordingSignals {
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { window: 0, pairs: 0, sentence: 0, title: 0 };
  const position = new Map(asked.map(({ term }, i) => [term, i]));
  const found = passage.terms.map((term) => position.get(term) ?? -1);
  const inHeader = asked.map(({ term }) => header.has(term));
  return {
    window: bestWindow(asked, found) / total,
    pairs: pairsIn(asked.length, found),
    sentence: bestSentence(asked, passage, found, inHeader) / total,
    title: asked.reduce((sum, { weight }, i) => sum + (inHeader[i] ? weight : 0), 0) / total,
  };
}

/** The most weight of different asked words that WINDOW successive words hold. */
function bestWindow(asked: readonly AskedWord[], found: readonly number[]): number {
  let best = 0;
  const counts = new Uint16Array(asked.length);
  let sum = 0;
  for (const [i, entering] of found.entries()) {
    if (entering >= 0) {
      if (counts[entering] === 0) sum += asked[entering]?.weight ?? 0;
      counts[entering] = (counts[entering] ?? 0) + 1;
    }
    const leaving = found[i - WINDOW] ?? -1;
    if (leaving >= 0) {
      counts[leaving] = (counts[leaving] ?? 0) - 1;
      if (counts[leaving] === 0) sum -= asked[leaving]?.weight ?? 0;
    }
    if (sum > best) best = sum;
  }
  return best;
}

/** The share of neighbouring asked words that stand in this order, at most NEAR words apart. */
function pairsIn(asked: number, found: readonly number[]): number {
  const together = new Set<number>();
  for (const [i, first] of found.entries()) {
    if (first < 0) continue;
    for (let j = i + 1; j <= i + NEAR && j < found.length; j++) if (found[j] === first + 1) together.add(first);
  }
  return together.size / Math.max(1, asked - 1);
}

/** The most weight of asked words that one sentence has. */
function bestSentence(
  asked: readonly AskedWord[],
  { sentences }: PassageWords,
  found: readonly number[],
  inHeader: readonly boolean[],
): number {
  const given = asked.reduce((sum, { weight }, i) => sum + (inHeader[i] ? IN_TITLE * weight : 0), 0);
  let best = found.length > 0 ? given : 0;
  for (let start = 0; start < found.length; ) {
    const own = new Set<number>();
    let end = start;
    for (; end < found.length && sentences[end] === sentences[start]; end++) own.add(found[end] ?? -1);
    let sum = given;
    for (const i of own) sum += (asked[i]?.weight ?? 0) * (inHeader[i] ? 1 - IN_TITLE : 1);
    best = Math.max(best, sum);
    start = end;
  }
  return best;
}
