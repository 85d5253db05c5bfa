import type { Answerer, Draft } from "./answering/answerer.ts";
import { type CheckedCorpus, corpusReader, verify } from "./answering/citations.ts";
import type { AnsweringParts } from "./answering/comparison.ts";
import { withoutDoubts } from "./answering/doubt.ts";
import { draftAnswer, type Timed } from "./answering/draft.ts";
import { answerInWords, checkedGroups } from "./answering/groups.ts";
import { bothUses } from "./answering/model-use.ts";
import { nearestCitations } from "./answering/nearest.ts";
import type { Finding } from "./answering/refusal.ts";
import type { Writer } from "./answering/writer.ts";
import { writtenAnswer } from "./answering/written-answer.ts";
import { writtenGroups } from "./answering/written-groups.ts";
import { RequestError } from "./errors.ts";
import type { RankedPassage, Retriever } from "./retrieval/retriever.ts";
import { insideOf, type Scope } from "./retrieval/scope.ts";
import type { SearchableIndex } from "./retrieval/searchable.ts";
import { standaloneQuestion } from "./retrieval/standalone.ts";
import type { Answer, AskEvent, AskRequest, Citation, Filters, Trace } from "./types.ts";

/** How many passages are retrieved where the request does not say. */
export const DEFAULT_LIMIT = 8;
const MOST_PASSAGES = 20;
/** Characters of a question; a longer one is a document. */
const LONGEST_QUESTION = 2_000;

export interface AskParts {
  readonly index: SearchableIndex;
  readonly retriever: Retriever;
  readonly answerer: Answerer;
  readonly corpus: CheckedCorpus;
  /** null where no language model is set. */
  readonly writer: Writer | null;
}

/** A question becomes an answer that can be checked: every quote is read again from its file. */
export async function ask(request: AskRequest, parts: AskParts, signal?: AbortSignal): Promise<Answer> {
  for await (const event of askEvents(request, parts, signal)) if (event.type === "answer-end") return event.answer;
  throw new Error("an answer ends with answer-end");
}

/** The same, told as it comes about. A statement is told when it is checked, never before. Throws RequestError. */
export async function* askEvents(
  asked: AskRequest,
  { index, retriever, answerer, corpus, writer }: AskParts,
  signal?: AbortSignal,
): AsyncGenerator<AskEvent, void> {
  const timings: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    // A step may be taken more than once: a comparison retrieves for each side.
    timings[step] = Math.round(1000 * ((timings[step] ?? 0) + performance.now() - started)) / 1000;
    return result;
  };
  requireValid(asked, index, writer);
  const request = { ...asked, history: asked.history?.map(withoutDoubts) };
  const since = performance.now();
  const read = corpusReader(corpus);
  const rewriting = rewriter(request, index, writer);
  const rewritten = rewriting && (await timed("standalone", () => rewriting(signal)));
  const { standalone, parts, draft } = await draftFor(
    request,
    { index, retriever, answerer },
    timed,
    rewritten?.question,
  );
  const { kind, reading, evidence } = draft;
  const trace = traceOf(draft, timings);
  const common = { question: request.question, kind, standaloneQuestion: standalone };
  const { passages, period, people } = trace;
  yield { type: "retrieval", ...common, passages, period, people };

  const isWritten = request.mode === "generative" && writer !== null;
  const written = isWritten ? yield* writtenAnswer(standalone, draft, writer, read, signal, since) : null;
  const fallback = written?.fallback ?? null;
  if (fallback !== null) yield { type: "fallback", fallback };
  const model = bothUses(rewritten?.use ?? null, written?.use ?? null);
  const taken = { ...(model && { model }), ...(rewritten && { standalone: rewritten.trace }) };
  const all = { ...common, fallback, trace: { ...trace, ...taken } };
  if (written !== null && fallback === null && written.statements.length > 0) {
    const { statements, citations } = written;
    const groups = writtenGroups(draft, statements, citations);
    const said = { answered: true, answer: answerInWords(statements, groups), statements, citations };
    yield { type: "answer-end", answer: { ...all, mode: "generative", ...said, groups, refusal: null } };
    return;
  }

  // What the model finds no answer in, no sentence is taken from.
  const isSilent = written?.use !== undefined && written.use !== null && fallback === null;
  const drafted = isSilent ? [] : draft.statements;
  const { statements, citations, failed } = await timed("verify", () => verify(drafted, read));
  const mode = isSilent ? "generative" : "extractive";
  if (statements.length > 0) {
    for (const statement of statements) {
      for (const marker of statement.citations) {
        const citation = citations[marker - 1];
        if (citation) yield { type: "citation", citation };
      }
      yield { type: "statement", statement };
    }
    const groups = checkedGroups(draft, statements, citations);
    const said = { answered: true, answer: answerInWords(statements, groups, draft.mention), statements, citations };
    yield { type: "answer-end", answer: { ...all, mode, ...said, groups, refusal: null } };
    return;
  }
  const reason = draft.finding ?? (failed.length > 0 ? outOfDate(failed) : isSilent ? SILENT : NOTHING_SAID);
  const nearest = await nearestCitations(reading, evidence, reason, { ...parts, read });
  const refusal = { ...reason, period: reading.period, nearest };
  const said = { answered: false, answer: reason.message, statements: [], citations: [], groups: null, refusal };
  yield { type: "answer-end", answer: { ...all, mode, ...said } };
}

function traceOf({ evidence, reading, mention }: Draft, timings: Trace["timings"]): Trace {
  const { period, spans, people } = reading;
  const several = spans.length > 1 ? { spans: spans.map(({ from, to }) => ({ from, to })) } : {};
  const counted = mention === undefined ? {} : { mention };
  return { passages: evidence.map(traced), period, ...several, people, ...counted, timings };
}

/** Has a language model write a follow-up as a question of its own; null where there is none to be asked, or nothing before. */
function rewriter({ question, history = [], mode }: AskRequest, index: SearchableIndex, writer: Writer | null) {
  const standalone = mode === "generative" ? writer?.standalone : undefined;
  if (standalone === undefined || !history.some(({ role }) => role === "user")) return null;
  const ruled = standaloneQuestion(question, history, index);
  return (signal?: AbortSignal) => standalone({ asked: question, history, ruled }, signal);
}

/** The question as it is searched for, and its answer before any quote is checked against a file. */
export async function draftFor(
  { question, history = [], limit = DEFAULT_LIMIT, documents, folders, from, to }: AskRequest,
  { index, retriever, answerer }: Omit<AskParts, "corpus" | "writer">,
  timed: Timed = async (_, work) => work(),
  standalone = standaloneQuestion(question, history, index),
): Promise<{ readonly standalone: string; readonly parts: AnsweringParts; readonly draft: Draft }> {
  const filters: Scope = { documents, folders, from, to };
  const parts = { index, retriever, answerer, limit, filters, conversation: { asked: question, turns: history } };
  return { standalone, parts, draft: await draftAnswer(standalone, parts, timed) };
}

/** The bounds that hold for every caller; HTTP and the command line say them in their own words first. */
function requireValid(request: AskRequest, index: SearchableIndex, writer: Writer | null): void {
  const { question, limit = DEFAULT_LIMIT, mode } = request;
  if (question.trim() === "" || question.length > LONGEST_QUESTION) {
    const expected = `a text of 1 to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters`;
    throw new RequestError("question", expected, `the question must be ${expected}`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PASSAGES) {
    const expected = `a whole number from 1 to ${MOST_PASSAGES}`;
    throw new RequestError("limit", expected, `the limit must be ${expected}`);
  }
  if (mode === "generative" && writer === null) {
    const expected = '"extractive", or no mode at all: no language model is set up here';
    throw new RequestError("mode", expected, `"mode" takes ${expected}. PILCROW_LLM names one.`);
  }
  requireFilters(request, index);
}

/** What the index does not hold cannot be meant. Throws RequestError. */
export function requireFilters({ documents = [], folders = [] }: Filters, index: SearchableIndex): void {
  const unknown = documents.find((documentId) => !index.byDocumentId.has(documentId));
  if (unknown !== undefined) {
    const message = `there is no document ${JSON.stringify(unknown)}`;
    throw new RequestError("documents", "ids of documents in the index", message);
  }
  const empty = folders.find((folder) => {
    const isInside = insideOf([folder]);
    return !index.documents.some(({ document }) => isInside(document.path));
  });
  if (empty !== undefined) {
    const message = `there is no document in the folder ${JSON.stringify(empty)}`;
    throw new RequestError("folders", "folders of documents in the index", message);
  }
}

function outOfDate(failed: readonly Citation[]): Finding {
  const paths = [...new Set(failed.map((citation) => citation.path))].join(", ");
  return {
    reason: "no-evidence",
    message: `What answered when the index was made can no longer be read in ${paths}: changed, moved or not readable. \`pilcrow index\` reads the documents anew.`,
    missingTerms: [],
  };
}

const SILENT: Finding = {
  reason: "no-evidence",
  message: "The documents do not say, as far as the language model finds in the passages that come nearest.",
  missingTerms: [],
};
const NOTHING_SAID: Finding = { reason: "no-evidence", message: "The documents do not say.", missingTerms: [] };

function traced({ passage, score, dense, lexical, wording, period, people }: RankedPassage, position: number) {
  return { passageId: passage.passageId, score, dense, lexical, wording, period, people, rank: position + 1 };
}
