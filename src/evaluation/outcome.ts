import type { Answer, Citation, Statement } from "../types.ts";
import { contains, containsWords } from "./contains.ts";
import { mean } from "./metrics.ts";
import type { AskedQuestion, GoldQuestion } from "./sets.ts";

/** A retrieved passage, to be held against the evidence. */
export interface FoundPassage {
  readonly path: string;
  readonly text: string;
}

/** How one question was answered. What a set does not tell is null. */
export interface Outcome {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  /** What was searched for, after the history was taken into account. */
  readonly standaloneQuestion: string;
  readonly answerable: boolean;
  readonly answered: boolean;
  readonly answer: string;
  /** For each statement of the answer, the one that answers best first: whether it holds what was sought. */
  readonly right: readonly boolean[];
  /** The same of the three sentences that rank best, refusals and the length of answers aside; null where it is not measured. */
  readonly ranked: readonly boolean[] | null;
  /** Whether one of the first 1, the first 3 passages holds evidence. */
  readonly hit1: number | null;
  readonly hit3: number | null;
  /** The same of a turn of a conversation when it is asked by itself; null for other questions. */
  readonly alone: { readonly hit1: number | null; readonly hit3: number | null } | null;
  /** Share of the evidence quotes that the answer's citations hold. */
  readonly cited: number | null;
  /** Share of the answer's citations that hold evidence. */
  readonly precision: number | null;
  /** Whether the answer holds every expected string. */
  readonly words: number | null;
  /** Of every mention: how many spans are cited, how many there are. */
  readonly mentions: { readonly found: number; readonly expected: number } | null;
  /** Whether every citation was verified. */
  readonly verified: boolean;
}

/** How many of the sentences that rank best are looked at: as many as an answer has at most. */
const RANKED = 3;

/** Holds an answer against the quotes that are evidence. */
export function againstEvidence(question: AskedQuestion, answer: Answer, found: readonly FoundPassage[]): Outcome {
  const { id, kind, answerable, evidence, count } = question;
  const holds = ({ path, text }: FoundPassage) =>
    evidence.some((one) => isOf(path, one.document) && contains(text, one.quote));
  const carriesOne = (citation: Citation, one: AskedQuestion["evidence"][number]) =>
    isOf(citation.path, one.document) && (contains(citation.quote, one.quote) || contains(one.quote, citation.quote));
  const carries = (citation: Citation) => evidence.some((one) => carriesOne(citation, one));
  const cited = evidence.map((one) => Number(answer.citations.some((citation) => carriesOne(citation, one))));
  const right = new Set(answer.citations.filter(carries).map(({ marker }) => marker));
  const spans = new Set(answer.citations.map(({ documentId, start }) => `${documentId} ${start}`));
  return {
    id,
    kind,
    question: question.question,
    standaloneQuestion: answer.standaloneQuestion,
    answerable,
    answered: answer.answered,
    answer: answer.answer,
    right: bestFirst(answer).map(({ citations }) => citations.some((marker) => right.has(marker))),
    ranked: null,
    hit1: evidence.length === 0 ? null : Number(found.slice(0, 1).some(holds)),
    hit3: evidence.length === 0 ? null : Number(found.slice(0, 3).some(holds)),
    alone: null,
    cited: evidence.length === 0 ? null : mean(cited),
    precision: answer.citations.length === 0 ? null : right.size / answer.citations.length,
    words:
      question.answer.length === 0 ? null : Number(question.answer.every((words) => contains(answer.answer, words))),
    mentions: count === undefined ? null : { found: spans.size, expected: count },
    verified: allVerified(answer),
  };
}

/** Holds an answer against the short answers that people gave: a statement is right when it holds one of them. */
export function againstGold(
  { _id, text, answers, answerable }: GoldQuestion,
  answer: Answer,
  ranked: readonly string[],
): Outcome {
  const isRight = (sentence: string) => answers.some((gold) => containsWords(sentence, gold));
  return {
    id: _id,
    kind: answerable ? "fact" : "unanswerable",
    question: text,
    standaloneQuestion: answer.standaloneQuestion,
    answerable,
    answered: answer.answered,
    answer: answer.answer,
    right: bestFirst(answer).map((statement) => isRight(statement.text)),
    ranked: ranked.slice(0, RANKED).map(isRight),
    hit1: null,
    hit3: null,
    alone: null,
    cited: null,
    precision: null,
    words: null,
    mentions: null,
    verified: allVerified(answer),
  };
}

function bestFirst({ statements }: Answer): Statement[] {
  return statements.toSorted((a, b) => a.rank - b.rank);
}

function allVerified(answer: Answer): boolean {
  return answer.citations.every((citation) => citation.check === "verified");
}

/** Documents are named by their file, without its ending. */
function isOf(path: string, document: string): boolean {
  return path.replace(/\.[^./]+$/, "") === document;
}
