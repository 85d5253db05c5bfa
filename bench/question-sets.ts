import type { Embedder } from "../src/embedding/embedder.ts";
import { indexInMemory } from "../src/evaluation/retrieval.ts";
import type { QuestionSet } from "../src/evaluation/sets.ts";
import { readCorpus } from "../src/read-corpus.ts";
import type { SearchableIndex } from "../src/retrieval/searchable.ts";
import { exampleCorpus } from "./paths.ts";

/** The documents of a question set, indexed in memory. */
export async function indexSet({ corpus }: QuestionSet, embedder: Embedder): Promise<SearchableIndex> {
  const folder = corpus ?? exampleCorpus();
  const { documents } = await readCorpus({ folder, ignore: [], maxFileBytes: 50_000_000 });
  return indexInMemory(documents, embedder);
}
