import { expect, it } from "vitest";
import { everyMention, sentencesWith } from "../../src/answering/every-mention.ts";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import { countedInWords } from "../../src/answering/mention-words.ts";
import { ask as askIndex } from "../../src/ask.ts";
import { readKind } from "../../src/retrieval/kind.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { Scope } from "../../src/retrieval/scope.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { filesOf, folderOf, indexOf, type Sketch } from "../make-index.ts";

const PIER: Readonly<Record<string, Sketch>> = {
  undated: { title: "Notes", paragraphs: ["The pier is old."] },
  later: {
    title: "Minutes",
    date: "2017-05-01",
    paragraphs: ["1. The pier leaks. Nobody spoke.", "Piers are dear; the pier is dearest."],
  },
  earlier: { title: "Letter", date: "2006-05-01", paragraphs: ["Dear Gen. Marsh, the U.S. pier has gone."] },
};

async function draft(question: string, scope: Scope = {}) {
  const index = await indexOf(PIER);
  const asked = readKind(question, index);
  if (asked.kind !== "every-mention") throw new Error(`not read as every mention: ${question}`);
  return everyMention(asked, index, { ...scope, period: asked.period, spans: asked.spans });
}

it("gives every sentence that mentions it, by document in order of date", async () => {
  const { statements, groups } = await draft("Every mention of the pier");
  expect(statements.map(({ text }) => text)).toEqual([
    "Dear Gen. Marsh, the U.S. pier has gone.",
    "The pier leaks.",
    "Piers are dear; the pier is dearest.",
    "The pier is old.",
  ]);
  expect(groups).toEqual([
    { title: "Letter", date: "2006-05-01", documentId: "earlier", statements: [0], mentions: [1], message: null },
    { title: "Minutes", date: "2017-05-01", documentId: "later", statements: [1, 2], mentions: [1, 2], message: null },
    { title: "Notes", date: null, documentId: "undated", statements: [3], mentions: [1], message: null },
  ]);
  for (const { text, quotes } of statements) {
    for (const { source, start, end } of quotes) expect(source.document.text.slice(start, end)).toBe(text);
  }
});

it("tells what was looked for, which forms were found and which headings do not count", async () => {
  const { mention } = await draft("Every mention of the pier or the letter");
  expect(mention).toEqual({
    phrases: ["pier", "letter"],
    exact: false,
    forms: ["pier", "piers"],
    headings: ["the title “Letter”"],
  });
  if (mention === undefined) throw new Error("no mention");
  expect(countedInWords(mention)).toBe(
    "Counted: “pier”, “piers”. Headings are not counted: it also stands in the title “Letter”.",
  );
  expect(countedInWords({ ...mention, forms: ["pier"], headings: [] })).toBe("");
  expect((await draft("Every mention of “Pier”")).mention).toMatchObject({ exact: true, forms: ["pier"] });
});

it("looks only where it may", async () => {
  const { groups } = await draft("Every mention of the pier", { documents: ["later"] });
  expect(groups?.map(({ documentId }) => documentId)).toEqual(["later"]);
});

it.each([
  [
    "Every mention of zebras",
    "The documents do not say. “zebras” stands in no paragraph of the documents.",
    ["zebras"],
  ],
  [
    "Every mention of the old leaks",
    "The documents do not say. “old leaks” stands in no paragraph of the documents. Its words do, but not together.",
    [],
  ],
])("says why there is none: %s", async (question, message, missingTerms) => {
  const { statements, finding } = await draft(question);
  expect(statements).toEqual([]);
  expect(finding).toMatchObject({ message, missingTerms });
});

it("says how many there are outside of the period", async () => {
  const { finding } = await draft("Every mention of leaks in 1999");
  // Undated documents may be of any time; what they do not say, others do.
  expect(finding?.message).toBe(
    "The documents do not say. No document of 1999 mentions “leaks”; 1 mention in 1 document outside.",
  );
});

it.each<[scope: Scope, message: string]>([
  [{ documents: ["earlier"] }, "No document asked for mentions “leaks”; 1 mention in 1 document outside."],
  [{ to: "2010" }, "No document asked for mentions “leaks”; 1 mention in 1 document outside."],
])("does not deny what stands outside of the caller's filters: %j", async (scope, message) => {
  const { finding } = await draft("Every mention of leaks", scope);
  expect(finding?.message).toBe(`The documents do not say. ${message}`);
});

it("says both the time and the filters", async () => {
  const { finding } = await draft("Every mention of leaks in 2006", { documents: ["earlier"] });
  expect(finding?.message).toContain("No document of 2006 among those asked for mentions “leaks”; 1 mention");
});

it("counts nothing between two years", async () => {
  const year = (date: string): Sketch => ({ title: `Report ${date}`, date, paragraphs: ["The pier stands."] });
  const index = await indexOf({ a: year("2006-03-01"), b: year("2010-03-01"), c: year("2017-03-01") });
  const corpus = { folder: await folderOf(filesOf(index)), maxFileBytes: 10_000 };
  const retriever = hybridRetriever(index, fakeEmbedder());
  const answerer = extractiveAnswerer(fakeEmbedder());
  for (const question of [
    "Every mention of the pier in 2006 and in 2017",
    "Every mention of the pier both in 2006 and 2017",
  ]) {
    const { groups } = await askIndex({ question }, { index, retriever, answerer, corpus, writer: null });
    expect(groups?.map(({ documentId }) => documentId)).toEqual(["a", "c"]);
  }
});

it("tells the headings that have the words", async () => {
  const plain = await indexOf({
    handbook: { title: "Handbook of kilns", paragraphs: ["Sweep it in May.", "Old bricks crack."] },
  });
  const sections = ["Care › Care of stoves", "Care › Care of stoves"];
  const index = { ...plain, passages: plain.passages.map((one, i) => ({ ...one, section: sections[i] ?? "" })) };
  const said = (question: string) => {
    const asked = readKind(question, index);
    return asked.kind === "every-mention" ? everyMention(asked, index, {}).finding?.message : null;
  };
  expect(said("Every mention of stoves")).toBe(
    "The documents do not say. “stoves” stands in no paragraph of the documents. It stands in the heading “Care of stoves” of Handbook of kilns.",
  );
  expect(said("Every mention of the kiln")).toBe(
    "The documents do not say. “kiln” stands in no paragraph of the documents. It stands in the title “Handbook of kilns”.",
  );
  // Of these words one stands in a heading alone.
  expect(said("Every mention of old kilns")).not.toContain("but not together");
});

it("takes as one what a mention binds together", () => {
  const text = "He said no. Then he left. He came back.";
  expect(
    sentencesWith(
      [
        { start: 8, end: 16 },
        { start: 20, end: 24 },
      ],
      text,
    ),
  ).toEqual([{ start: 0, end: 25, mentions: 2 }]);
});
