import { expect, it } from "vitest";
import { withoutChange } from "../../src/retrieval/change-question.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { readSides } from "../../src/retrieval/sides.ts";
import { indexOf } from "../make-index.ts";

const index = await indexOf({
  june: { title: "Log of June", date: "2011-06-04", paragraphs: ["Nine terns were ringed."] },
  july: { title: "Log of July", date: "2011-07-04", paragraphs: ["Twelve terns were ringed."] },
});

it.each(["How many terns were ringed in June or July?", "How many terns were ringed in June 2011 or in July 2011?"])(
  "takes alternatives as one period of two spans: %s",
  (question) => {
    expect(readSides(question, index)).toEqual([]);
    expect(readQuestion(question, index)).toMatchObject({ period: {}, spans: [{}, {}] });
  },
);

it("takes times joined by and as sides", () => {
  const titles = readSides("How many terns were ringed in June and in July 2011?", index).map(({ title }) => title);
  expect(titles).toEqual(["June 2011", "July 2011"]);
});

const crew = await indexOf({
  log: {
    title: "Log",
    date: "2011-06-04",
    people: [
      { name: "Ada Marsh", role: "Warden" },
      { name: "Otto Pell", role: "Ringer" },
      { name: "Ida Quill", role: "Cook" },
    ],
    paragraphs: ["Ada Marsh, Otto Pell and Ida Quill ringed terns near Brandt."],
  },
  other: { title: "Minutes", date: "2013-06-04", paragraphs: ["The minutes were read. Terns left the roof."] },
});
const sidesOf = (question: string) => readSides(question, crew);

it.each<[question: string, titles: readonly string[]]>([
  ["What did Marsh, Pell and Quill each see?", ["Marsh", "Pell", "Quill"]],
  ["What did Marsh and Pell and Quill each see?", ["Marsh", "Pell", "Quill"]],
  ["What did Marsh, Pell, and Zoltan each see?", ["Marsh", "Pell", "Zoltan"]],
  ["Compare Marsh and Pell and Quill on terns", ["Marsh", "Pell", "Quill"]],
  ["What did the warden, the ringer and the cook each see?", ["Warden", "Ringer", "Cook"]],
])("makes each of a list a side, though they share documents: %s", (question, titles) => {
  expect(sidesOf(question).map(({ title }) => title)).toEqual(titles);
});

it("leaves people who share a document in one question without each", () => {
  expect(sidesOf("What did Marsh and Pell see?")).toEqual([]);
});

it("takes an unknown name beside a person as a side of which nothing is said", () => {
  expect(sidesOf("Compare Marsh and Zoltan on terns").map(({ documents }) => documents)).toEqual([["log"], []]);
  // "USA" may be written out.
  expect(sidesOf("Compare Marsh and ZLT on terns").map(({ documents }) => documents)).toEqual([undefined, undefined]);
});

it.each<[question: string, asked: string]>([
  ["Compare the 2011 and 2013 minutes on the terns", "in 2011 on the terns?"],
  ["What did the minutes of 2011 and 2013 say about terns?", "What did in 2011 say about terns?"],
  ["Compare the 2011 and 2013 minutes", "the 2011 minutes?"],
])("asks of what the documents are about, not of them: %s", (question, asked) => {
  expect(sidesOf(question)[0]?.question).toBe(asked);
});

it.each<[question: string, asked: string]>([
  ["What changed about terns in 2011?", "What about terns in 2011?"],
  ["How did their position on terns change in 2011?", "How did their on terns in 2011?"],
  ["What was the position of the lamp?", "What was the position of the lamp?"],
])("looks for no word that only asks for a change: %s", (question, asked) => {
  expect(withoutChange(question)).toBe(asked);
});
