import { toProblem } from "../problem.ts";
import type { Answer, AskRequest, Citation, DocumentSummary, DocumentView, SearchHit } from "../types.ts";

/** What the descriptions show: a letter, questions about it, and what is answered. Tests hold it to the schemas. */

const TEXT = `Dear Mr Hale,

The bell of the east tower was recast on 12 May 1931 and hung again a week later. Its tone is now a full G.

Your invoice will be paid in July.
`;
const PARAGRAPH = TEXT.split("\n\n")[1] ?? "";
const QUOTE = PARAGRAPH.slice(0, PARAGRAPH.indexOf(".") + 1);
const START = TEXT.indexOf(PARAGRAPH);

const letter = {
  documentId: "letters--1931-06-02-to-the-foundry",
  title: "To the foundry",
  date: "1931-06-02",
  path: "letters/1931-06-02-to-the-foundry.txt",
};
const passage = { passageId: `${letter.documentId}#p2`, label: "paragraph 2", start: START };
const scores = { score: 0.62, dense: 0.2, lexical: 0.3, wording: 0.12 };

const source = { source: null, mediaType: "text/plain", hash: "5f1c".repeat(16) };

export const documentSummary: DocumentSummary = { ...letter, ...source, passages: 3 };

export const documentView: DocumentView = {
  ...letter,
  ...source,
  text: TEXT,
  passages: TEXT.trimEnd()
    .split("\n\n")
    .map((text, position) => {
      const start = TEXT.indexOf(text);
      const number = position + 1;
      const passageId = `${letter.documentId}#p${number}`;
      return { passageId, label: `paragraph ${number}`, start, end: start + text.length, text };
    }),
};

export const askRequest: AskRequest = {
  question: "And its tone?",
  history: [{ role: "user", content: "When was the bell of the east tower recast?" }],
};

const citation: Citation = {
  marker: 1,
  ...letter,
  ...passage,
  end: START + QUOTE.length,
  line: 3,
  quote: QUOTE,
  check: "verified",
  url: `/documents/${passage.passageId}`,
};

const question = "When was the bell of the east tower recast?";

export const answer: Answer = {
  question,
  kind: "fact",
  mode: "extractive",
  fallback: null,
  standaloneQuestion: question,
  answered: true,
  answer: `${QUOTE} [1]`,
  statements: [{ text: QUOTE, citations: [1], rank: 1 }],
  citations: [citation],
  groups: null,
  refusal: null,
  trace: {
    passages: [{ passageId: passage.passageId, ...scores, period: 0, people: 0, rank: 1 }],
    period: null,
    people: [],
    timings: { retrieve: 2.1, answer: 1.4, verify: 0.6 },
  },
};

const message = "The documents do not say. None of them mentions “organ”.";

export const refused: Answer = {
  ...answer,
  question: "Who tuned the organ?",
  standaloneQuestion: "Who tuned the organ?",
  answered: false,
  answer: message,
  statements: [],
  citations: [],
  refusal: { reason: "missing-terms", message, missingTerms: ["organ"], period: null, nearest: [citation] },
};

export const searchHit: SearchHit = {
  ...letter,
  ...passage,
  end: START + PARAGRAPH.length,
  text: PARAGRAPH,
  check: "verified",
  ...scores,
};

/** The data of each event of a stream, by the event's name. */
export const events = {
  retrieval: {
    question,
    standaloneQuestion: question,
    kind: answer.kind,
    passages: answer.trace.passages,
    period: null,
    people: [],
  },
  citation,
  statement: answer.statements[0],
  fallback: { reason: "timeout", message: "The language model took too long. The documents are quoted instead." },
  "answer-end": answer,
  error: toProblem(new Error()),
};

export const health = {
  status: "ok",
  version: "0.1.0",
  modes: ["extractive"],
  documents: 1,
  passages: documentView.passages.length,
  embedder: "pilcrow-static",
  generation: "7",
};
