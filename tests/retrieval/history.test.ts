import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { historyTexts, historyWeight, questionTexts } from "../../src/retrieval/history.ts";
import { hybridRetriever, type Retriever } from "../../src/retrieval/retriever.ts";
import type { Turn } from "../../src/types.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

const user = (content: string): Turn => ({ role: "user", content });
const assistant = (content: string): Turn => ({ role: "assistant", content });

describe("historyWeight", () => {
  it.each<[string, number, number]>([
    ["Why?", 0, 1],
    ["Who built it?", 0, 1],
    ["And the harbour wall of the old town?", 0, 0.4],
    ["Did they call the big explosion in the yard dangerous for children?", 1, 0],
    ["How are fares paid?", 0, 0.3],
    ["Paid fares", 0, 0.5],
    ["How long is the ferry's new landing stage?", 0.2, 0],
    ["How long is the ferry's new landing stage?", 0.4, 0.15],
    ["How long is the new wooden landing stage of the Arden ferry?", 1, 0],
    ["Is the fee a tax, and how is it paid?", 0.4, 0.15],
    ["Are the levy and the toll the same tax?", 0.4, 0.15],
    ["Thank you very much!", 1, 0],
    ["", 1, 0],
  ])("of %j with an agreement of %d is %d", (asked, agreement, weight) => {
    expect(historyWeight(asked, agreement)).toBe(weight);
  });
});

describe("historyTexts", () => {
  it("takes the latest question most, the answer to it half as much, and no thanks", () => {
    const texts = historyTexts({
      asked: "Why?",
      turns: [user("When did the ferry sink?"), assistant("The ferry sank in 2004 [1]."), user("Thank you")],
    });
    expect(texts).toEqual([{ text: "When did the ferry sink?", weight: 1 }]);
    const [question, answer] = historyTexts({
      asked: "Why?",
      turns: [user("When did the ferry sink?"), assistant("The ferry sank in 2004 [1].")],
    });
    expect(answer?.text).not.toContain("[1]");
    expect((answer?.weight ?? 0) / (question?.weight ?? 0)).toBeCloseTo(0.5, 6);
  });

  it("shares out 1, whatever was said", () => {
    const turn = fc.oneof(fc.string().map(user), fc.lorem().map(user), fc.lorem().map(assistant));
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        const texts = historyTexts({ asked: "Why?", turns });
        const sum = texts.reduce((total, { weight }) => total + weight, 0);
        expect(sum).toBeCloseTo(texts.length === 0 ? 0 : 1, 6);
      }),
    );
  });
});

it("searches for what was asked and for what was written out", () => {
  expect(questionTexts("Why?", { asked: "Why?", turns: [] })).toEqual([{ text: "Why?", weight: 1 }]);
  const texts = questionTexts("Why did it end?", { asked: "Why?", turns: [user("When did it end?")] });
  expect(texts.map(({ text }) => text)).toEqual(["Why?", "Why did it end?"]);
});

describe("a retriever with history", () => {
  let retriever: Retriever;
  beforeAll(async () => {
    const index = await indexOf({
      ferry: {
        title: "Ferry",
        paragraphs: ["The ferry stopped because the engine broke.", "Tickets cost two crowns."],
      },
      tram: { title: "Tram", paragraphs: ["The tram stopped because the wire broke.", "Tickets cost one crown."] },
    });
    retriever = hybridRetriever(index, fakeEmbedder());
  });
  const first = async (asked: string, turns: readonly Turn[]) =>
    (await retriever.retrieve(asked, 4, {}, { asked, turns }))[0]?.passage.passageId;

  it("finds what the question before spoke of", async () => {
    expect(await first("Why did it stop?", [user("When did the tram stop?")])).toBe("tram#p1");
    expect(await first("Why did it stop?", [user("When did the ferry stop?")])).toBe("ferry#p1");
  });

  it("leaves a question of another subject alone, score and all", async () => {
    const question = "Why was the engine of the ferry broken?";
    const alone = await retriever.retrieve(question, 4);
    const turns = [user("How much do tickets cost?")];
    expect(await retriever.retrieve(question, 4, {}, { asked: question, turns })).toEqual(alone);
  });

  it("gives scores that are the sum of their parts", async () => {
    const conversation = { asked: "Why?", turns: [user("When did the ferry stop?"), assistant("In May.")] };
    for (const { score, dense, lexical, wording } of await retriever.retrieve(
      "Why did the ferry stop?",
      4,
      {},
      conversation,
    )) {
      expect(score).toBeCloseTo(dense + lexical + wording, 6);
    }
  });
});
