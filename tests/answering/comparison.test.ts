import { expect, it } from "vitest";
import { compareSides } from "../../src/answering/comparison.ts";
import { draftAnswer } from "../../src/answering/draft.ts";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { Scope } from "../../src/retrieval/scope.ts";
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

async function setUp(filters: Scope = {}, sketches: Readonly<Record<string, Sketch>> = FERRY) {
  const index = await indexOf(sketches);
  const embedder = fakeEmbedder();
  return {
    index,
    retriever: hybridRetriever(index, embedder),
    answerer: extractiveAnswerer(embedder),
    limit: 8,
    filters,
  };
}

async function compared(question: string, filters: Scope = {}, sketches: Readonly<Record<string, Sketch>> = FERRY) {
  const parts = await setUp(filters, sketches);
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
  expect(finding?.message).toBe("The documents do not say. “Lisbon” stands in none of the documents.");
});

it("says of a document what it does not mention", async () => {
  const { groups } = await compared("What is the difference between the letter and the note on Pell?");
  expect(groups?.map(({ title, message }) => [title, message])).toContainEqual([
    "Letter",
    "“Pell” stands in no passage of “Letter”.",
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

/** Two who were at the same meeting, and a letter that names one of them. */
const BOARD: Readonly<Record<string, Sketch>> = {
  board: {
    title: "Board",
    date: "2015-03-01",
    people: [
      { name: "Ada Marsh", role: "Harbour Master" },
      { name: "Otto Pell", role: "Engineer" },
      { name: "Ida Quill", role: "Clerk" },
    ],
    paragraphs: [
      "Ida Quill said that the pier is rotten and the pier must close. Otto Pell said that the pier can be mended.",
      "Ada Marsh opened the meeting. The clerk thanked Mr Tolley for the pier.",
    ],
  },
  letter: {
    title: "Letter",
    date: "2012-03-01",
    people: [{ name: "Rosa Pell", role: "Baker" }],
    paragraphs: ["Rosa Pell said that the pier smells and the pier is wet."],
  },
  note: { title: "Note", date: "2016-03-01", paragraphs: ["They told the pier's owner about Brandt and the pier."] },
};

it("puts under a person nothing that others said", async () => {
  const { groups } = await compared("What did Ada Marsh and Otto Pell each say about the pier?", {}, BOARD);
  expect(groups?.map(({ title, says }) => [title, says])).toEqual([
    ["Ada Marsh", ["Ada Marsh opened the meeting."]],
    ["Otto Pell", ["Otto Pell said that the pier can be mended."]],
  ]);
});

it("takes with each any name beside a person for a person, and an unknown one as said nothing of", async () => {
  const { groups } = await compared("What did Ida Quill, Brandt and Zoltan each say about the pier?", {}, BOARD);
  expect(groups?.map(({ title, says, message }) => [title, says, message])).toEqual([
    ["Ida Quill", ["Ida Quill said that the pier is rotten and the pier must close."], null],
    ["Brandt", ["They told the pier's owner about Brandt and the pier."], null],
    ["Zoltan", [], "“Zoltan” stands in none of the documents."],
  ]);
});

it("takes first what a person is the subject of", async () => {
  const sketches = {
    board: {
      title: "Board",
      date: "2015-03-01",
      people: BOARD.board?.people ?? [],
      paragraphs: [
        "The pier of the town and the pier of the harbour were the business of Otto Pell.",
        "Otto Pell praised the roof. Ida Quill praised the pier.",
      ],
    },
  };
  const { groups } = await compared("What did Otto Pell and Ida Quill each say about the pier?", {}, sketches);
  expect(groups?.map(({ says }) => says)).toEqual([["Otto Pell praised the roof."], ["Ida Quill praised the pier."]]);
});

it("names a missing name whole, and says of words only that they do not stand there", async () => {
  const sketches = {
    early: { title: "Log", date: "2001-01-01", paragraphs: ["The ferry to Salt Bay sank."] },
    late: { title: "Log", date: "2005-01-01", paragraphs: ["The ferry to the bay was raised."] },
  };
  const { groups } = await compared("How did the ferry to Salt Bay change between 2001 and 2005?", {}, sketches);
  expect(groups?.map(({ message }) => message)).toEqual([null, "“Salt Bay” stands in no document of “2005”."]);
});

it("says of what a side has nothing near enough", async () => {
  const { finding } = await compared("What did Marsh and Pell each say about the weather?");
  expect(finding?.message).toMatch(/^The documents do not say\. (?!.*The documents do not say).+/);
});

it("shows two statements of a side, those that answer best", async () => {
  const goat = "The ferry fares rise for a goat.";
  const fares = ["The ferry fares for a cart are 4 crowns.", "The ferry fares for a horse are 6 crowns."];
  const sketches = {
    early: { title: "Minutes", date: "2006-05-01", paragraphs: [...fares, goat] },
    late: { title: "Minutes", date: "2017-05-01", paragraphs: ["The ferry fares are 9 crowns."] },
  };
  const question = "What were the ferry fares for a cart, a horse, a goat in 2006 and in 2017?";
  const { groups } = await compared(question, {}, sketches);
  expect(groups?.[0]?.says).toEqual([fares[0], goat]);
});

it.each<[word: string, share: number, message: string | null]>([
  ["crane", 0.46, null],
  ["tariff", 0.54, "“tariff” stands in no document of “2017”."],
])("misses on a side a word that is half of the question: %s", async (word, share, message) => {
  const all = Array.from({ length: 3 }, () => "A ferry, a crane and a tariff.");
  const rain = Array.from({ length: 10 }, () => "It rained.");
  const sketches = {
    early: { title: "Minutes", date: "2006-05-01", paragraphs: [...all, "A crane.", "A crane."] },
    late: { title: "Minutes", date: "2017-05-01", paragraphs: ["The ferry sank.", ...rain] },
  };
  const question = `What of the ferry and the ${word} in 2006 and in 2017?`;
  const { index } = await setUp({}, sketches);
  const [ferry = 0, other = 0] = readQuestion(question, index).terms.map(({ weight }) => weight);
  expect(other / (ferry + other)).toBeCloseTo(share, 2);
  const { groups } = await compared(question, {}, sketches);
  expect(groups?.map((group) => group.message)).toEqual([null, message]);
});
