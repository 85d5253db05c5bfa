import type { Embedder } from "../src/embedding/embedder.ts";
import type { QuestionSet } from "../src/evaluation/sets.ts";
import { indexDocuments } from "../src/index-corpus.ts";
import { readCorpus } from "../src/read-corpus.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { type SearchableIndex, searchable } from "../src/retrieval/searchable.ts";
import { memoryStore } from "../src/store/memory.ts";
import { exampleCorpus } from "./paths.ts";

/** The documents of a question set, indexed in memory. */
export async function indexSet({ corpus }: QuestionSet, embedder: Embedder): Promise<SearchableIndex> {
  const folder = corpus ?? exampleCorpus();
  const { documents } = await readCorpus({ folder, ignore: [], maxFileBytes: 50_000_000 });
  const content = await indexDocuments(documents, embedder);
  const store = memoryStore(lexicalCodec);
  await store.exclusively(({ commit }) => commit(content));
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("a committed index opens");
  return searchable(snapshot);
}
