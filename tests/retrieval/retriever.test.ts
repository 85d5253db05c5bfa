import { describe, expect, it } from "vitest";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

const SKETCHES = {
  spring: {
    title: "Spring report",
    date: "2004-03-01",
    paragraphs: ["The ferry broke down twice.", "The library opened."],
  },
  autumn: {
    title: "Autumn report",
    date: "2005-10-02",
    paragraphs: ["The ferry ran on time.", "In March 2004 the ferry had failed."],
  },
  notes: { title: "Notes", paragraphs: ["A ferry needs two engines."] },
};

async function retrieve(question: string, scope = {}, limit = 10) {
  const index = await indexOf(SKETCHES);
  return hybridRetriever(index, fakeEmbedder()).retrieve(question, limit, scope);
}
const ids = (ranked: Awaited<ReturnType<typeof retrieve>>) => ranked.map(({ passage }) => passage.passageId);

describe("hybridRetriever", () => {
  it("ranks by a score that is the sum of its parts, best first", async () => {
    const ranked = await retrieve("Which ferry broke down?");
    expect(ids(ranked)[0]).toBe("spring#p1");
    for (const [i, { score, dense, lexical, wording }] of ranked.entries()) {
      expect(score).toBeCloseTo(dense + lexical + wording, 6);
      expect(score).toBeLessThanOrEqual(ranked[i - 1]?.score ?? 2);
    }
  });

  it("puts what speaks of the people meant before the like of it that does not, and says so in the score", async () => {
    const people = [{ name: "Ada Quince", role: "Master" }];
    const paragraphs = ["The ferry of Holt ran late.", "The ferry of Quince ran late."];
    const index = await indexOf({ log: { title: "Log", people, paragraphs } });
    const asked = (scope: object) =>
      hybridRetriever(index, fakeEmbedder()).retrieve("Why did the ferry run late?", 5, scope);
    const ranked = await asked({ people });
    expect(ids(ranked)).toEqual(["log#p2", "log#p1"]);
    expect(ranked.map((one) => one.people > 0)).toEqual([true, false]);
    for (const { score, dense, lexical, wording, people: part } of ranked)
      expect(score).toBeCloseTo(dense + lexical + wording + part, 6);
    expect((await asked({})).every((one) => one.people === 0)).toBe(true);
  });

  it("gives no more than the limit", async () => {
    expect(await retrieve("ferry", {}, 2)).toHaveLength(2);
  });

  it("keeps to the documents asked for", async () => {
    expect(ids(await retrieve("ferry", { documents: ["notes"] }))).toEqual(["notes#p1"]);
  });

  it("keeps to documents of the period and passages that write out its date", async () => {
    const found = ids(await retrieve("ferry", { period: { from: "2004", to: "2004", text: "2004" } }));
    expect(found.sort()).toEqual(["autumn#p2", "spring#p1", "spring#p2"]);
  });

  it("takes the caller's own dates strictly", async () => {
    expect(ids(await retrieve("ferry", { from: "2005-01" })).sort()).toEqual(["autumn#p1", "autumn#p2"]);
    expect(ids(await retrieve("ferry", { to: "2004" })).sort()).toEqual(["spring#p1", "spring#p2"]);
  });
});

describe("readQuestion", () => {
  it("takes the words of substance, and says which are names", async () => {
    const { terms, period } = readQuestion("What did Aldana say about the ferry in 2004?", await indexOf(SKETCHES));
    expect(terms.map(({ word, named }) => [word, named])).toEqual([
      ["Aldana", true],
      ["ferry", false],
    ]);
    expect(period).toMatchObject({ from: "2004", to: "2004" });
  });

  it("requires no name of the question that a follow-up was asked after", async () => {
    const { terms } = readQuestion("What did Aldana promise (Who met in Oulu)?", await indexOf(SKETCHES));
    expect(terms.map(({ word, named }) => [word, named])).toContainEqual(["Oulu", false]);
    expect(terms.map(({ word, named }) => [word, named])).toContainEqual(["Aldana", true]);
  });

  it("does not take the first word or a question in capitals for names", async () => {
    const index = await indexOf(SKETCHES);
    expect(readQuestion("Ferry engines?", index).terms.map(({ named }) => named)).toEqual([false, false]);
    expect(readQuestion("WHO RAN THE FERRY", index).terms.map(({ word }) => word)).toEqual(["RAN", "FERRY"]);
    expect(readQuestion("What about US ferries?", index).terms.map(({ word }) => word)).toEqual(["US", "ferries"]);
  });
});
