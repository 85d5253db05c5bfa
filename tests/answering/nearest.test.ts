import { expect, it } from "vitest";
import { corpusReader } from "../../src/answering/citations.ts";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import { nearestCitations } from "../../src/answering/nearest.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { filesOf, folderOf, indexOf } from "../make-index.ts";

/** What is shown beside a refusal, of a letter of these paragraphs. */
async function shown(question: string, paragraphs: readonly string[]): Promise<string[]> {
  const index = await indexOf({ letter: { title: "Letter", paragraphs } });
  const folder = await folderOf(filesOf(index));
  const embedder = fakeEmbedder();
  const retriever = hybridRetriever(index, embedder);
  const citations = await nearestCitations(
    readQuestion(question, index),
    await retriever.retrieve(question, 8),
    { reason: "no-evidence", message: "The documents do not say.", missingTerms: [] },
    {
      retriever,
      answerer: extractiveAnswerer(embedder),
      read: corpusReader({ folder, maxFileBytes: 1_000_000 }),
      limit: 8,
      filters: {},
    },
  );
  expect(citations.map(({ marker }) => marker)).toEqual(citations.map((_, i) => i + 1));
  return citations.map(({ quote }) => quote);
}

const SALUTATIONS = ["Dear Ada,", "My dear Ada,", "Dearest Ada,"];

it("goes on to the passages that say something", async () => {
  expect(await shown("What did dear Ada reply?", [...SALUTATIONS, "The ferry ran late again."])).toEqual([
    "The ferry ran late again.",
  ]);
});

it("shows what was looked at where none says anything", async () => {
  expect((await shown("What did dear Ada reply?", SALUTATIONS)).toSorted()).toEqual([...SALUTATIONS].sort());
});
