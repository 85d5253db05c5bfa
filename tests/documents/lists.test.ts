import fc from "fast-check";
import { expect, it } from "vitest";
import { listOf } from "../../src/documents/lists.ts";

const read = (text: string) =>
  listOf(text).map(({ intro, items }) => [
    text.slice(intro.start, intro.end),
    ...items.map(({ start, end }) => text.slice(start, end)),
  ]);

it.each<[string, string, string[][]]>([
  ["bullets", "It rained. We need:\n\n- boxes\n- two\n  pens\n\nThat is all.", [["We need:", "boxes", "two\n  pens"]]],
  ["letters", "4. It agreed:\n(a) to begin;\n(b) to end.", [["It agreed:", "to begin;", "to end."]]],
  ["numbers", "**To do:**\n1. Stop.\n2. Go on. Then rest.", [["**To do:**", "Stop.", "Go on. Then rest."]]],
  ["code", "Run this:\n\n```sh\nnpm ci\nnpm start\n```\n\nThen wait.", [["Run this:", "npm ci\nnpm start"]]],
  ["code that never closes", "Run:\n```\nnpm ci", [["Run:", "npm ci"]]],
  [
    "indented lines",
    "The fees:\n\n    Adults  £3\n    Children  £1\n\nNo dogs.",
    [["The fees:", "Adults  £3", "Children  £1"]],
  ],
  [
    "an item that introduces others",
    "We ask:\n- Ann:\n  * to sing\n  * to dance\n- Bob",
    [
      ["We ask:", "Ann:\n  * to sing\n  * to dance", "Bob"],
      ["Ann:", "to sing", "to dance"],
    ],
  ],
  ["a list of another kind after it", "1. Bring:\n   - boxes\n2. Leave.", [["Bring:", "boxes"]]],
  [
    "lists that follow one another",
    "Bring:\n- pens\nLeave:\n  - cats\nSell:\n  - dogs",
    [
      ["Bring:", "pens"],
      ["Leave:", "cats"],
      ["Sell:", "dogs"],
    ],
  ],
  ["items that end in a colon", "- Ann:\n- Bob:\n- Cy", []],
  ["no list after the colon", "He said this:\nthat it rained.\n- and so on", []],
  ["nothing after the colon", "We need:\n\n", []],
  ["no colon", "We need\n- boxes", []],
])("reads %s", (_, text, expected) => expect(read(text)).toEqual(expected));

it("gives spans within the text, in order and without overlap", () => {
  const bit = fc.constantFrom(
    "word ",
    "Ends here: ",
    "as follows:\n",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "(a) ",
    "  * ",
    "    ",
    "```\n",
    "| a |",
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
      const text = bits.join("");
      for (const { intro, items } of listOf(text)) {
        let last = intro.end;
        expect(text.slice(intro.start, intro.end)).toMatch(/^\S[\s\S]*:$|^:$/);
        for (const { start, end } of items) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toMatch(/^\S(?:[\s\S]*\S)?$/);
          last = end;
        }
      }
    }),
    { numRuns: 500 },
  );
});
