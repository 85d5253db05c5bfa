import { expect, it } from "vitest";
import { compareSides } from "../../src/answering/comparison.ts";
import { draftAnswer } from "../../src/answering/draft.ts";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import { hybridRetriever, type Scope } from "../../src/retrieval/retriever.ts";
import { readSides } from "../../src/retrieval/sides.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf, type Sketch } from "../make-index.ts";

const FERRY: Readonly<Record<string, Sketch>> = {
  late: { title: "Minutes", date: "2017-05-01", paragraphs: ["The ferry fares are 6 crowns.", "The crane was sold."] },
  early: {
    title: "Minutes",
    date: "2006-05-01",
    paragraphs: ["The ferry fares are 4 crowns.", "In 2017 the ferry fares may rise."],
  },
  other: { title: "Minutes", date: "2010-05-01", paragraphs: ["The crane was mended in spring."] },
  marsh: {
    title: "Letter",
    date: "2011-01-01",
    people: [{ name: "Ada Marsh", role: "Harbour Master" }],
    paragraphs: ["Ada Marsh praised the pier."],
  },
  pell: {
    title: "Note",
    date: "2012-01-01",
    people: [{ name: "Otto Pell", role: "Engineer" }],
    paragraphs: ["Otto Pell blamed the pier."],
  },
};

async function setUp(filters: Scope = {}) {
  const index = await indexOf(FERRY);
  const embedder = fakeEmbedder();
  return {
    index,
    retriever: hybridRetriever(index, embedder),
    answerer: extractiveAnswerer(embedder),
    limit: 8,
    filters,
  };
}

async function compared(question: string, filters: Scope = {}) {
  const parts = await setUp(filters);
  const draft = await compareSides(readSides(question, parts.index), parts);
  const groups = draft.groups?.map(({ title, date, statements, message }) => ({
    title,
    date,
    says: statements.map((at) => draft.statements[at]?.text),
    message,
  }));
  return { ...draft, groups };
}

it("answers each side from its own time, in order of date", async () => {
  const { groups } = await compared("How did the ferry fares change between 2017 and 2006?");
  expect(groups).toEqual([
    { title: "2006", date: "2006", says: ["The ferry fares are 4 crowns."], message: null },
    { title: "2017", date: "2017", says: ["The ferry fares are 6 crowns."], message: null },
  ]);
});

it("says of a side that it has nothing", async () => {
  const { groups, finding } = await compared("What were the ferry fares in 2006, in 2010 and in 1999?");
  expect(finding).toBeNull();
  expect(groups?.map(({ title, message }) => [title, message])).toEqual([
    ["1999", "No document is of “1999” or speaks of that time."],
    ["2006", null],
    ["2010", expect.stringMatching(/2010/)],
  ]);
});

it("asks of each person what no document has of both", async () => {
  const { groups } = await compared("What did Marsh and Pell each say about the pier?");
  expect(groups).toEqual([
    { title: "Marsh", date: "2011-01-01", says: ["Ada Marsh praised the pier."], message: null },
    { title: "Pell", date: "2012-01-01", says: ["Otto Pell blamed the pier."], message: null },
  ]);
});

it("is a refusal where no side has anything", async () => {
  const { statements, groups, finding } = await compared("What did Marsh and Pell each say about Lisbon?");
  expect(statements).toEqual([]);
  expect(groups).toBeUndefined();
  expect(finding).toMatchObject({ reason: "missing-terms", missingTerms: ["Lisbon"] });
  expect(finding?.message).toBe(
    "The documents do not say. No document that names Marsh mentions Lisbon. No document that names Pell mentions Lisbon.",
  );
});

it("says of a document what it does not mention", async () => {
  const { groups } = await compared("What is the difference between the letter and the note on Pell?");
  expect(groups?.map(({ title, message }) => [title, message])).toContainEqual([
    "Letter",
    "“Letter” does not mention Pell.",
  ]);
});

it("says nothing twice where nothing is known of any side", async () => {
  const { finding } = await compared("What did Marsh and Pell each say about the weather?");
  expect(finding?.message).not.toMatch(/\b(?:On|At) (?:Marsh|Pell)/);
  expect(finding?.message.match(/The documents do not say\./g)).toHaveLength(1);
});

it("asks a plain fact where a document is compared with mere words of which nothing is said", async () => {
  const parts = await setUp();
  const timed = async <T>(_: string, work: () => T | Promise<T>) => work();
  const draft = await draftAnswer("How does the letter on the pier differ from the moon's tariffs?", parts, timed);
  expect(draft.kind).toBe("fact");
});

it("stays within what the caller allows", async () => {
  const { evidence } = await compared("How did the ferry fares change between 2006 and 2017?", {
    documents: ["early"],
  });
  expect(new Set(evidence.map(({ document }) => document.documentId))).toEqual(new Set(["early"]));
});

it("compares the documents that speak of a change where no sides are named", async () => {
  const parts = await setUp();
  const timed = async <T>(_: string, work: () => T | Promise<T>) => work();
  const draft = await draftAnswer("How have the ferry fares changed over the years?", parts, timed);
  expect(draft.kind).toBe("comparison");
  expect(draft.groups?.map(({ documentId }) => documentId)).toEqual(["early", "late"]);
});

it("keeps the question whole where a guessed side has nothing", async () => {
  const parts = await setUp();
  const timed = async <T>(_: string, work: () => T | Promise<T>) => work();
  const draft = await draftAnswer("How do the ferry fares differ from the moon's tariffs?", parts, timed);
  expect(draft.kind).toBe("fact");
});
