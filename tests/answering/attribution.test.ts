import { describe, expect, it } from "vitest";
import { ofThePeople } from "../../src/answering/attribution.ts";
import { bestSentences } from "../../src/answering/extractive.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

const embedder = fakeEmbedder();
const index = await indexOf({
  minutes: {
    title: "Minutes",
    people: [
      { name: "Ada Quince", role: "Harbour Master" },
      { name: "Tom Birch", role: "Treasurer" },
    ],
    paragraphs: [
      "The rent of the ferry house in Ferry Lane was paid.",
      "Ms Quince reported that the boat was late twice.",
      "Mr Birch said that the ferry should cost more.",
      "The harbour was dredged. She also wished for a second ferry.",
    ],
  },
});

async function texts(question: string) {
  const reading = readQuestion(question, index);
  const evidence = await hybridRetriever(index, embedder).retrieve(question, 8);
  return ofThePeople(reading, await bestSentences(reading, evidence, embedder)).map(({ text }) => text);
}

describe("ofThePeople", () => {
  it("leaves of what somebody said only what speaks of them, or of somebody named before", async () => {
    expect((await texts("What did Quince say about the ferry?")).sort()).toEqual([
      "Ms Quince reported that the boat was late twice.",
      "She also wished for a second ferry.",
    ]);
    expect(await texts("What did the Treasurer say about the ferry?")).toContain(
      "Mr Birch said that the ferry should cost more.",
    );
    expect(await texts("What did the Treasurer say about the ferry?")).not.toContain(
      "The rent of the ferry house in Ferry Lane was paid.",
    );
  });

  it("leaves everything where nobody's words or deeds are asked for", async () => {
    expect(await texts("What was paid for the ferry house?")).toHaveLength(5);
    expect(await texts("Is Quince the Harbour Master of the ferry?")).toHaveLength(5);
  });
});

it("answers from a paragraph sooner than from the heading above it", async () => {
  const headed = await indexOf({
    log: { title: "Log", paragraphs: ["7 Ferry landing", "The ferry may use the landing again from May.", "8 Roof"] },
  });
  const question = "What of the ferry landing?";
  const reading = readQuestion(question, headed);
  const evidence = await hybridRetriever(headed, embedder).retrieve(question, 8);
  const [best] = await bestSentences(reading, evidence, embedder);
  expect(best?.text).toBe("The ferry may use the landing again from May.");
});
