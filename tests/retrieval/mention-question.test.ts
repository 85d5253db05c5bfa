import { expect, it } from "vitest";
import { readKind } from "../../src/retrieval/kind.ts";
import { readMentionQuestion } from "../../src/retrieval/mention-question.ts";
import { indexOf } from "../make-index.ts";

const index = await indexOf({
  guide: { title: "Hospice guide", date: "2006-01-09", paragraphs: ["The stove has lead in it.", "The pier is long."] },
  order: { title: "Order book", date: "2017-01-09", paragraphs: ["The hospice has a lift, a saddle and a depot."] },
});

it.each([
  "What are all the parts of the stove?",
  "List all places with a lift",
  "List all parts of the brake",
  "any part of the saddle",
  "Give me the reference of the order",
  "Where is the depot?",
  "How often does the ferry run?",
  "list the members",
  "List all parts containing lead",
  "the lines that use the tunnel",
  "Show me the appearance of the beetle",
  "How many instances of theft were reported?",
  "How many times did the comet appear?",
  "How many files does the clerk keep?",
])("is not asked for words: %s", (question) => {
  expect(readKind(question, index)).toEqual({ kind: "fact" });
});

it.each<[question: string, phrase: string]>([
  ["How many times does lead appear?", "lead"],
  ["How many times does lead appear in the documents?", "lead"],
  ["How many documents mention the hospice?", "hospice"],
  ["How many of the documents mention the hospice?", "hospice"],
  ["In how many documents is the hospice mentioned?", "hospice"],
  ["In which of the letters is the pier mentioned?", "pier"],
  ["Which letters mention lead?", "lead"],
  ["all lines about lead", "lead"],
  ["How many sentences contain the word pier?", "pier"],
  ["how often is the hospice mentioned", "hospice"],
  ["List all parts that mention the lift", "lift"],
  ["all places where the depot is mentioned", "depot"],
  ["Give me the references to the order", "order"],
  ["every occurrence of lead", "lead"],
  ["all sentences with lead", "lead"],
  ["every passage on the pier", "pier"],
  ["How many references to the pier are there?", "pier"],
  ["How many mentions of the pier do the documents contain?", "pier"],
])("is asked for words: %s", (question, text) => {
  expect(readMentionQuestion(question, index)).toMatchObject({ phrases: [{ text }], period: null, documents: null });
});

it("keeps the years of a period that has gaps", () => {
  expect(readMentionQuestion("Every mention of the pier in 2006 and in 2017", index)).toMatchObject({
    phrases: [{ text: "pier" }],
    spans: [
      { from: "2006", to: "2006" },
      { from: "2017", to: "2017" },
    ],
  });
});

it("looks for a title and a surname also with the given name between them", async () => {
  const people = [{ name: "Ida Fenn", role: "nurse" }];
  const ward = await indexOf({ ward: { title: "Ward", people, paragraphs: ["Dr. Ida Fenn came. Dr. Fenn left."] } });
  expect(readMentionQuestion("How many times is Dr. Fenn mentioned?", ward)?.phrases).toEqual([
    { text: "Dr. Fenn", exact: false },
    { text: "Dr. Ida Fenn", exact: false },
  ]);
});

it("reads which documents are to mention it", () => {
  const asked = readMentionQuestion("How many times does the 2006 document mention the pier?", index);
  expect(asked).toMatchObject({ phrases: [{ text: "pier" }], spans: [{ from: "2006", to: "2006" }] });
  expect(readMentionQuestion("How often does the order book mention the lift?", index)).toMatchObject({
    phrases: [{ text: "lift" }],
    documents: [{ title: "Order book" }],
  });
  expect(readMentionQuestion("How often does the clerk mention the lift?", index)).toBeNull();
});
