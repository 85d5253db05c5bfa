import { beforeAll, expect, it } from "vitest";
import { parseDocument } from "../../src/documents/parse.ts";
import { withoutQuotedMail } from "../../src/retrieval/quoted-mail.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import type { RankedPassage } from "../../src/retrieval/retriever.ts";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { indexOf } from "../make-index.ts";

const MAIL = `From: Petra Voss <petra@orchard.example>
To: Hugo Lind <hugo@orchard.example>
Subject: The cider press

Dear Hugo, the belt of the press can be repaired for ninety crowns.
> We should buy a new press, it costs four thousand crowns.

On 1 March Petra wrote:
> The press leaks and ferments the juice.

On 2 March Hugo wrote:
> The old press has served its time, I think.
`;

const { document, passages } = parseDocument({
  path: "mail.txt",
  bytes: new TextEncoder().encode(MAIL),
});
const found = passages.map((passage, ordinal): RankedPassage => {
  return { ordinal, passage, document, score: 0.5, dense: 0.2, lexical: 0.3, wording: 0, period: 0, people: 0 };
});
const textsFor = (question: string) =>
  withoutQuotedMail(readQuestion(question, index), found)
    .map(({ passage }) => passage.text)
    .filter((text) => !text.startsWith("From:"))
    .map((text) => text.slice(0, 24));

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({ mail: { title: "The cider press", paragraphs: passages.map(({ text }) => text) } });
});

const OWN = "Dear Hugo, the belt of t";
const HERS = "On 1 March Petra wrote:\n";

it("takes what a mail quotes for nothing that its sender said, but what the sender wrote before", () => {
  expect(textsFor("What did Petra Voss say about the press?")).toEqual([OWN, HERS]);
});

it.each(["What did Hugo Lind say about the press?", "What does the press cost?"])("leaves all for %j", (question) => {
  expect(textsFor(question)).toHaveLength(4);
});

it("leaves all where nothing else is left", () => {
  const quoted = found.filter(({ passage }) => passage.text.includes("Hugo wrote"));
  const reading = readQuestion("What did Petra Voss say?", index);
  expect(withoutQuotedMail(reading, quoted)).toEqual(quoted);
});
