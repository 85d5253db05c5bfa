import type { Answer, Citation } from "../types.ts";
import { mean } from "./metrics.ts";
import type { AskedQuestion, QuestionSet } from "./sets.ts";

/** A retrieved passage, to be held against the evidence. */
export interface FoundPassage {
  readonly path: string;
  readonly text: string;
}

/** How one question was answered. */
export interface Outcome {
  readonly id: string;
  readonly kind: string;
  readonly answerable: boolean;
  readonly answered: boolean;
  /** Whether one of the first 1, the first 3 passages holds evidence. */
  readonly hit1: number;
  readonly hit3: number;
  /** Share of the evidence quotes that the answer's citations hold. */
  readonly cited: number;
  /** Share of the answer's citations that hold evidence; null where there are none. */
  readonly precision: number | null;
  /** Whether the answer holds every expected string; null where none is given. */
  readonly words: number | null;
  /** Whether every citation was verified. */
  readonly verified: number;
}

export interface QuestionFigures {
  readonly set: string;
  readonly questions: number;
  readonly answerable: number;
  readonly hit1: number;
  readonly hit3: number;
  readonly cited: number;
  readonly precision: number;
  readonly words: number;
  readonly wronglyRefused: number;
  readonly unanswerable: number;
  readonly rightlyRefused: number;
  readonly outcomes: readonly Outcome[];
}

/** What asking takes; the evaluation asks as a user does. */
export type Asks = (question: AskedQuestion) => Promise<{ answer: Answer; found: readonly FoundPassage[] }>;

/** Asks every question of a set and counts. */
export async function evaluateQuestions(set: QuestionSet, asks: Asks): Promise<QuestionFigures> {
  const outcomes: Outcome[] = [];
  for (const question of set.questions) {
    const { answer, found } = await asks(question);
    outcomes.push(outcome(question, answer, found));
  }
  const answerable = outcomes.filter((one) => one.answerable);
  const unanswerable = outcomes.filter((one) => !one.answerable);
  const worded = answerable.flatMap((one) => (one.words === null ? [] : [one.words]));
  return {
    set: set.name,
    questions: outcomes.length,
    answerable: answerable.length,
    hit1: mean(answerable.map((one) => one.hit1)),
    hit3: mean(answerable.map((one) => one.hit3)),
    cited: mean(answerable.map((one) => one.cited)),
    precision: mean(answerable.flatMap((one) => (one.precision === null ? [] : [one.precision]))),
    words: mean(worded),
    wronglyRefused: answerable.filter((one) => !one.answered).length,
    unanswerable: unanswerable.length,
    rightlyRefused: unanswerable.filter((one) => !one.answered).length,
    outcomes,
  };
}

function outcome(question: AskedQuestion, answer: Answer, found: readonly FoundPassage[]): Outcome {
  const holds = ({ path, text }: FoundPassage) =>
    question.evidence.some((one) => isOf(path, one.document) && contains(text, one.quote));
  const carries = (citation: Citation, quote: string) =>
    contains(citation.quote, quote) || contains(quote, citation.quote);
  const carriesOne = (citation: Citation, one: AskedQuestion["evidence"][number]) =>
    isOf(citation.path, one.document) && carries(citation, one.quote);
  const cited = question.evidence.map((one) => Number(answer.citations.some((citation) => carriesOne(citation, one))));
  const right = answer.citations.map((citation) => Number(question.evidence.some((one) => carriesOne(citation, one))));
  const { id, kind, answerable } = question;
  return {
    id,
    kind,
    answerable,
    answered: answer.answered,
    hit1: found.slice(0, 1).some(holds) ? 1 : 0,
    hit3: found.slice(0, 3).some(holds) ? 1 : 0,
    cited: mean(cited),
    precision: right.length === 0 ? null : mean(right),
    words:
      question.answer.length === 0 ? null : Number(question.answer.every((words) => contains(answer.answer, words))),
    verified: Number(answer.citations.every((citation) => citation.check === "verified")),
  };
}

/** Documents are named by their file, without its ending. */
function isOf(path: string, document: string): boolean {
  return path.replace(/\.[^./]+$/, "") === document;
}

/** White space counts as one blank; the rest to the letter. */
function contains(text: string, part: string): boolean {
  const plain = (value: string) => value.replace(/\s+/g, " ").trim();
  return plain(part) !== "" && plain(text).includes(plain(part));
}
