import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/documents/decode.ts";
import { hasWordsAtMost, wordCount } from "../../src/documents/lines.ts";
import { parseDocument } from "../../src/documents/parse.ts";
import { splitSentences } from "../../src/documents/sentences.ts";
import { DocumentError } from "../../src/errors.ts";

const encoder = new TextEncoder();

/** Parses, and holds the result against everything that must be so of any document; false where it is refused. */
function holds(path: string, bytes: Uint8Array): boolean {
  let parsed: ReturnType<typeof parseDocument>;
  try {
    parsed = parseDocument({ path, bytes });
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return false;
  }
  const { document, passages } = parsed;
  expect(decode(bytes, document.encoding)).toBe(document.text);
  expect(passages.length).toBeGreaterThan(0);
  expect(new Set(passages.map(({ passageId }) => passageId)).size).toBe(passages.length);
  expect(new Set(passages.map(({ label }) => label)).size).toBe(passages.length);
  let last = 0;
  for (const passage of passages) {
    expect(document.text.slice(passage.start, passage.end)).toBe(passage.text);
    expect(passage.start).toBeGreaterThanOrEqual(last);
    expect(passage.text).toBe(passage.text.trim());
    expect(passage.text).not.toBe("");
    expect(passage.text.length).toBeLessThan(20_000);
    expect(passage.passageId).toMatch(/^[\w.-]+#[ps][\w.-]+$/);
    last = passage.end;
  }
  return true;
}

const bit = fc.constantFrom(
  "The council met in the hall and agreed to go on. ", "lower case words go on", "4. ", "5. ", "1. ", "2.3 ", "(1) ", "(a) ", "- ", "° ", "* ",
  "Article 5", "ARTICLE VI. ", "\n\n1. Budget\n\n", "\n\n2. Staff\n", "\n\n2.1 Pay\n\n", "\n\n## 3. Roads\n\n", "2.1.1 ", "CHAPTER ONE", "Background", "Page 3", "12", "- 3 -", "\f", "\n", "\n\n", "\r\n", "\t", "    ", "---", "===", "# ",
  "## Two", "```", "| a | b |", "|---|---|", "> ", "<!--", "-->", "title: x", "Seoul, November 15, 2019", "Annual Report   7", "Dear Sir,", "\u00a0", "é", "😀",
); // biome-ignore format: a list of bits reads better unfolded

describe("any input", () => {
  it.each(["a.txt", "a.md"])("%s: any text made of what documents are made of", (path) => {
    let kept = 0;
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        if (holds(path, encoder.encode(bits.join("")))) kept++;
      }),
      { numRuns: 600 },
    );
    expect(kept).toBeGreaterThan(300);
  });

  it.each(["a.txt", "a.md"])("%s: any string", (path) => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => void holds(path, encoder.encode(text))),
    );
  });

  it.each(["a.txt", "a.md"])("%s: any bytes", (path) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void holds(path, bytes)),
      { numRuns: 300 },
    );
  });
});

/** Enough that quadratic work takes minutes, on a machine that does other things as well. */
const LONG = 400_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(LONG / unit.length));

describe("a long text", () => {
  it.each([
    ["blanks and a word", `${fill(" ")}word`],
    ["digits and dots", fill("1.")],
    ["digits, dots and blanks", fill("1. ")],
    ["brackets", fill("(")],
    ["dashes", fill("- ")],
    ["dash lines", fill("- \n")],
    ["items", fill("- item\n")],
    ["one word", fill("a")],
    ["one line of words", fill("word ")],
    ["short lines", fill("a\n")],
    ["short paragraphs", fill("Some Heading\n\n")],
    ["capitals", fill("WORDS IN CAPITALS\n\n")],
    ["numbered lines", fill("1. Some words here\n\n")],
    ["sentences", fill("The U.S. met Gen. Park. It agreed. ")],
    ["names", fill("Secretary of Defense William J. Perry, ")],
    ["offices", fill("Secretary of ")],
    ["page numbers", fill("12\n\n")],
    ["form feeds", fill("Running head\n12\n\f")],
    ["quotes", fill("> ")],
    ["pipes", fill("| a ")],
    ["table rows", fill("| a | b |\n|---|---|\n")],
    ["fences", fill("```\n")],
    ["comments", fill("<!--\n")],
    ["brackets of links", fill("[a]: ")],
    ["stops", fill(".")],
    ["front matter", `---\n${fill("a: b\n")}`],
    ["Han", fill("漢字")],
  ])("of %s is read in time", (_, text) => {
    for (const path of ["a.txt", "a.md"]) {
      const bytes = encoder.encode(text);
      const start = performance.now();
      try {
        parseDocument({ path, bytes });
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentError);
      }
      splitSentences(text);
      // Quadratic work takes many times as long; linear work a few hundred milliseconds.
      expect(performance.now() - start).toBeLessThan(4000);
    }
  });
});

it("tells whether a text has more words than so many as counting them does", () => {
  const word = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom("a", "水が", "x".repeat(80), " ", "\n"));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.nat(80), (words, most) => {
      const text = words.join(" ");
      expect(hasWordsAtMost(text, most)).toBe(wordCount(text) <= most);
    }),
    { numRuns: 500 },
  );
});
