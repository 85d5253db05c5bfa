import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractiveAnswerer } from "../src/answering/extractive.ts";
import { ask } from "../src/ask.ts";
import { hybridRetriever } from "../src/retrieval/retriever.ts";
import type { AskRequest } from "../src/types.ts";
import { fakeEmbedder } from "./fake-embedder.ts";
import { filesOf, folderOf, indexOf } from "./make-index.ts";

const SKETCHES = {
  spring: {
    title: "Harbour board, spring",
    date: "2004-03-01",
    people: [{ name: "Ines Aldana", role: "Harbour Master" }],
    paragraphs: [
      "Harbour Master Ines Aldana reported that the ferry broke down twice.",
      "The library opened on Monday.",
    ],
  },
  autumn: {
    title: "Harbour board, autumn",
    date: "2005-10-02",
    people: [{ name: "Otto Brandt", role: "Harbour Master" }],
    paragraphs: ["Harbour Master Otto Brandt said that the ferry ran on time.", "The crane was mended."],
  },
};

async function setUp() {
  const index = await indexOf(SKETCHES);
  const corpus = await folderOf(filesOf(index));
  const embedder = fakeEmbedder();
  const parts = {
    index,
    retriever: hybridRetriever(index, embedder),
    answerer: extractiveAnswerer(embedder),
    corpus: { folder: corpus, maxFileBytes: 1_000_000 },
    writer: null,
  };
  return { corpus, asked: (request: AskRequest) => ask(request, parts) };
}

describe("ask", () => {
  it("answers from the document of the period, with what was searched for and why", async () => {
    const { asked } = await setUp();
    const answer = await asked({ question: "What did the Harbour Master say about the ferry in 2005?" });
    expect(answer).toMatchObject({
      answered: true,
      kind: "fact",
      standaloneQuestion: "What did the Harbour Master say about the ferry in 2005?",
      citations: [{ documentId: "autumn", label: "¶1", check: "verified", url: "/documents/autumn#p1" }],
      trace: { period: { from: "2005", to: "2005" }, people: [{ name: "Otto Brandt" }] },
      refusal: null,
    });
    expect(answer.answer).toBe("Harbour Master Otto Brandt said that the ferry ran on time. [1]");
  });

  it("tells each time that words without a year were taken for", async () => {
    const { asked } = await setUp();
    const { trace } = await asked({ question: "What did the last two documents say of the ferry?" });
    expect(trace.spans).toEqual([
      { from: "2005-10-02", to: "2005-10-02" },
      { from: "2004-03-01", to: "2004-03-01" },
    ]);
    expect((await asked({ question: "What was said of the ferry in 2005?" })).trace.spans).toBeUndefined();
  });

  it("takes a follow-up with its history", async () => {
    const { asked } = await setUp();
    const history = [{ role: "user", content: "What did the Harbour Master say about the ferry in 2005?" }] as const;
    const answer = await asked({ question: "And in 2004?", history });
    expect(answer.standaloneQuestion).toBe("What did the Harbour Master say about the ferry in 2004?");
    expect(answer.citations.map(({ documentId }) => documentId)).toEqual(["spring"]);
  });

  it("keeps to the documents asked for", async () => {
    const { asked } = await setUp();
    const answer = await asked({ question: "What of the ferry?", documents: ["spring"] });
    expect(new Set(answer.citations.map(({ documentId }) => documentId))).toEqual(new Set(["spring"]));
  });

  it("does not give one person's words for another's", async () => {
    const { asked } = await setUp();
    const answer = await asked({ question: "What did Aldana say about the crane?" });
    expect(answer.citations.filter(({ documentId }) => documentId === "autumn")).toEqual([]);
  });

  it("does not quote what is no longer in the file, or a file that is gone", async () => {
    const { asked, corpus } = await setUp();
    const question = "When did the library open?";
    expect((await asked({ question })).answered).toBe(true);
    await writeFile(join(corpus, "spring.txt"), "Harbour Master Ines Aldana left.");
    for (const refused of [
      await asked({ question }),
      await rm(join(corpus, "spring.txt")).then(() => asked({ question })),
    ]) {
      expect(refused).toMatchObject({ answered: false, citations: [], refusal: { reason: "no-evidence" } });
      expect(refused.answer).toContain("can no longer be read in spring.txt");
      expect(refused.refusal?.nearest.every(({ quote }) => quote !== "")).toBe(true);
    }
  });

  it.each<[string, AskRequest, string]>([
    ["an empty question", { question: "  " }, "question"],
    ["a question of a book's length", { question: "ferry ".repeat(1_000) }, "question"],
    ["a limit of 0", { question: "ferry?", limit: 0 }, "limit"],
    ["a limit of 2.5", { question: "ferry?", limit: 2.5 }, "limit"],
    ["an unknown document", { question: "ferry?", documents: ["winter"] }, "documents"],
  ])("refuses %s, naming the field", async (_, request, field) => {
    const { asked } = await setUp();
    await expect(asked(request)).rejects.toMatchObject({ name: "RequestError", field });
  });
});
