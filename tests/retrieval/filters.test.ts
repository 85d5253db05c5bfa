import { expect, it } from "vitest";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { insideOf, type Scope } from "../../src/retrieval/scope.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

const paragraphs = ["The ferry sails at noon.", "The harbour is closed."];
const sketch = (title: string, date?: string) => ({ title, paragraphs, ...(date && { date }) });

async function found(scope: Scope) {
  const index = await indexOf({
    "minutes/2019/june": sketch("June", "2019-06"),
    "minutes/2020": sketch("A year", "2020"),
    "minutes-of-others/2019": sketch("Others", "2019"),
    letters: sketch("Letters"),
  });
  const ranked = await hybridRetriever(index, fakeEmbedder()).retrieve("When does the ferry sail?", 20, scope);
  return [...new Set(ranked.map(({ document }) => document.documentId))].sort();
}

it("looks in folders and those within, and nowhere else", async () => {
  expect(await found({ folders: ["minutes"] })).toEqual(["minutes/2019/june", "minutes/2020"]);
  expect(await found({ folders: ["./minutes/2019/"] })).toEqual(["minutes/2019/june"]);
  expect(await found({ folders: ["minutes/2019", "minutes-of-others"] })).toEqual([
    "minutes-of-others/2019",
    "minutes/2019/june",
  ]);
  expect(await found({ folders: ["minute"] })).toEqual([]);
  expect(await found({ folders: [""] })).toHaveLength(4);
});

it("takes folders, documents and dates together", async () => {
  expect(await found({ folders: ["minutes"], from: "2020" })).toEqual(["minutes/2020"]);
  expect(await found({ folders: ["minutes"], documents: ["letters", "minutes/2020"] })).toEqual(["minutes/2020"]);
});

it("knows a folder by its whole name", () => {
  expect(["a/b.txt", "a/b/c.txt", "ab/c.txt", "b.txt"].filter(insideOf(["a"]))).toEqual(["a/b.txt", "a/b/c.txt"]);
});

it("knows a folder whose accents are written in another way", () => {
  for (const form of ["NFC", "NFD"]) {
    const other = form === "NFC" ? "NFD" : "NFC";
    const isInside = insideOf(["Protokolle/Zürich".normalize(form)]);
    expect(isInside("Protokolle/Zürich/mai.txt".normalize(other))).toBe(true);
    expect(isInside("Protokolle/Zurich/mai.txt")).toBe(false);
  }
});
