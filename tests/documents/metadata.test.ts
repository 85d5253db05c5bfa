import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDateline, dateInWords, fileNameDate, runInDateline } from "../../src/documents/dates.ts";
import { documentId } from "../../src/documents/document-id.ts";
import { passageHeader } from "../../src/documents/header.ts";
import { readableName } from "../../src/documents/metadata.ts";
import { parseDocument } from "../../src/documents/parse.ts";

describe("dates", () => {
  it.each([
    ["1996-11-01-report", "1996-11-01"],
    ["19961101_report", "1996-11-01"],
    ["1996-11 report", "1996-11"],
    ["1996-11-28th-meeting", "1996-11"],
    ["1996", "1996"],
    ["1996-13-01-report", "1996"],
    ["19961101report", null],
    ["12345-report", null],
    ["2019-02-30", "2019-02"],
  ])("the file name %s", (name, date) => expect(fileNameDate(name)).toBe(date));

  it.each([
    ["Seoul, November 15, 2019", "2019-11-15"],
    ["1 November 1996", "1996-11-01"],
    ["November 01, 1996", "1996-11-01"],
    ["2019-11-15", "2019-11-15"],
    ["15.11.2019", "2019-11-15"],
    ["11.12.2019", null],
    ["New York, 3rd of May 2001", "2001-05-03"],
    ["Tuesday, 4 June 2019", "2019-06-04"],
    ["31 February 2019", null],
    ["On November 15, 2019 they met", null],
    ["May 2020", "2020-05"],
  ])("the line %s", (line, date) => expect(bareDateline(line)).toBe(date));

  it("a news story's dateline", () => {
    expect(runInDateline("SEOUL, Nov. 15, 2019 — The two sides met.")).toBe("2019-11-15");
    expect(runInDateline("Washington –- South Korean officials agree")).toBeNull();
  });

  it("in words", () => {
    expect(["1996-11-01", "1996-11", "1996"].map(dateInWords)).toEqual(["1 November 1996", "November 1996", "1996"]);
  });
});

describe("metadata", () => {
  const parse = (path: string, text: string, metadata?: { title: string; date?: string; source?: string }) =>
    parseDocument({ path, bytes: Buffer.from(text), ...(metadata && { metadata }) }).document;
  const text = "A Title of Its Own\n\n3 March 2021\n\nThe first paragraph is here, and ends.\n";

  it("is taken from the strongest that has it", () => {
    expect(parse("notes.txt", text)).toMatchObject({ title: "A Title of Its Own", date: "2021-03-03", source: null });
    expect(parse("2020-01-02-notes.txt", text).date).toBe("2020-01-02");
    expect(parse("2020-01-02-notes.txt", text, { title: "Listed", date: "2019" })).toMatchObject({
      title: "Listed",
      date: "2019",
    });
    const front = `---\ntitle: In front\ndate: 2018-05-06T10:00:00Z\n---\n${text}`;
    expect(parse("a.md", front, { title: "Listed", date: "2019", source: "S" })).toMatchObject({
      title: "In front",
      date: "2018-05-06",
      source: "S",
    });
    expect(parse("2020-01-02_parish_notes.txt", "The one paragraph of this, and it ends.").title).toBe("Parish notes");
  });

  it("leaves a diary's dates above its entries", () => {
    const { document, passages } = parseDocument({
      path: "diary.txt",
      bytes: Buffer.from("1 May 2020\n\nIt rained all day.\n\n2 May 2020\n\nThe sun came out again.\n"),
    });
    expect(document.date).toBeNull();
    expect(passages.map(({ section }) => section)).toEqual(["1 May 2020", "2 May 2020"]);
  });

  it("makes a name readable", () => {
    expect(["2019-06-04_town-council", "1996-11-01", "README"].map(readableName)).toEqual([
      "Town council",
      "1 November 1996",
      "README",
    ]);
  });

  it("is what a passage's header says", () => {
    const people = [{ name: "Mark Esper", role: "US Secretary of Defense" }];
    expect(passageHeader({ title: "Communiqué", date: "2019-11-15", people }, { section: "A › B" })).toBe(
      "Communiqué, 15 November 2019. A › B. US Secretary of Defense Mark Esper.",
    );
    expect(passageHeader({ title: "Memo", date: null, people: [] }, {})).toBe("Memo.");
  });
});

describe("document ids", () => {
  it("are readable", () => {
    expect(["1996-11-01-28th-scm-joint-communique.txt", "minutes/2019-06.txt", "guide.md"].map(documentId)).toEqual([
      "1996-11-01-28th-scm-joint-communique",
      "minutes--2019-06",
      "guide.md",
    ]);
    expect(documentId("Bericht über Öl.txt")).toMatch(/^Bericht-uber-Ol\.[0-9a-f]{8}$/);
  });

  it("differ where paths do, and are safe in a URL", () => {
    const part = fc.constantFrom("a", "b", "-", "--", ".", "/", "_", " ", "é", "한", "A", ".txt", ".md");
    const path = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(path, path, (left, right) => {
        expect(documentId(left)).toMatch(/^[A-Za-z0-9_][\w.-]*$/);
        expect(documentId(left) === documentId(right)).toBe(left === right);
      }),
      { numRuns: 3000 },
    );
  });
});
