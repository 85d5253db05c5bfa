import { describe, expect, it } from "vitest";
import { readKind } from "../../src/retrieval/kind.ts";
import { indexOf, type Sketch } from "../make-index.ts";

const HARBOUR: Readonly<Record<string, Sketch>> = {
  handbook: { title: "Ferry handbook", paragraphs: ["A crossing costs 4 crowns. The Treaty of 1954 holds."] },
  bulletin: { title: "Winter bulletin", date: "2006-01-09", paragraphs: ["A crossing costs 6 crowns."] },
  marsh: {
    title: "Meeting with Marsh",
    date: "2006-05-01",
    people: [{ name: "Ada Marsh", role: "Harbour Master" }],
    paragraphs: ["Marsh spoke of the pier."],
  },
  pell: {
    title: "Meeting with Pell",
    date: "2017-05-01",
    people: [{ name: "Otto Pell", role: "Engineer" }],
    paragraphs: ["Pell spoke of the pier and the port authority."],
  },
  quill: {
    title: "Meeting with Quill",
    date: "2018-05-01",
    people: [{ name: "Ida Quill", role: "Clerk" }],
    paragraphs: ["Quill spoke of the pier."],
  },
};
const index = await indexOf(HARBOUR);

describe("every mention", () => {
  it.each<[question: string, phrase: string, exact: boolean]>([
    ["Every mention of the port authority", "port authority", false],
    ["every single mention of the pier?", "pier", false],
    ["Where is the pier mentioned?", "pier", false],
    ["where else are the fares mentioned", "fares", false],
    ["Please list all references to the pier", "pier", false],
    ["How often is Pell mentioned in the documents?", "Pell", false],
    ["how many times do they mention the pier", "pier", false],
    ["How many mentions of the pier are there?", "pier", false],
    ["Which documents mention the pier?", "pier", false],
    ["all passages about 'the pier'", "the pier", true],
    ["Find “port authority”", "port authority", true],
    ['How often does "pier" appear?', "pier", true],
    ["Every mention of the word crowns anywhere", "crowns", false],
    ["Every mention of the Treaty of 1954", "Treaty of 1954", false],
  ])("%s", (question, text, exact) => {
    expect(readKind(question, index)).toMatchObject({
      kind: "every-mention",
      phrases: [{ text, exact }],
      period: null,
      documents: null,
    });
  });

  it("takes where to look from the end", () => {
    expect(readKind("Every mention of the pier in 2017", index)).toMatchObject({
      phrases: [{ text: "pier" }],
      period: { from: "2017", to: "2017" },
    });
    expect(readKind("Every mention of crossing in the bulletin", index)).toMatchObject({
      phrases: [{ text: "crossing" }],
      documents: [{ documentId: "bulletin" }],
    });
    expect(readKind('Every mention of "Treaty of 1954"', index)).toMatchObject({ period: null });
  });

  it("looks for either where the two are never one phrase", () => {
    expect(readKind("Every mention of Marsh and Pell", index)).toMatchObject({
      phrases: [{ text: "Marsh" }, { text: "Pell" }],
    });
  });
});

describe("comparison", () => {
  it.each<[question: string, sides: readonly string[]]>([
    ["How did the fares change between 2006 and 2017?", ["2006", "2017"]],
    ["What was said about the pier in 2006 and in 2017?", ["2006", "2017"]],
    ["Compare the 2006 and 2017 meetings", ["2006", "2017"]],
    ["What did Marsh and Pell each say about the pier?", ["Marsh", "Pell"]],
    ["What did Marsh and Pell say about the pier?", ["Marsh", "Pell"]],
    ["Compare the views of Marsh and Pell on the pier", ["Marsh", "Pell"]],
    ["Compare the price of the crossing with that of the pier", ["Crossing", "Pier"]],
    ["What is the difference between the handbook and the bulletin?", ["Handbook", "Bulletin"]],
    ["How does the handbook differ from the bulletin on fares?", ["Handbook", "Bulletin"]],
    ["Handbook versus bulletin on fares", ["Handbook", "Bulletin"]],
    ["How did the fund differ at the start and when the master died?", ["At the start", "When the master died"]],
    ["How did the fares differ in 2006 or 2017?", ["2006", "2017"]],
    ["How does what Marsh said differ from what Pell said about the pier?", ["Marsh", "Pell"]],
    ["Compare what Oakley said with what Brandt won", ["Oakley", "Brandt"]],
    ["Compare Marsh's and Pell's views on the pier", ["Marsh", "Pell"]],
    ["What did Marsh, Pell and Quill each say about the pier?", ["Marsh", "Pell", "Quill"]],
    ["Did Marsh and Pell each sign the pier's contract?", ["Marsh", "Pell"]],
  ])("%s", (question, titles) => {
    const kind = readKind(question, index);
    expect(kind.kind === "comparison" && kind.sides?.map(({ title }) => title)).toEqual(titles);
  });

  it("asks each side without the words of the others", () => {
    const sides = (question: string) => {
      const kind = readKind(question, index);
      return kind.kind === "comparison" ? (kind.sides ?? []) : [];
    };
    const [earlier, later] = sides("How did the fares change between 2006 and 2017?");
    expect(earlier).toMatchObject({
      question: "How did the fares change in 2006?",
      period: { from: "2006", to: "2006" },
    });
    expect(later?.question).not.toContain("2006");
    const [marsh] = sides("What did Marsh and Pell each say about the pier?");
    expect(marsh).toMatchObject({ question: "What did Marsh say about the pier?", documents: ["marsh"] });
    const [, bulletin] = sides("Compare the handbook with the bulletin on fares");
    expect(bulletin).toMatchObject({ question: "the bulletin on fares?", documentId: "bulletin" });
  });

  it("takes from the one side what is compared on the other", () => {
    const kind = readKind("How did Marsh's map differ from that of Pell?", index);
    expect(kind).toMatchObject({
      kind: "comparison",
      sides: [
        { title: "Marsh's map", question: "Marsh's map?", documents: ["marsh"] },
        { title: "Pell's map", question: "Pell's map?", documents: ["pell"] },
      ],
    });
  });

  it("holds no side to a document where the other is only words", () => {
    const kind = readKind("How does the handbook differ from the tide?", index);
    const sides = kind.kind === "comparison" ? kind.sides : null;
    expect(sides?.map(({ documents, documentId }) => [documents, documentId])).toEqual([
      [undefined, null],
      [undefined, null],
    ]);
  });

  it("has open sides where only a change is asked for", () => {
    for (const question of [
      "How has the fare changed?",
      "How did the pier change over the years?",
      "How was the pier improved over the years?",
      "How is the fare changing?",
      "Have the fares risen over time?",
      "What was the fare then and now?",
    ])
      expect(readKind(question, index)).toEqual({ kind: "comparison", sides: null });
  });
});

it.each([
  "What happened between 2006 and 2017?",
  "What did Marsh say about the pier in 2006?",
  "How did the war change the harbour?",
  "Where did the ferry and the pilot meet?",
  "Did Marsh and Pell meet?",
  "Were Marsh and Pell at the pier?",
  "When did Marsh and Pell meet?",
  "What did Marsh and Pell write to each other?",
  "How many crossings were there in May or June 2006?",
  "Which plants grow in 2006 or in 2017?",
  "What is the gap between the stove and the wall?",
  "How much was in the fund at the start and when the master died?",
  "How do I store the ferry over the years?",
  "How was the pier improved?",
  "How has the pier been improved?",
  "How often does the ferry run?",
  "How many points were scored in the game versus Pell?",
  "Who paid for the pier and the crane?",
  "What is the use of the pier?",
  "Which problem has both causes and cures?",
  `Compare ${"a and ".repeat(200)}b`,
])("is a fact: %s", (question) => {
  expect(readKind(question, index)).toEqual({ kind: "fact" });
});
