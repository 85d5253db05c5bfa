import { expect, it } from "vitest";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import { ask } from "../../src/ask.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { filesOf, folderOf, indexOf } from "../make-index.ts";

async function asked(question: string, paragraphs: readonly string[]) {
  const people = [
    { name: "Ines Aldous", role: "Treasurer" },
    { name: "Bram Colley", role: "Clerk" },
  ];
  const index = await indexOf({ register: { title: "Register", date: "2011-01-01", people, paragraphs } });
  const embedder = fakeEmbedder();
  const corpus = { folder: await folderOf(filesOf(index)), maxFileBytes: 1e6 };
  const answerer = extractiveAnswerer(embedder);
  const parts = { index, retriever: hybridRetriever(index, embedder), answerer, corpus, writer: null };
  return ask({ question }, parts);
}

it("gives each person the item of the list that is theirs", async () => {
  const { statements, groups } = await asked("What did Aldous and Colley each declare?", [
    "From the register of gifts:\n- Aldous declared a silver spoon.\n- Colley declared a crate of plums.",
  ]);
  const said = groups?.map(({ title, statements: own }) => [title, own.map((at) => statements[at]?.text).join(" ")]);
  expect(said).toEqual([
    ["Aldous", expect.stringContaining("spoon")],
    ["Colley", expect.stringContaining("plums")],
  ]);
  expect(said?.[0]?.[1]).not.toContain("plums");
});
