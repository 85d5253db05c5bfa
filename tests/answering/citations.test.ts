import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cite, corpusReader, verify } from "../../src/answering/citations.ts";
import { sha256 } from "../../src/documents/parse.ts";
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
    wording: 0,
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
    source,
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
      { text: "The ferry broke down twice.", quotes: [quote], rank: 1 },
      { text: "The library opened.", quotes: [other], rank: 2 },
    ];
    const both = await verify(draft, corpusReader({ folder, maxFileBytes: 10_000 }));
    expect(both.statements.map(({ citations }) => citations)).toEqual([[1], [2]]);
    await writeFile(file, text.replace("twice", "thrice"));
    const one = await verify(draft, corpusReader({ folder, maxFileBytes: 10_000 }));
    expect(one.statements).toEqual([{ text: "The library opened.", citations: [1], rank: 2 }]);
    expect(one.failed.map((citation) => citation.check)).toEqual(["not-found"]);
  });

  it.each([
    ["as it was", (text: string) => text],
    ["begun with another line", (text: string) => `New.\r${text}`],
  ])("takes ten thousand quotes from one file, %s", async (_, change) => {
    const { folder, file, source } = await setUp();
    const lines = Array.from({ length: 10_000 }, (_, i) => `The pier of the year ${i} is long, dear and old.${"\r\n"}`);
    const text = lines.join("");
    await writeFile(file, change(text));
    const document = { ...source.document, text, hash: sha256(new TextEncoder().encode(text)) };
    let at = 0;
    const draft = lines.map((line) => {
      const start = at;
      at += line.length;
      return { text: line.trim(), quotes: [{ source: { ...source, document }, start, end: at - 2 }], rank: 1 };
    });
    const started = performance.now();
    const { citations } = await verify(draft, corpusReader({ folder, maxFileBytes: 10_000_000 }));
    // It takes a tenth of a second; counting lines from the beginning for each quote takes more than three.
    expect(performance.now() - started).toBeLessThan(2_000);
    const added = change("").length > 0 ? 1 : 0;
    expect(citations.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 1 + added));
  });
});
