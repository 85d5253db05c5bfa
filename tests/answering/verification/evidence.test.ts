import { describe, expect, test } from "vitest";
import { evidenceOf, readText } from "../../../src/answering/verification/evidence.ts";
import type { RankedPassage } from "../../../src/retrieval/retriever.ts";
import type { Person } from "../../../src/types.ts";
import { documentOf } from "../../make-index.ts";

interface Given {
  readonly date?: string;
  readonly before?: string;
  readonly people?: readonly Person[];
}

function evidence(quoted: string | readonly string[], { date, before = "", people = [] }: Given = {}) {
  const quotes = typeof quoted === "string" ? [quoted] : quoted;
  const sketch = { title: "Diary of the Mill", people, paragraphs: [quotes.join(" ")] };
  const { document, passages } = documentOf("diary", date === undefined ? sketch : { ...sketch, date });
  const [passage] = passages;
  if (passage === undefined) throw new Error("a sketch has a paragraph");
  const scores = { score: 1, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
  const source: RankedPassage = { ordinal: 0, passage, document, ...scores };
  return evidenceOf(quotes, [{ source, before }]);
}

/** Of 2003-05-14, a Wednesday, where nothing else is said. */
function datesOf(quoted: string, given: Given = { date: "2003-05-14" }): string[] {
  const { dates } = evidence(quoted, given);
  // The header of the passage has the document's date, too.
  return [...new Set(dates.map(({ year, month, day }) => [year, month, day].map((part) => part ?? "_").join("-")))];
}

describe("the dates that a sentence may leave out", () => {
  test.each([
    ["the year of the document", "The wheel broke.", ["2003-_-_"]],
    ["the year before", "It ground 40 tons, 51 the year before.", ["2003-_-_", "2002-_-_"]],
    ["last year", "It ground 51 tons last year.", ["2003-_-_", "2002-_-_"]],
    ["last year, opening the sentence", "Last year it ground 51 tons.", ["2003-_-_", "2002-_-_"]],
    ["a year ago", "It ground 51 tons a year ago.", ["2003-_-_", "2002-_-_"]],
    ["the year after", "It is to grind 60 the following year.", ["2003-_-_", "2004-_-_"]],
    ["a year later", "A year later it ground 60.", ["2003-_-_", "2004-_-_"]],
    ["both", "It ground 51 last year and will grind 60 next year.", ["2003-_-_", "2002-_-_", "2004-_-_"]],
    [
      "the year before one that is named",
      "In 1950 it ground 40, 51 the year before.",
      ["2003-_-_", "1949-_-_", "2002-_-_"],
    ],
    ["a weekday, the next and the last one", "The wheel broke on Friday.", ["2003-_-_", "2003-5-16", "2003-5-9"]],
    ["the weekday of the document's own day", "The wheel broke on Wednesday.", ["2003-_-_", "2003-5-14", "2003-5-7"]],
    ["today", "The wheel broke today.", ["2003-_-_", "2003-5-14"]],
    ["today, opening the sentence", "Today the wheel broke.", ["2003-_-_", "2003-5-14"]],
    ["this week", "The wheel broke this week.", ["2003-_-_", "2003-5-14"]],
  ])("%s: %j: %j", (_, quoted, dates) => {
    expect(datesOf(quoted)).toEqual(dates);
  });

  test.each<[string, string, Given, readonly string[]]>([
    ["no date of a document without one", "It ground 51 tons last year.", {}, []],
    ["no weekday of a month", "The wheel broke on Friday.", { date: "2003-05" }, ["2003-_-_"]],
    [
      "a weekday over the end of a year",
      "The wheel broke on Monday.",
      { date: "2003-12-31" },
      ["2003-_-_", "2004-1-5", "2003-12-29"],
    ],
    [
      "the years that come before in the passage",
      "The wheel broke.",
      { before: "The mill was built on 3 May 1871." },
      ["1871-_-_"],
    ],
  ])("%s: %j", (_, quoted, given, dates) => {
    expect(datesOf(quoted, given)).toEqual(dates);
  });

  test("are those of a document's date as far as it goes", () => {
    expect(datesOf("The wheel broke today.", { date: "2003-05" })).toEqual(["2003-_-_", "2003-5-_"]);
  });

  test("are apart from the document's own", () => {
    const { ownDates } = evidence("In 1950 the wheel broke.", { date: "2003-05", before: "It stood in 1871." });
    expect(ownDates).toEqual([{ year: 2003, month: 5, day: null }]);
  });
});

describe("quoted sentences are put on one line", () => {
  test.each([
    ["over lines' ends", "The old\n  wheel broke.", "The old wheel broke."],
    ["a broken word made whole", "The wheel was rebuil-\nding.", "The wheel was rebuilding."],
    ["a word of two left so", "An in-\ndepth look.", "An in-depth look."],
    ["a soft hyphen taken out", "The night\u00ad\ningale sang.", "The nightingale sang."],
    ["a name left as it is", "The Anglo-\nSaxon wheel.", "The Anglo- Saxon wheel."],
  ])("%s: %j", (_, quoted, text) => {
    expect(evidence(quoted).said.text).toBe(text);
  });

  test("several with a blank line between them", () => {
    const { said } = evidence(["The wheel broke.", "Anna mended it."]);
    expect(said.text).toBe("The wheel broke.\n\nAnna mended it.");
    expect(said.words.at(-1)?.sentence).toBe(1);
  });
});

test("what stands before has the header of the passage, its names apart from those of the sentences", () => {
  const people = [{ name: "Ida Berg", role: "Miller" }];
  const { names, beforeNames, everywhere, titles, ...rest } = evidence("Anna mended it.", {
    before: "Olav wept.",
    date: "2003-05-14",
    people,
  });
  expect(["anna", "olav", "berg"].map((name) => names.plains.has(name))).toEqual([true, false, false]);
  expect(["anna", "olav", "berg"].map((name) => beforeNames.plains.has(name))).toEqual([false, true, true]);
  expect(["anna", "olav", "berg"].map((name) => everywhere.plains.has(name))).toEqual([true, true, true]);
  expect(titles.text).toBe("Diary of the Mill");
  expect([rest.people, rest.documents]).toEqual([people, ["Anna mended it."]]);
});

test("a document that is cited twice is there once", () => {
  const { document, passages } = documentOf("diary", { title: "Diary", paragraphs: ["It broke.", "Anna came."] });
  const scores = { score: 1, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
  const sources = passages.map((passage) => ({ source: { ordinal: 0, passage, document, ...scores }, before: "" }));
  expect(evidenceOf(["It broke.", "Anna came."], sources).documents).toEqual([document.text]);
});

describe("a text is read without taking a word for two things", () => {
  test.each([
    ["a number of a date", "On 3 May 1901 it broke.", { amounts: [], times: 1, clocks: 0 }],
    ["a number of an hour", "At 7 pm it broke.", { amounts: [], times: 0, clocks: 1 }],
    ["a number beside both", "On 3 May at 7 pm 12 broke.", { amounts: [12], times: 1, clocks: 1 }],
  ])("%s: %j", (_, text, { amounts, times, clocks }) => {
    const read = readText(text);
    expect(read.amounts.map(({ value }) => value)).toEqual(amounts);
    expect([read.times.length, read.clocks.length]).toEqual([times, clocks]);
  });

  test("no name is a date or a number", () => {
    const { names } = readText("On Friday the Mill saw 3rd Avenue and Anna in August.");
    expect(names.map(({ parts }) => parts.map(({ text }) => text).join(" "))).toEqual(["Mill", "Avenue", "Anna"]);
  });
});
