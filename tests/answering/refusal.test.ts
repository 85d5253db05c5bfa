import { beforeAll, describe, expect, it } from "vitest";
import { judge } from "../../src/answering/refusal.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    spring: {
      title: "Harbour board, spring",
      date: "2004-03-01",
      paragraphs: ["Harbour Master Aldana reported that the ferry broke down twice.", "The library opened."],
    },
    autumn: { title: "Harbour board, autumn", date: "2005-10-02", paragraphs: ["Engineer Brandt mended the crane."] },
  });
});

async function judged(question: string, of: SearchableIndex = index) {
  const reading = readQuestion(question, of);
  const scope = { period: reading.period };
  return judge(reading, await hybridRetriever(of, fakeEmbedder()).retrieve(question, 5, scope), of, scope);
}

describe("judge", () => {
  it("lets a question pass that the documents are about", async () => {
    expect(await judged("What did Aldana report about the ferry in 2004?")).toBeNull();
    expect(await judged("What happened on 2 October 2005?")).toBeNull();
  });

  it("says which periods there are when the question asks of another", async () => {
    const finding = await judged("What did the board decide in 1998?");
    expect(finding).toMatchObject({ reason: "no-document-in-period", missingTerms: [] });
    expect(finding?.message).toContain("1998");
    expect(finding?.message).toContain("2004 and 2005");
  });

  it("names a name that stands nowhere", async () => {
    const finding = await judged("What did Castellan say about the ferry?");
    expect(finding).toMatchObject({ reason: "missing-terms", missingTerms: ["Castellan"] });
    expect(finding?.message).toContain("found in none");
  });

  it("says where a name appears that the period does not have", async () => {
    const finding = await judged("What did Brandt mend in 2004?");
    expect(finding).toMatchObject({ reason: "missing-terms", missingTerms: ["Brandt"] });
    expect(finding?.message).toContain("Brandt appears in 1 document, of 2 October 2005");
  });

  it("says of two names that no document has both, unless they are asked for side by side", async () => {
    const finding = await judged("What did Brandt say about Aldana?");
    expect(finding?.reason).toBe("no-evidence");
    expect(finding?.message).toContain("no document has both");
    expect(await judged("What did Aldana and Brandt report about the ferry and the crane?")).toBeNull();
  });

  it("refuses what no passage is about, naming the words that were not found", async () => {
    const finding = await judged("how do I reset a password?");
    expect(finding).toMatchObject({ reason: "missing-terms", missingTerms: ["reset", "password"] });
  });

  it("refuses a question without a word to look for, and an index without passages", async () => {
    expect(await judged("what about it?")).toMatchObject({ reason: "no-evidence" });
    expect(await judged("ferry?", await indexOf({}))).toMatchObject({ reason: "empty-index" });
  });
});
