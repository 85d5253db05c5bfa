import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cite, corpusReader, verify } from "../../src/answering/citations.ts";
import type { RankedPassage } from "../../src/retrieval/retriever.ts";
import { documentOf, folderOf } from "../make-index.ts";

const PARAGRAPHS = ["First line.\nThe ferry broke down twice.", "The library opened."];

async function setUp() {
  const { document, passages } = documentOf("report", { title: "Report", paragraphs: PARAGRAPHS });
  const folder = await folderOf({ "report.txt": document.text });
  const [passage] = passages;
  if (passage === undefined) throw new Error("the sketch has a passage");
  const source: RankedPassage = {
    ordinal: 0,
    passage,
    document,
    score: 1,
    dense: 0.5,
    lexical: 0.5,
    period: 0,
    people: 0,
  };
  const start = document.text.indexOf("The ferry");
  const quote = { source, start, end: start + "The ferry broke down twice.".length };
  const file = join(folder, "report.txt");
  return {
    folder,
    file,
    quote,
    text: document.text,
    check: () => cite(1, quote, corpusReader({ folder, maxFileBytes: 10_000 })),
  };
}

describe("cite", () => {
  it("quotes the file to the letter, with its line and permalink", async () => {
    const { check } = await setUp();
    expect(await check()).toMatchObject({
      marker: 1,
      quote: "The ferry broke down twice.",
      check: "verified",
      line: 2,
      label: "¶1",
      url: "/documents/report#p1",
    });
  });

  it("says so when the file was changed elsewhere", async () => {
    const { check, file } = await setUp();
    await appendFile(file, "\nAnd more.");
    expect(await check()).toMatchObject({ check: "changed", quote: "The ferry broke down twice." });
  });

  it("gives the line at which the quote stands now", async () => {
    const { check, file, text } = await setUp();
    await writeFile(file, `A new line.\n\n${text}`);
    expect(await check()).toMatchObject({ check: "changed", line: 4 });
  });

  it("quotes nothing that is no longer in the file, or whose file is gone", async () => {
    const { check, file } = await setUp();
    await writeFile(file, "First line.\nThe ferry broke down thrice.\n\nThe library opened.");
    expect(await check()).toMatchObject({ check: "not-found", quote: "" });
    await rm(file);
    expect(await check()).toMatchObject({ check: "not-found", quote: "" });
  });
});

describe("verify", () => {
  it("keeps the statements whose quotes stand, and numbers their citations in order", async () => {
    const { folder, file, quote, text } = await setUp();
    const other = { ...quote, start: text.indexOf("The library"), end: text.length };
    const draft = [
      { text: "The ferry broke down twice.", quotes: [quote] },
      { text: "The library opened.", quotes: [other] },
    ];
    const both = await verify(draft, corpusReader({ folder, maxFileBytes: 10_000 }));
    expect(both.statements.map(({ citations }) => citations)).toEqual([[1], [2]]);
    await writeFile(file, text.replace("twice", "thrice"));
    const one = await verify(draft, corpusReader({ folder, maxFileBytes: 10_000 }));
    expect(one.statements).toEqual([{ text: "The library opened.", citations: [1] }]);
    expect(one.failed.map((citation) => citation.check)).toEqual(["not-found"]);
  });
});
