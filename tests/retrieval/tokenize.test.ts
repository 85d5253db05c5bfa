import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terms, tokenize } from "../../src/retrieval/tokenize.ts";

describe("tokenize", () => {
  it("stems English words, folds case and accents, and drops the possessive", () => {
    expect(terms("Committed commitments COMMITMENT")).toEqual(["commit", "commit", "commit"]);
    expect(terms("Communiqué Korea’s minister's café")).toEqual(["communiqu", "korea", "minist", "cafe"]);
  });

  it("takes the plural of an abbreviation for its singular", () => {
    expect(terms("DVDs dvds DVD TVs PC's")).toEqual(["dvd", "dvd", "dvd", "tv", "pc"]);
    expect(terms("Mrs class SS")).toEqual(["mrs", "class", "ss"]);
  });

  it("keeps dotted abbreviations and numbers whole", () => {
    expect(terms("The U.S. and U.N. agreed on 1,000 at 3.5 in the 28th")).toEqual([
      "the",
      "us",
      "and",
      "un",
      "agre",
      "on",
      "1000",
      "at",
      "35",
      "in",
      "the",
      "28th",
    ]);
    expect(terms("In 1996, they met.")).toEqual(["in", "1996", "they", "met"]);
  });

  it("cuts Chinese, Japanese and Korean into pairs of characters", () => {
    expect(terms("본문 바로가기")).toEqual(["본문", "바로", "로가", "가기"]);
    expect(terms("東京 X 水")).toEqual(["東京", "x", "水"]);
  });

  it("gives offsets at which the word stands, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        let last = 0;
        for (const { term, start, end } of tokenize(text)) {
          expect(term).not.toBe("");
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).not.toMatch(/\s/);
          last = start;
        }
      }),
    );
  });

  it("finds the same terms whatever the case of Latin text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,40}$/), (text) => {
        expect(terms(text.toUpperCase())).toEqual(terms(text));
      }),
    );
  });
});

it("takes the short way through text that is all ASCII to the same terms", () => {
  const bit = fc.oneof(
    fc.string({ unit: "grapheme-ascii", maxLength: 6 }),
    fc.constantFrom("U.S. ", "1,000", "3.5", "don't", "o'", "'s ", ".", " ", "28th", "R.O.K.", "x1.5y", "DVDs "),
  );
  fc.assert(
    fc.property(fc.array(bit), (bits) => {
      const text = bits.join("");
      expect(terms(text)).toEqual(tokenize(text).map(({ term }) => term));
    }),
    { numRuns: 1000 },
  );
});
