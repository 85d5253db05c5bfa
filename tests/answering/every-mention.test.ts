import { expect, it } from "vitest";
import { everyMention, sentencesWith } from "../../src/answering/every-mention.ts";
import { readKind } from "../../src/retrieval/kind.ts";
import type { Scope } from "../../src/retrieval/retriever.ts";
import { indexOf, type Sketch } from "../make-index.ts";

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
  return everyMention(asked, index, { ...scope, period: asked.period });
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

it("looks only where it may", async () => {
  const { groups } = await draft("Every mention of the pier", { documents: ["later"] });
  expect(groups?.map(({ documentId }) => documentId)).toEqual(["later"]);
});

it.each([
  ["Every mention of zebras", "The documents do not say. “zebras” stands nowhere in them.", ["zebras"]],
  [
    "Every mention of the old leaks",
    "The documents do not say. “old leaks” stands nowhere in them. Its words do, but not together.",
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
