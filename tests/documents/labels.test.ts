import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/documents/parse.ts";

/** Each passage as "label anchor first-word". */
const names = (text: string, path = "a.txt"): string[] =>
  parseDocument({ path, bytes: Buffer.from(text) }).passages.map(
    ({ label, passageId, text }) => `${label} ${passageId.split("#")[1]} ${text.split(/\s/)[0]}`,
  );

const body = (word: string): string => `${word} was discussed at some length, and it was agreed to go on.\n\n`;

describe("passages below numbered headings", () => {
  it("are named by the heading, those with a number of their own by that", () => {
    const minutes = `TOWN COUNCIL\n\n${body("Preamble")}1. Apologies\n\n${body("None")}4. Roads\n\n4.1 ${body("Kerbs")}4.2 ${body("Signs")}5. Skate park\n\n${body("Ramps")}${body("Rails")}6. Any other business\n\n${body("Bins")}`;
    expect(names(minutes)).toEqual([
      "before §1 p0-1 Preamble",
      "§1 s1 None",
      "¶4.1 p4.1 4.1",
      "¶4.2 p4.2 4.2",
      "§5 s5 Ramps",
      "§5 ¶2 s5-2 Rails",
      "§6 s6 Bins",
    ]);
  });

  it("keep their position where they are below no number, and lists below a number take its name", () => {
    const manual = `# Manual\n\n${body("Intro")}## 1 Use\n\n- one\n- two\n\n${body("Care")}## 2 Care\n\n### 2.1 Oil\n\n${body("Oil")}## Contact\n\n${body("Desk")}`;
    expect(names(manual, "a.md")).toEqual(["¶1 p1 Intro", "§1 s1 -", "§1 ¶2 s1-2 Care", "§2.1 s2.1 Oil", "¶5 p5 Desk"]);
  });

  it("keep their position where heading numbers come twice, do not count on, or are dates", () => {
    for (const headings of [
      ["1. Rules", "2. Dues", "1. Rights", "2. Votes"],
      ["7.30 Dinner", "9.15 Dancing", "11.45 Cake", "12.30 Taxis"],
      ["1 May 2020", "2 May 2020", "3 May 2020", "4 May 2020"],
    ]) {
      const text = headings.map((heading) => `## ${heading}\n\n${body("It")}`).join("");
      expect(names(text, "a.md")).toEqual(["¶1 p1 It", "¶2 p2 It", "¶3 p3 It", "¶4 p4 It"]);
    }
  });

  it("are not named by the numbers that one section has, when most stand in others", () => {
    const report = `# Report\n\n## Purpose\n\n${body("Aim")}${body("Fund")}## Quay\n\n(1) ${body("Stone")}(2) ${body("Sand")}## Staff\n\n${body("Crew")}`;
    expect(names(report, "a.md")).toEqual(["¶1 p1 Aim", "¶2 p2 Fund", "¶3 p3 (1)", "¶4 p4 (2)", "¶5 p5 Crew"]);
  });

  it("of a contract are parts of its articles", () => {
    const contract = `# Lease\n\n## Article 1. Use\n\n- a house\n- a yard\n\n${body("Pets")}## Article 2. Rent\n\n${body("Rent")}(1) ${body("Due")}${body("Late")}`;
    expect(names(contract, "a.md")).toEqual([
      "Article 1 p1 -",
      "Article 1 ¶2 p1-2 Pets",
      "Article 2 p2 Rent",
      "Article 2 ¶1 p2.1 (1)",
      "after Article 2 ¶1 p2.1-1 Late",
    ]);
  });
});

it("keeps the head of a table with its rows, past the rule between them", () => {
  const text =
    "1. Birds\n\nSpecies      Pairs\n------------------\nPuffin         412\nGannet          87\n\n2. Seals\n\nNone.";
  expect(names(text)).toEqual(["§1 s1 Species", "§2 s2 None."]);
});
