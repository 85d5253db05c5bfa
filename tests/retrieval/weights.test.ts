import { describe, expect, it } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { lexicalBound, lexicalScores } from "../../src/retrieval/bm25.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { queryTerms } from "../../src/retrieval/stopwords.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf, type Sketch } from "../make-index.ts";

/** Both documents by their parts, the one that comes first by path last: where nothing decides, that one wins. */
async function rank(question: string, first: Sketch, better: Sketch, embedder: Embedder = fakeEmbedder()) {
  const index = await indexOf({ a: first, b: better }, embedder);
  return hybridRetriever(index, embedder).retrieve(question, 2);
}
const notes = (text: string): Sketch => ({ title: "Notes", paragraphs: [text] });
const filler = "and so it went on for many a day ".repeat(3);

/** Pairs of the same words, so that neither BM25 nor the cosine tells them apart, and all but one signal are alike. */
const PAIRS: readonly (readonly [signal: string, question: string, worse: Sketch, better: Sketch])[] = [
  [
    "window",
    "engine ferry",
    notes(`The ferry ran ${filler}with an engine.`),
    notes(`The ferry with an engine ran ${filler}`.trim()),
  ],
  ["pairs", "engine ferry", notes("A ferry and an engine."), notes("An engine and a ferry.")],
  [
    "sentence",
    "engine ferry",
    notes("The ferry ran. The engine of it too."),
    notes("The ferry of the engine. It ran too."),
  ],
  [
    "title",
    "ferry",
    { title: "Notes", paragraphs: ["The ferry ran on the ferry line."] },
    { title: "Ferry", paragraphs: ["The notes ran on the ferry line."] },
  ],
];

describe("the order of passages", () => {
  it.each(PAIRS)("turns on the %s alone", async (_, question, worse, better) => {
    const ranked = await rank(question, worse, better);
    expect(ranked.map(({ passage }) => passage.documentId)).toEqual(["b", "a"]);
    const [first, second] = ranked;
    expect(first?.dense).toBeCloseTo(second?.dense ?? Number.NaN, 3);
    expect(first?.lexical).toBeCloseTo(second?.lexical ?? Number.NaN, 6);
    expect((first?.wording ?? 0) - (second?.wording ?? 0)).toBeGreaterThan(0.02);
  });
});

/** A passage that says the word often, and one that says it once and whose cosine is larger by so much. */
async function wordsAgainstVectors(by: number) {
  const plain = fakeEmbedder({ dimension: 2 });
  const cosine = (text: string) => (text.includes("Vectors") ? 0.1 + by : text.includes("Words") ? 0.1 : 1);
  const embed: Embedder["embed"] = async (texts) =>
    texts.map((text) => Float32Array.of(cosine(text), Math.sqrt(1 - cosine(text) ** 2)));
  const words = { title: "Words", paragraphs: ["The ferry is the ferry that was a ferry."] };
  const vectors = { title: "Vectors", paragraphs: ["The ferry is the boat that was a barge."] };
  const index = await indexOf({ words, vectors }, { ...plain, embed });
  const [query, scores] = [queryTerms("ferry"), lexicalScores(index.lexical, queryTerms("ferry"))];
  const share = Math.abs((scores[0] ?? 0) - (scores[1] ?? 0)) / lexicalBound(index.lexical, query);
  const [best] = await hybridRetriever(index, { ...plain, embed }).retrieve("ferry", 2);
  return { share, best: best?.passage.documentId };
}

describe("the weight of the cosine", () => {
  it("lets neither words nor vectors decide alone", async () => {
    const { share } = await wordsAgainstVectors(0);
    // So much more cosine outweighs the words where its weight is above 0.42; and does not where it is below 0.48.
    expect((await wordsAgainstVectors((share * 0.58) / 0.42)).best).toBe("vectors");
    expect((await wordsAgainstVectors((share * 0.52) / 0.48)).best).toBe("words");
  });
});
