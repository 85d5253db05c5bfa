import { hash } from "node:crypto";
import { extractiveAnswerer } from "../answering/extractive.ts";
import { draftFor } from "../ask.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { indexDocuments } from "../index-corpus.ts";
import { lexicalScores } from "../retrieval/bm25.ts";
import { lexicalCodec } from "../retrieval/lexical-codec.ts";
import { hybridRetriever, RESCORED } from "../retrieval/retriever.ts";
import { type SearchableIndex, searchable } from "../retrieval/searchable.ts";
import { queryTerms } from "../retrieval/stopwords.ts";
import { windowGains } from "../retrieval/windows.ts";
import { memoryStore } from "../store/memory.ts";
import type { Document, IndexedDocument } from "../types.ts";
import { figure } from "./figure.ts";
import { hit, ndcg } from "./metrics.ts";
import type { Row } from "./row.ts";
import type { RetrievalSet } from "./sets.ts";
import { type AskedTwice, turnRows, wroteOutAlone } from "./turn-rows.ts";

/** How deep a ranking is looked at. */
const DEPTH = 10;
/** The turns of conversations: as they are, and after what was said before them. */
const ALONE = "last turn";
const IN_TURN = "last turn + history";

type Query = RetrievalSet["queries"][number];

/**
 * Ranks the passages of a set, each indexed as a document of its own, for each of its questions: as a person wrote them
 * out; those of a set with conversations also as they were asked, the way `ask` does, without and with what was asked
 * before.
 */
export async function evaluateRetrieval(set: RetrievalSet, embedder: Embedder): Promise<Row[]> {
  const index = await indexPassages(set, embedder);
  const ids = set.passages.map((passage) => passage._id);
  const retriever = hybridRetriever(index, embedder);
  const alone = {
    async lexical({ rewrite, text }: Query) {
      const scores = lexicalScores(index.lexical, queryTerms(rewrite ?? text));
      return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, DEPTH);
    },
    /** One vector a passage: the embedding alone. */
    async cosine({ rewrite, text }: Query) {
      const [vector] = await embedder.embed([rewrite ?? text], "query");
      return vector === undefined ? [] : index.snapshot.search(vector, DEPTH).map(({ ordinal }) => ordinal);
    },
    async dense({ rewrite, text }: Query) {
      const [vector] = await embedder.embed([rewrite ?? text], "query");
      return vector === undefined ? [] : byCosine(vector, index, embedder);
    },
    async hybrid({ rewrite, text }: Query) {
      return (await retriever.retrieve(rewrite ?? text, DEPTH)).map(({ ordinal }) => ordinal);
    },
  };
  const parts = { index, retriever, answerer: extractiveAnswerer(embedder) };
  const asked = async (question: string, history: readonly string[]) => {
    const turns = history.map((content) => ({ role: "user" as const, content }));
    const { draft } = await draftFor({ question, history: turns, limit: DEPTH }, parts);
    return draft.evidence.slice(0, DEPTH).map(({ ordinal }) => ordinal);
  };
  const conversational = {
    [ALONE]: ({ text }: Query) => asked(text, []),
    [IN_TURN]: ({ text, history = [] }: Query) => asked(text, history),
  };
  const isConversation = set.queries.some(({ history = [] }) => history.length > 0);
  const methods = isConversation ? { ...alone, ...conversational } : alone;
  const rows: Row[] = [];
  const rankingsBy = new Map<string, readonly Ranking[]>();
  for (const [method, rank] of Object.entries(methods)) {
    const rankings: Ranking[] = [];
    for (const query of set.queries) {
      const relevance = set.relevance.get(query._id);
      if (relevance === undefined) continue;
      rankings.push({ query, ranked: (await rank(query)).map((ordinal) => ids[ordinal] ?? ""), relevance });
    }
    rankingsBy.set(method, rankings);
    rows.push(rowOf(set, method, rankings));
  }
  return [...rows, ...turnRows(set.name, turnsOf(rankingsBy.get(ALONE) ?? [], rankingsBy.get(IN_TURN) ?? []))];
}

interface Ranking {
  readonly query: Query;
  readonly ranked: readonly string[];
  readonly relevance: ReadonlyMap<string, number>;
}

function rowOf(set: RetrievalSet, method: string, rankings: readonly Ranking[]): Row {
  const average = (measure: (ranking: Ranking) => number) => figure(rankings.map(measure));
  return {
    table: "retrieval",
    set: set.name,
    of: method,
    counts: { passages: set.passages.length, questions: rankings.length },
    figures: {
      "nDCG@10": average(({ ranked, relevance }) => ndcg(ranked, relevance, 10)),
      "nDCG@5": average(({ ranked, relevance }) => ndcg(ranked, relevance, 5)),
      "R@1": average(({ ranked, relevance }) => hit(ranked, relevance, 1)),
      "R@5": average(({ ranked, relevance }) => hit(ranked, relevance, 5)),
    },
    questions: rankings.map(({ query }) => query._id),
  };
}

/** The turns that have something before them and that a person wrote out: that tells which of them stand alone. */
function turnsOf(alone: readonly Ranking[], inTurn: readonly Ranking[]): AskedTwice[] {
  const measures = ({ ranked, relevance }: Ranking) => ({
    "hit@1": hit(ranked, relevance, 1),
    "hit@3": hit(ranked, relevance, 3),
    "nDCG@5": ndcg(ranked, relevance, 5),
  });
  return alone.flatMap((one, at) => {
    const { _id, text, rewrite, history = [] } = one.query;
    const other = inTurn[at];
    if (rewrite === undefined || history.length === 0 || other === undefined) return [];
    const standsAlone = wroteOutAlone(text, rewrite, history);
    return [{ id: _id, standsAlone, alone: measures(one), inTurn: measures(other) }];
  });
}

/** As the hybrid search counts the cosine: the passages nearest as a whole, their best windows looked at. */
async function byCosine(vector: Float32Array, index: SearchableIndex, embedder: Embedder): Promise<number[]> {
  const found = index.snapshot.search(vector, RESCORED);
  const passages = found.flatMap(({ ordinal, score }) => {
    const passage = index.passages[ordinal];
    return passage ? [{ passage, cosine: score }] : [];
  });
  const gains = await windowGains(vector, passages, embedder);
  return found
    .map(({ ordinal, score }, i) => ({ ordinal, score: score + (gains[i] ?? 0) }))
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, DEPTH)
    .map(({ ordinal }) => ordinal);
}

/** The passages of a set as they are, each a document of its own, indexed in memory. */
export async function indexPassages(set: RetrievalSet, embedder: Embedder): Promise<SearchableIndex> {
  const documents = set.passages.map((passage, i): IndexedDocument => {
    const documentId = `d${i}`;
    const document: Document = {
      documentId,
      // Ordinals follow the paths, and here the order of the set.
      path: `${String(i).padStart(8, "0")} ${passage._id}`,
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
  return indexInMemory(documents, embedder);
}

/** These documents, indexed in memory. */
export async function indexInMemory(
  documents: readonly IndexedDocument[],
  embedder: Embedder,
): Promise<SearchableIndex> {
  const store = memoryStore(lexicalCodec);
  const content = await indexDocuments(documents, embedder);
  await store.exclusively(({ commit }) => commit(content));
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("a committed index opens");
  return searchable(snapshot);
}
