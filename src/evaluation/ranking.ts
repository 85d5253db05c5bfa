import { bestSentences } from "../answering/extractive.ts";
import { DEFAULT_LIMIT } from "../ask.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { lexicalCodec } from "../retrieval/lexical-codec.ts";
import { readQuestion } from "../retrieval/reading.ts";
import { hybridRetriever } from "../retrieval/retriever.ts";
import { searchable } from "../retrieval/searchable.ts";
import { vectraStore } from "../store/vectra.ts";

/** The sentences that rank best for a question, best first, however few of them an answer would take and whether or not it is refused. */
export type Ranking = (question: string) => Promise<readonly string[]>;

/** Ranks the sentences of the documents that are indexed in this folder. */
export async function rankingOf(folder: string, embedder: Embedder): Promise<Ranking> {
  const snapshot = await vectraStore(folder, lexicalCodec).open();
  if (snapshot === null) throw new Error("a committed index opens");
  const index = searchable(snapshot);
  const retriever = hybridRetriever(index, embedder);
  return async (question) => {
    const reading = readQuestion(question, index);
    const { period, spans, people } = reading;
    const evidence = await retriever.retrieve(question, DEFAULT_LIMIT, { period, spans, people });
    return (await bestSentences(reading, evidence, embedder)).map(({ text }) => text);
  };
}
