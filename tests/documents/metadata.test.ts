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
    ["14-03-2021 notes", "2021-03-14"],
    ["14.3.2021_notes", "2021-03-14"],
    ["03-04-2021 notes", null],
    ["14-03-20211 notes", null],
  ])("the file name %s", (name, date) => expect(fileNameDate(name)).toBe(date));

  it.each([
    ["Seoul, November 15, 2019", "2019-11-15"],
    ["1 November 1996", "1996-11-01"],
    ["November 01, 1996", "1996-11-01"],
    ["2019-11-15", "2019-11-15"],
    ["15.11.2019", "2019-11-15"],
    ["11.12.2019", null],
    ["14/03/2023", "2023-03-14"],
    ["Oslo, 14.3.2023", "2023-03-14"],
    ["Date: 14/03/2023", "2023-03-14"],
    ["03/04/2023", null],
    ["Dated this 3rd day of June, 2021", "2021-06-03"],
    ["Made on 3 June 2021", "2021-06-03"],
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
    expect(parse("2021-notes.txt", text).date).toBe("2021-03-03");
    expect(parse("2020-notes.txt", text).date).toBe("2020");
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

  it.each([
    ["This Agreement (the “Lease”) is made and entered into as of June 3, 2021, by and between", "2021-06-03"],
    ["THIS DEED is dated the 3rd day of June 2021", "2021-06-03"],
    ["The Share Purchase Agreement made on 3 June 2021 between", "2021-06-03"],
    ["This report is about the payments made in the year to 31 March 2020", null],
    ["The decision made on 3 June 2021 was wrong, as", null],
  ])("takes a contract's date from its opening: %s", (opening, date) => {
    const rest = "Ann Lee (the Landlord) and Bob Ray (the Tenant).\n\nThe rent was raised on 9 May 2022.\n";
    for (const path of ["a.txt", "a.md"]) expect(parse(path, `# LEASE\n\n${opening} ${rest}`).date).toBe(date);
  });

  it.each([
    ["From: Ann\nSent: Thursday, 3 June 2021 10:22\nTo: Bob", "2021-06-03"],
    ["**From:** Ann\n**Date:** Thu, 3 Jun 2021 10:22:11 +0200 (CEST)", "2021-06-03"],
    ["Date: 2021-06-03T10:22:11Z\nTo: Bob", "2021-06-03"],
  ])("takes an e-mail's date from its head, not from an older one below: %s", (head, date) => {
    const older = "From: Bob\nDate: 1 May 2021\nTo: Ann\n\nWhen do the movers come?\n";
    for (const path of ["a.txt", "a.md"])
      expect(parse(path, `${head}\n\nThe movers come on Friday.\n\n${older}`).date).toBe(date);
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
    expect(
      ["2019-06-04_town-council", "1996-11-01", "README", "14-03-2021_rota", "03-04-2021_rota"].map(readableName),
    ).toEqual(["Town council", "1 November 1996", "README", "Rota", "03-04-2021 rota"]);
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
