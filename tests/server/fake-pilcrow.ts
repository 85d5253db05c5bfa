import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { NotFoundError } from "../../src/errors.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import type { Answer, AskEvent, AskRequest, Check, Citation, DocumentView } from "../../src/types.ts";

/** A document of which every block between blank lines is a passage. */
export function documentOf(path: string, text: string, title: string, date: string | null): DocumentView {
  const documentId = basename(path).replace(/\.\w+$/, "");
  const passages = [...text.matchAll(/\S[\s\S]*?(?=\s*$(?![\s\S])|\n[^\S\n]*\n)/g)].map((match, index) => ({
    passageId: `${documentId}#p${index + 1}`,
    label: /^(\d+)\./.test(match[0]) ? `¶${/^\d+/.exec(match[0])?.[0] ?? ""}` : `paragraph ${index + 1}`,
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
  return { documentId, path, title, date, source: null, mediaType: "text/plain", hash: "0".repeat(64), text, passages };
}

export function corpusDocument(name: string, title: string, date: string): DocumentView {
  return documentOf(name, readFileSync(new URL(`../../corpus/${name}`, import.meta.url), "utf8"), title, date);
}

/** A citation of the first place where a document says `quote`. Throws where it does not. */
export function cite(document: DocumentView, quote: string, marker: number, check: Check = "verified"): Citation {
  const { documentId, title, date, path } = document;
  const start = document.text.indexOf(quote);
  const passage = document.passages.find((one) => one.start <= start && start < one.end);
  if (passage === undefined) throw new Error(`${path} does not say: ${quote}`);
  const { passageId, label } = passage;
  const line = document.text.slice(0, start).split("\n").length;
  const end = start + quote.length;
  const url = `/documents/${passageId}`;
  return { marker, documentId, title, date, path, passageId, label, start, end, line, quote, check, url };
}

export function answerOf(question: string, citations: readonly Citation[], standaloneQuestion = question): Answer {
  const statements = citations.map(({ quote, marker }) => ({
    text: quote.replace(/\s+/g, " "),
    citations: [marker],
    rank: marker,
  }));
  const passages = citations.map(({ passageId }, index) => {
    const lexical = 0.5 / (index + 1);
    return {
      passageId,
      rank: index + 1,
      dense: 0.2,
      wording: 0.05,
      lexical,
      period: 0,
      people: 0,
      score: 0.25 + lexical,
    };
  });
  return {
    question,
    kind: "fact",
    mode: "extractive",
    fallback: null,
    standaloneQuestion,
    answered: true,
    answer: statements.map((statement, index) => `${statement.text} [${index + 1}]`).join(" "),
    statements,
    citations,
    groups: null,
    refusal: null,
    trace: { passages, period: null, people: [], timings: { retrieve: 3.2, answer: 1.1 } },
  };
}

export function refusalOf(question: string, message: string, missingTerms: string[], nearest: Citation[]): Answer {
  return {
    ...answerOf(question, []),
    answered: false,
    answer: message,
    refusal: { reason: "missing-terms", message, missingTerms, period: null, nearest },
  };
}

/** What is told of an answer while it comes about. */
export function* eventsOf(answer: Answer): Generator<AskEvent> {
  const { question, standaloneQuestion, kind, trace } = answer;
  const { passages, period, people } = trace;
  yield { type: "retrieval", question, standaloneQuestion, kind, passages, period, people };
  for (const statement of answer.statements) {
    for (const citation of answer.citations)
      if (statement.citations.includes(citation.marker)) yield { type: "citation", citation };
    yield { type: "statement", statement };
  }
  yield { type: "answer-end", answer };
}

/** Pilcrow over these documents; what it answers is for the test to say. */
export function fakePilcrow(
  documents: readonly DocumentView[],
  ask: (request: AskRequest) => Answer | Promise<Answer>,
): Pilcrow {
  const find = (documentId: string): DocumentView => {
    const found = documents.find((one) => one.documentId === documentId);
    if (found === undefined) throw new NotFoundError(`The document "${documentId.slice(0, 80)}"`);
    return found;
  };
  return {
    modes: ["extractive"],
    async *prepare() {},
    async *index() {},
    ask: async (request) => ask(request),
    async *askEvents(request) {
      yield* eventsOf(await ask(request));
    },
    search: async () => [],
    documents: async () => documents.map(({ text: _, passages, ...rest }) => ({ ...rest, passages: passages.length })),
    document: async (documentId) => find(documentId),
    raw: async (documentId) => {
      const { text, mediaType } = find(documentId);
      return { bytes: new TextEncoder().encode(text), mediaType, encoding: "utf-8" };
    },
    status: async () => ({
      corpus: "/somewhere/private/corpus",
      index: "/somewhere/private/index",
      generation: documents.length === 0 ? null : "7",
      createdAt: "2026-01-01T00:00:00.000Z",
      documents: documents.length,
      passages: documents.reduce((sum, { passages }) => sum + passages.length, 0),
      embedder: "pilcrow-static",
      failures: [],
      failureCount: 0,
      unsupported: {},
      pending: null,
      rebuilding: null,
      pendingProblem: null,
      writer: null,
    }),
    refresh: async () => {},
    warm: async () => {},
  };
}
