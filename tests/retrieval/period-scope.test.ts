import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Span, withinAny } from "../../src/retrieval/calendar.ts";
import { periodTest } from "../../src/retrieval/passage-dates.ts";
import { readPeriods } from "../../src/retrieval/period.ts";
import { datesIn } from "../../src/retrieval/period-dates.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { inScope } from "../../src/retrieval/scope.ts";
import { documentAt, type SearchableIndex } from "../../src/retrieval/searchable.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    a2003: { title: "Orchard log", date: "2003-11-07", paragraphs: ["The pear trees were pruned.", "Frost in May."] },
    b2005: {
      title: "Orchard log",
      date: "2005-05-30",
      paragraphs: ["Pear trees pruned as in 1953.", "Hail, as in the 19th century."],
    },
    c2009: {
      title: "Orchard log",
      date: "2009-02-11",
      paragraphs: ["Pear trees had been pruned on 7 November 2003.", "On November 7 the press broke.", "Wasps."],
    },
    undated: { title: "Almanac", paragraphs: ["Pear trees are pruned in winter."] },
  });
});

const documentDates = ["2003-11-07", "2005-05-30", "2009-02-11"];
function scoped(question: string): string[] {
  const { period, spans } = readPeriods(question, { documentDates });
  const allows = inScope(index, { period, spans });
  return index.passages.filter((_, ordinal) => allows?.(ordinal) ?? true).map(({ passageId }) => passageId);
}

describe("the scope of a period", () => {
  it.each([
    ["in 2003", ["a2003#p1", "a2003#p2", "c2009#p1"]],
    ["in 1953", ["b2005#p1"]],
    ["in 2003 and in 2009", ["a2003#p1", "a2003#p2", "c2009#p1", "c2009#p2", "c2009#p3"]],
    ["in the 1870s", ["b2005#p2"]],
    ["the latest log of all", null],
    ["the latest report", ["c2009#p1", "c2009#p2", "c2009#p3"]],
    ["on November 7", ["a2003#p1", "a2003#p2", "c2009#p1", "c2009#p2"]],
    ["in June", null],
    // The log of 2003 and that of February 2009 write a day without its year.
    ["in May 2003", ["a2003#p2"]],
    ["on 7 November 2008", ["c2009#p2"]],
    ["in November 2009", ["c2009#p2"]],
    ["in May 2004", []],
  ])("of %j holds its documents and the passages that write it out", (question, expected) => {
    expect(scoped(question)).toEqual(expected ?? index.passages.map(({ passageId }) => passageId));
  });

  it("holds documents without a date only where they are the most", async () => {
    const mostlyUndated = await indexOf({
      dated: { title: "Log", date: "2003-11-07", paragraphs: ["Pruned."] },
      one: { title: "Almanac", paragraphs: ["Pear trees."] },
      two: { title: "Handbook", paragraphs: ["Apple trees."] },
    });
    const allows = inScope(mostlyUndated, readPeriods("in 1990", { documentDates }));
    expect(mostlyUndated.passages.map((_, ordinal) => allows?.(ordinal))).toEqual([false, true, true]);
  });

  it("holds documents without a date whose title or file name names the time", async () => {
    const reports = await indexOf({
      "report-1990": { title: "The orchard", paragraphs: ["Pruned."] },
      second: { title: "Report of May 1991", paragraphs: ["Pear trees."] },
      third: { title: "Report 1992/93", paragraphs: ["Apple trees, planted in 1990."] },
      fourth: { title: "Handbook", paragraphs: ["Plum trees."] },
    });
    const standing = (question: string) => {
      const test = periodTest(reports, readPeriods(question, { documentDates }).spans);
      return Object.fromEntries(reports.passages.map(({ documentId }, ordinal) => [documentId, test(ordinal)]));
    };
    const outside = { "report-1990": "outside", second: "outside", third: "outside", fourth: "outside" };
    expect(standing("in 1990")).toEqual({ ...outside, "report-1990": "document", third: "maybe" });
    expect(standing("in May 1991")).toEqual({ ...outside, second: "document" });
    expect(standing("in 1993")).toEqual({ ...outside, third: "document" });
    expect(readQuestion("What did the last report say?", reports).period?.from).toBe("1991-05");
  });

  const meets1800s = (spans: readonly Span[]) =>
    spans.some(({ from, to }) => (from ?? "0") < "1900" && (to ?? "9") >= "1800");

  it("is the same, read once, as read from every passage", () => {
    const year = fc.integer({ min: 1950, max: 2012 }).map(String);
    const end = fc.option(year, { nil: null });
    const span = fc.tuple(end, end).map(([a, b]): Span => (a && b && a > b ? { from: b, to: a } : { from: a, to: b }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 3 }), (spans) => {
        const standing = periodTest(index, spans);
        for (const [ordinal, { text }] of index.passages.entries()) {
          const { date } = documentAt(index, ordinal).document;
          const written =
            datesIn(text).some((found) => withinAny(found.date, spans)) || (text.includes("19th") && meets1800s(spans));
          const expected = date !== null && withinAny(date, spans) ? "document" : written ? "maybe" : "outside";
          expect(standing(ordinal)).toBe(expected);
        }
      }),
    );
  });

  it("puts documents of the period before passages that only mention it, and says so in the score", async () => {
    const { period, spans } = readPeriods("in 2003", { documentDates });
    const ranked = await hybridRetriever(index, fakeEmbedder()).retrieve("pear trees pruned", 9, { period, spans });
    const ids = ranked.map(({ passage }) => passage.passageId);
    expect(ids.indexOf("a2003#p1")).toBeLessThan(ids.indexOf("c2009#p1"));
    for (const { document, period: part, score, dense, lexical, wording, people } of ranked) {
      expect(part > 0).toBe(document.documentId === "a2003");
      expect(score).toBeCloseTo(dense + lexical + wording + part + people, 6);
    }
  });

  it("adds nothing where all of the passages are of the period", async () => {
    const period = { from: "2003", to: "2003", text: "2003" };
    const scope = { period, documents: ["a2003"] };
    const ranked = await hybridRetriever(index, fakeEmbedder()).retrieve("pear trees", 9, scope);
    expect(ranked.map(({ period: part }) => part)).toEqual([0, 0]);
  });
});

describe("readQuestion", () => {
  it("does not look for the words of the period, and keeps those of a day that no document has", () => {
    const words = (question: string) => readQuestion(question, index).terms.map(({ word }) => word);
    expect(words("Which pear trees were pruned on November 7?")).toEqual(["pear", "trees", "pruned"]);
    expect(words("Which pear trees were pruned on March 9?")).toEqual(["pear", "trees", "pruned", "March", "9"]);
    expect(words("What does the latest report say about hail?")).toEqual(["hail"]);
    expect(words("Were pears in 2003 larger, or apples in 2009?")).toEqual(["pears", "larger", "apples"]);
  });
});
