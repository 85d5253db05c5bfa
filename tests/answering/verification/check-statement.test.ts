import { expect, test } from "vitest";
import { checkStatement } from "../../../src/answering/verification/check-statement.ts";
import type { RankedPassage } from "../../../src/retrieval/retriever.ts";
import { fakeEmbedder } from "../../fake-embedder.ts";
import { documentOf, type Sketch } from "../../make-index.ts";

const MINUTES: Sketch = {
  title: "Minutes of the Harbour Board",
  date: "2004-05-11",
  people: [{ name: "Ingrid Solberg", role: "Harbour Master" }],
  paragraphs: [
    "The board met on Tuesday, 11 May 2004. The Harbour Master reported that three ferries had been repaired at a cost of 2.5 million crowns.\nMrs. Solberg asked Captain Eide to inspect the west-\nern pier before 1 June. He did not accept the offer of the Lindgren yard.",
  ],
};

function passageOf(sketch: Sketch): RankedPassage {
  const { document, passages } = documentOf("minutes", sketch);
  const passage = passages[0];
  if (passage === undefined) throw new Error("a sketch has a paragraph");
  return { ordinal: 0, passage, document, score: 1, dense: 0, lexical: 0, wording: 0, period: 0, people: 0 };
}

const source = passageOf(MINUTES);
const check = (text: string, quote: string) => checkStatement(text, [{ source, quote }], fakeEmbedder());

test("a statement that says what it quotes is supported, and quotes the whole sentence as the file has it", async () => {
  const { verdict, missing, quotes } = await check(
    "Mrs. Solberg asked Captain Eide to inspect the western pier before 1 June 2004.",
    "asked captain Eide to inspect the western pier",
  );
  expect({ verdict, missing }).toEqual({ verdict: "supported", missing: [] });
  expect(quotes.map(({ start, end }) => source.document.text.slice(start, end))).toEqual([
    "Mrs. Solberg asked Captain Eide to inspect the west-\nern pier before 1 June.",
  ]);
});

test.each([
  ["a number", "Four ferries had been repaired.", "three ferries had been repaired", "Four"],
  ["a date", "The board met on 12 May 2004.", "The board met on Tuesday, 11 May 2004", "12 May 2004"],
  ["a name", "Mrs. Solberg asked Captain Dahl to inspect the pier.", "Solberg asked Captain Eide to inspect", "Dahl"],
  ["a negation", "He accepted the offer of the Lindgren yard.", "He did not accept the offer", "accepted"],
  [
    "actors",
    "Captain Eide asked Mrs. Solberg to inspect the western pier.",
    "Solberg asked Captain Eide",
    "Captain Eide",
  ],
])("changed %s: the statement is unsupported and the words are told", async (_, text, quote, word) => {
  const { verdict, missing } = await check(text, quote);
  expect(verdict).toBe("unsupported");
  expect(missing).toContain(word);
});

test.each(["", "four ferries had been repaired", "repaired … met on Tuesday"])(
  "a quote that the passage does not have, %j, carries nothing",
  async (quote) => {
    const { verdict, quotes } = await check("Three ferries had been repaired.", quote);
    expect({ verdict, quotes }).toEqual({ verdict: "unsupported", quotes: [] });
  },
);
