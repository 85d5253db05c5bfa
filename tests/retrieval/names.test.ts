import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { isWrittenAsName } from "../../src/retrieval/names.ts";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { tokenize } from "../../src/retrieval/tokenize.ts";
import { indexOf } from "../make-index.ts";

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    minutes: {
      title: "Minutes",
      paragraphs: [
        "Ferries were late. The board thanked Aldana. In May the price of Price's bread rose.",
        "They met in Oulu.",
      ],
    },
  });
});

const written = (word: string) => isWrittenAsName(index, word, tokenize(word)[0]?.term ?? "");

it.each([
  ["aldana", true],
  ["aldana's", true],
  ["oulu", true],
  ["board", false],
  ["ferries", false],
  ["price", false],
  ["nobody", false],
])("%s: %s", (word, expected) => expect(written(word)).toBe(expected));

it("takes any word", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      for (const { term, start, end } of tokenize(text)) isWrittenAsName(index, text.slice(start, end), term);
      isWrittenAsName(index, text, "aldana");
    }),
  );
});
