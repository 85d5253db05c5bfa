import type { Answerer } from "./answering/answerer.ts";
import { cite, corpusReader, verify } from "./answering/citations.ts";
import { draftAnswer } from "./answering/draft.ts";
import { answerInWords, checkedGroups } from "./answering/groups.ts";
import type { Finding } from "./answering/refusal.ts";
import { RequestError } from "./errors.ts";
import type { RankedPassage, Retriever, Scope } from "./retrieval/retriever.ts";
import type { SearchableIndex } from "./retrieval/searchable.ts";
import { standaloneQuestion } from "./retrieval/standalone.ts";
import { terms } from "./retrieval/tokenize.ts";
import type { Answer, AskRequest, Citation, Trace } from "./types.ts";

/** How many passages are retrieved where the request does not say. */
const DEFAULT_LIMIT = 8;
/** How many of the nearest passages a refusal shows. */
const NEAREST = 3;

export interface AskParts {
  readonly index: SearchableIndex;
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  /** The folder that quotes are checked against. */
  readonly corpus: string;
}

/** A question becomes an answer that can be checked: every quote is read again from its file. */
export async function ask(request: AskRequest, { index, retriever, answerer, corpus }: AskParts): Promise<Answer> {
  const timings: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    timings[step] = Math.round((performance.now() - started) * 1000) / 1000;
    return result;
  };
  requireKnownDocuments(request, index);
  const read = corpusReader(corpus);
  const limit = request.limit ?? DEFAULT_LIMIT;

  const standalone = standaloneQuestion(request.question, request.history ?? [], index);
  const filters: Scope = { documents: request.documents, from: request.from, to: request.to };
  const conversation = { asked: request.question, turns: request.history ?? [] };
  const parts = { index, retriever, answerer, limit, filters, conversation };
  const draft = await draftAnswer(standalone, parts, timed);
  const { kind, reading, evidence, finding } = draft;
  const { statements, citations, failed } = await timed("verify", () => verify(draft.statements, read));

  const trace: Trace = { passages: evidence.map(traced), period: reading.period, people: reading.people, timings };
  const common = { question: request.question, kind, standaloneQuestion: standalone, trace } as const;
  if (statements.length > 0) {
    const groups = checkedGroups(draft, statements, citations);
    const answer = answerInWords(statements, groups);
    return { ...common, answered: true, answer, statements, citations, groups, refusal: null };
  }
  const reason = finding ?? (failed.length > 0 ? outOfDate(failed) : nothingSays());
  const nearest = failed.length > 0 ? failed : await nearestCitations();
  const refusal = { ...reason, period: reading.period, nearest };
  return { ...common, answered: false, answer: reason.message, statements: [], citations: [], groups: null, refusal };

  /** Where the period ruled a name out, the passages that have the name; else those found, in the period or outside. */
  async function nearestCitations(): Promise<Citation[]> {
    const outside = reason.missingTerms.length > 0 || evidence.length === 0;
    const passages =
      outside && reading.period !== null ? await retriever.retrieve(reading.question, limit, filters) : evidence;
    const missing = reading.terms.filter(({ word }) => reason.missingTerms.includes(word)).map(({ term }) => term);
    const has = ({ passage }: RankedPassage) => {
      const found = new Set(terms(passage.text));
      return missing.filter((term) => found.has(term)).length;
    };
    const nearestFirst = [...passages].sort((a, b) => has(b) - has(a)).slice(0, NEAREST);
    const quotes = await answerer.nearest(reading, nearestFirst);
    const citations = await Promise.all(quotes.map((quote, i) => cite(i + 1, quote, read)));
    return citations.filter((citation) => citation.check !== "not-found");
  }
}

function requireKnownDocuments(request: AskRequest, index: SearchableIndex): void {
  const unknown = request.documents?.find((documentId) => !index.byDocumentId.has(documentId));
  if (unknown !== undefined) {
    throw new RequestError(
      "documents",
      "ids of documents in the index",
      `there is no document ${JSON.stringify(unknown)}`,
    );
  }
}

function outOfDate(failed: readonly Citation[]): Finding {
  const paths = [...new Set(failed.map((citation) => citation.path))].join(", ");
  return {
    reason: "no-evidence",
    message: `What answered when the index was made no longer stands in ${paths}. Run \`pilcrow index\` to read it anew.`,
    missingTerms: [],
  };
}

function nothingSays(): Finding {
  return { reason: "no-evidence", message: "The documents do not say.", missingTerms: [] };
}

function traced({ passage, score, dense, lexical, period, people }: RankedPassage, position: number) {
  return { passageId: passage.passageId, score, dense, lexical, period, people, rank: position + 1 };
}
