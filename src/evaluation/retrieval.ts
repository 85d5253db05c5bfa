import { hash } from "node:crypto";
import type { Embedder } from "../embedding/embedder.ts";
import { indexDocuments } from "../index-corpus.ts";
import { lexicalScores } from "../retrieval/bm25.ts";
import { hybridRetriever } from "../retrieval/retriever.ts";
import { type SearchableIndex, searchable } from "../retrieval/searchable.ts";
import { standaloneQuestion } from "../retrieval/standalone.ts";
import { queryTerms } from "../retrieval/stopwords.ts";
import { memoryStore } from "../store/memory.ts";
import { writerOf } from "../store/vector-store.ts";
import type { Document, IndexedDocument } from "../types.ts";
import { figure } from "./figure.ts";
import { hit, ndcg } from "./metrics.ts";
import type { Row } from "./row.ts";
import type { RetrievalSet } from "./sets.ts";

/** How deep a ranking is looked at. */
const DEPTH = 10;

type Query = RetrievalSet["queries"][number];

/**
 * Ranks the passages of a set, each indexed as a document of its own, for each of its questions: as a person wrote them
 * out; those of a set with conversations also as they were asked, without and with what was asked before.
 */
export async function evaluateRetrieval(set: RetrievalSet, embedder: Embedder): Promise<Row[]> {
  const index = await indexPassages(set, embedder);
  const ids = set.passages.map((passage) => passage._id);
  const retriever = hybridRetriever(index, embedder);
  const found = async (...asked: Parameters<typeof retriever.retrieve>) =>
    (await retriever.retrieve(...asked)).map((ranked) => ranked.ordinal);
  const alone = {
    async lexical({ rewrite, text }: Query) {
      const scores = lexicalScores(index.lexical, queryTerms(rewrite ?? text));
      return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, DEPTH);
    },
    async dense({ rewrite, text }: Query) {
      const [vector] = await embedder.embed([rewrite ?? text], "query");
      return vector === undefined ? [] : index.snapshot.search(vector, DEPTH).map((found) => found.ordinal);
    },
    hybrid: ({ rewrite, text }: Query) => found(rewrite ?? text, DEPTH),
  };
  const conversational = {
    "last turn": ({ text }: Query) => found(text, DEPTH),
    "last turn + history"({ text, history = [] }: Query) {
      const turns = history.map((content) => ({ role: "user" as const, content }));
      return found(standaloneQuestion(text, turns, index), DEPTH, {}, { asked: text, turns });
    },
  };
  const methods = set.queries.some(({ history = [] }) => history.length > 0) ? { ...alone, ...conversational } : alone;
  const rows: Row[] = [];
  for (const [method, rank] of Object.entries(methods)) {
    const questions: string[] = [];
    const rankings: { ranked: string[]; relevance: ReadonlyMap<string, number> }[] = [];
    for (const query of set.queries) {
      const ordinals = await rank(query);
      const relevance = set.relevance.get(query._id);
      if (relevance === undefined) continue;
      questions.push(query._id);
      rankings.push({ ranked: ordinals.map((ordinal) => ids[ordinal] ?? ""), relevance });
    }
    const average = (measure: (ranked: string[], relevance: ReadonlyMap<string, number>) => number) =>
      figure(rankings.map(({ ranked, relevance }) => measure(ranked, relevance)));
    rows.push({
      table: "retrieval",
      set: set.name,
      of: method,
      counts: { passages: ids.length, questions: questions.length },
      figures: {
        "nDCG@10": average((ranked, relevance) => ndcg(ranked, relevance, 10)),
        "nDCG@5": average((ranked, relevance) => ndcg(ranked, relevance, 5)),
        "R@1": average((ranked, relevance) => hit(ranked, relevance, 1)),
        "R@5": average((ranked, relevance) => hit(ranked, relevance, 5)),
      },
      questions,
    });
  }
  return rows;
}

/** The passages of a set as they are, each a document of its own, indexed in memory. */
export async function indexPassages(set: RetrievalSet, embedder: Embedder): Promise<SearchableIndex> {
  const documents = set.passages.map((passage, i): IndexedDocument => {
    const documentId = `d${i}`;
    const document: Document = {
      documentId,
      path: passage._id,
      title: passage.title,
      date: null,
      source: null,
      mediaType: "text/plain",
      encoding: "utf-8",
      hash: hash("sha256", passage.text),
      text: passage.text,
      people: [],
    };
    const { text } = passage;
    return {
      document,
      passages: [{ passageId: `${documentId}#p1`, documentId, label: "¶1", start: 0, end: text.length, text }],
    };
  });
  const store = memoryStore();
  const writer = await writerOf(store);
  await writer.commit(await indexDocuments(documents, embedder));
  await writer.release();
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("a committed index opens");
  return searchable(snapshot);
}
