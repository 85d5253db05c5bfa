import { expect, it } from "vitest";
import { ofThatTime } from "../../src/answering/of-that-time.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf, type Sketch } from "../make-index.ts";

async function taken(question: string, sketches: Readonly<Record<string, Sketch>>): Promise<string[]> {
  const embedder = fakeEmbedder();
  const index = await indexOf(sketches, embedder);
  const reading = readQuestion(question, index);
  const found = await hybridRetriever(index, embedder).retrieve(question, 8, {
    period: reading.period,
    spans: reading.spans,
  });
  return ofThatTime(reading, found, index).map(({ passage, document }) => {
    expect(document.text.slice(passage.start, passage.end)).toBe(passage.text);
    return passage.text;
  });
}

const MILL = "The mill was built in 1873. It burned down in 1931. The lake froze in 1880.";
const minutes = {
  old: { title: "Minutes", date: "2001-05-02", paragraphs: [MILL] },
  late: { title: "Minutes", date: "2004-05-02", paragraphs: ["The mill was sold."] },
};

it("takes only sentences that write out the time where no document is of it", async () => {
  expect(await taken("What happened before 1900?", minutes)).toEqual([
    "The mill was built in 1873.",
    "The lake froze in 1880.",
  ]);
  expect(await taken("What of the mill before 1900?", minutes)).toEqual(["The mill was built in 1873."]);
  expect(await taken("What did the bakery cost in 1931?", minutes)).toEqual([]);
});

it("takes all where a document is of the time, and of documents that may be of any", async () => {
  expect(await taken("What happened in 2004?", minutes)).toEqual(["The mill was sold."]);
  const undated = { notes: { title: "Notes", paragraphs: [MILL] }, more: { title: "Notes", paragraphs: ["Snow."] } };
  expect(await taken("What happened before 1900?", undated)).toContain(MILL);
});

it("takes no year for a day or a month of it", async () => {
  expect(await taken("What of the mill on 10 June 1931?", minutes)).toEqual([]);
  expect(await taken("What of the mill in June 1931?", minutes)).toEqual([]);
  const dated = { log: { title: "Log", date: "1940-02-01", paragraphs: ["In June 1931 the mill burned."] } };
  expect(await taken("What of the mill on 10 June 1931?", dated)).toHaveLength(1);
});
