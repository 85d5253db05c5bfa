import type { Settings } from "../../src/config.ts";
import { IndexError, NotFoundError } from "../../src/errors.ts";
import type { IndexEvent } from "../../src/index-corpus.ts";
import type { Pilcrow, Status } from "../../src/pilcrow.ts";
import type { Answer, AskRequest, Citation, SearchHit } from "../../src/types.ts";

export const settings: Settings = {
  corpus: "/home/ann/papers",
  exampleCorpus: false,
  llm: null,
  index: "/home/ann/index",
  model: { kind: "folder", path: "/opt/models/tiny-model" },
  host: "127.0.0.1",
  port: 0,
  allowedHosts: [],
  publicUrl: null,
  maxFileBytes: 1000,
};

export const citation: Citation = {
  marker: 1,
  documentId: "minutes",
  title: "Minutes of the garden club",
  date: "2021-03-09",
  path: "2021/minutes.md",
  passageId: "minutes#p4",
  label: "¶4",
  start: 10,
  end: 60,
  line: 12,
  quote: "The club will plant\nforty lime trees along the canal.",
  check: "verified",
  url: "/documents/minutes#p4",
};

export const answer: Answer = {
  question: "How many trees?",
  kind: "fact",
  mode: "extractive",
  fallback: null,
  standaloneQuestion: "How many trees?",
  answered: true,
  answer: "The club will plant forty lime trees along the canal. [1]",
  statements: [{ text: "The club will plant forty lime trees along the canal.", citations: [1], rank: 1 }],
  citations: [citation],
  groups: null,
  refusal: null,
  trace: { passages: [], period: null, people: [], timings: {} },
};

export const refused: Answer = {
  ...answer,
  answered: false,
  answer: "The documents do not say.",
  statements: [],
  citations: [],
  refusal: {
    reason: "no-evidence",
    message: "The documents do not say.",
    missingTerms: [],
    period: null,
    nearest: [citation],
  },
};

export const hit: SearchHit = {
  passageId: "minutes#p4",
  documentId: "minutes",
  title: "Minutes of the garden club",
  date: "2021-03",
  path: "2021/minutes.md",
  label: "¶4",
  start: 10,
  end: 60,
  text: "The club will plant\nforty lime trees along the canal.",
  check: "verified",
  score: 0.75,
  dense: 0.4,
  wording: 0.1,
  lexical: 0.25,
};

export const status: Status = {
  corpus: settings.corpus,
  index: settings.index,
  generation: "g1",
  createdAt: "2026-01-02T03:04:05.000Z",
  documents: 2,
  passages: 31,
  embedder: "tiny-model",
  failures: [],
  failureCount: 0,
  unsupported: {},
  pending: { added: 0, changed: 0, renamed: 0, removed: 0 },
  rebuilding: null,
  pendingProblem: null,
  writer: null,
};

export const events: readonly IndexEvent[] = [
  { type: "scan-end", added: 3, changed: 0, renamed: 0, removed: 1, unchanged: 0 },
  { type: "file-failed", failure: { path: "zeros.bin", code: "binary", message: "it is not text" } },
  { type: "progress", documents: 1, documentsTotal: 2, passages: 10, passagesTotal: 1030, elapsedMs: 100 },
  { type: "progress", documents: 2, documentsTotal: 2, passages: 1030, passagesTotal: 1030, elapsedMs: 400 },
  {
    type: "index-end",
    written: true,
    documents: 2,
    passages: 1030,
    failures: [{ path: "zeros.bin", code: "binary", message: "it is not text" }],
    failureCount: 1,
    unsupported: {},
    elapsedMs: 412,
  },
];

/** A Pilcrow that answers what it is told to, and remembers what it was asked. */
export function fakePilcrow(
  given: Partial<Pilcrow> & { readonly indexed?: boolean; readonly events?: readonly IndexEvent[] } = {},
): Pilcrow & { readonly asked: AskRequest[]; readonly calls: string[] } {
  let indexed = given.indexed ?? true;
  const asked: AskRequest[] = [];
  const calls: string[] = [];
  const needIndex = () => {
    if (!indexed) throw new IndexError("index-missing", "There is no index", "Run `pilcrow index`.");
  };
  return {
    modes: ["extractive"],
    asked,
    calls,
    async *prepare() {},
    refresh: async () => {},
    async *index(options) {
      calls.push(options?.rebuild ? "rebuild" : "index");
      yield* given.events ?? events;
      indexed = true;
    },
    async ask(request) {
      asked.push(request);
      needIndex();
      return answer;
    },
    async *askEvents(request) {
      yield { type: "answer-end", answer: await this.ask(request) };
    },
    async search() {
      needIndex();
      return [hit];
    },
    async documents() {
      needIndex();
      return [
        {
          documentId: "minutes",
          title: "Minutes",
          date: null,
          source: null,
          path: "minutes.md",
          mediaType: "text/markdown",
          passages: 31,
          hash: "00",
        },
      ];
    },
    async document(documentId) {
      throw new NotFoundError(documentId);
    },
    async raw(documentId) {
      throw new NotFoundError(documentId);
    },
    async status() {
      return status;
    },
    async warm() {
      calls.push("warm");
    },
    ...given,
  };
}
