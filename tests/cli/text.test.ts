import fc from "fast-check";
import { expect, test } from "vitest";
import { showPath } from "../../src/cli/show-path.ts";
import { editDistance, suggest } from "../../src/cli/suggest.ts";
import { columnsOf, cut, cutAtWord, formatDuration, plain, wrap } from "../../src/cli/text.ts";
import { dateInWords } from "../../src/documents/dates.ts";

test("wrapping keeps every word whole and in order, and the width where a word fits it", () => {
  const words = fc.array(fc.stringMatching(/^[a-z가-힣]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 28, max: 90 }), (list, width) => {
      const lines = wrap(list.join(" "), width, "  ");
      expect(lines.join(" ").split(" ").filter(Boolean)).toEqual(list);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test("a cut text fits, and is the text itself where that fits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const short = cut(text, width);
      expect(columnsOf(short)).toBeLessThanOrEqual(width);
      if (columnsOf(text) <= width) expect(short).toBe(text);
    }),
  );
});

test("a text is cut between two words", () => {
  expect(cutAtWord("forty lime trees along the canal", 14)).toBe("forty lime …");
  expect(cutAtWord("forty lime trees", 16)).toBe("forty lime trees");
  expect(cutAtWord("Donaudampfschiff", 6)).toBe("Donau…");
});

test("Korean and Chinese letters take two columns, combining marks none", () => {
  expect(columnsOf("한미")).toBe(4);
  expect(columnsOf("漢字")).toBe(4);
  expect(columnsOf("e\u0301")).toBe(1);
  expect(columnsOf("¶6")).toBe(2);
});

test("plain text holds no control character and no direction mark", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(plain(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test.each([
  ["1996-11-01", "1 November 1996"],
  ["1996-11", "November 1996"],
  ["1996", "1996"],
])("%s is %s", (date, said) => {
  expect(dateInWords(date)).toBe(said);
});

test.each([
  [0, "0.0 s"],
  [412, "0.4 s"],
  [9_990, "10 s"],
  [59_900, "1 min 0 s"],
  [185_000, "3 min 5 s"],
  [7_799_000, "2 h 10 min"],
])("%i ms is %s", (milliseconds, said) => {
  expect(formatDuration(milliseconds)).toBe(said);
});

test.each([
  ["ak", "ask"],
  ["aks", "ask"],
  ["serach", "search"],
  ["doc", "doctor"],
  ["zzz", undefined],
])("%s was meant to be %s", (word, meant) => {
  expect(suggest(word, ["index", "ask", "search", "serve", "status", "doctor"])).toBe(meant);
});

test("edit distance is a distance", () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test("a path is shown as it can be opened from the working folder", () => {
  expect(showPath("/home/ann/papers", "/home/ann")).toBe("papers");
  expect(showPath("/home/ann", "/home/ann")).toBe(".");
  expect(showPath("/srv/papers", "/home/ann")).toBe("/srv/papers");
  expect(showPath("/home/ann/..papers", "/home/ann")).toBe("..papers");
});
