import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "../../src/embedding/text-pieces.ts";

test("pieces are the text, within the limit, and break no character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 4, max: 90 }), (text, limit) => {
      const pieces = piecesOf(text, limit);
      expect(pieces.join("")).toBe(text);
      for (const piece of pieces) {
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(limit);
        expect(piece).not.toMatch(/\p{Surrogate}/u);
      }
      if (pieces.length > 1) expect(pieces.every((piece) => piece !== "")).toBe(true);
    }),
  );
});

test("a text is cut between words, into like lengths", () => {
  const pieces = piecesOf("one two three ".repeat(30), 200);
  expect(pieces.slice(0, -1).every((piece) => piece.endsWith(" "))).toBe(true);
  expect(pieces.length).toBeLessThanOrEqual(3);
  expect(piecesOf("short", 200)).toEqual(["short"]);
});
