import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  holds,
  inverseFrequency,
  type LexicalIndex,
  lexicalBound,
  lexicalIndexOf,
  lexicalScores,
  passageFrequency,
} from "../../src/retrieval/bm25.ts";
import { mergePostings } from "../../src/retrieval/lexical-codec.ts";
import { parsePostings, serializePostings } from "../../src/retrieval/postings.ts";
import { terms } from "../../src/retrieval/tokenize.ts";
import { placesOf } from "../../src/store/snapshot.ts";
import { DELETED } from "../../src/store/vector-store.ts";
import { buildPostings } from "./build-postings.ts";

// Times of any number, told by the text.
const words = (text: string) => ({
  terms: terms(text),
  times: [...text].slice(0, 2 * (text.length % 3)).map((one) => one.charCodeAt(0)),
});

function buildLexicalIndex(texts: readonly string[]): LexicalIndex {
  const ordinals = Uint32Array.from(texts.keys());
  const postings = serializePostings(buildPostings(texts.map(words)));
  return lexicalIndexOf([{ postings, ordinals }], placesOf([ordinals], texts.length));
}

const TEXTS = ["the ferry sails at noon", "the ferry the ferry the harbour", "bread and butter", ""];
const word = fc.constantFrom("ferry", "harbour", "noon", "bread", "東京", "28th", "the");
const corpus = fc.array(
  fc.array(word, { maxLength: 8 }).map((words) => words.join(" ")),
  { maxLength: 12 },
);

/** BM25 as the paper writes it, one passage and term at a time. */
function plainScore(texts: readonly string[], query: readonly string[], ordinal: number): number {
  const bags = texts.map(terms);
  const average = bags.reduce((sum, bag) => sum + bag.length, 0) / Math.max(1, bags.length) || 1;
  const own = bags[ordinal] ?? [];
  return query.reduce((sum, term) => {
    const n = bags.filter((bag) => bag.includes(term)).length;
    const f = own.filter((other) => other === term).length;
    const idf = Math.log(1 + (bags.length - n + 0.5) / (n + 0.5));
    return sum + (f === 0 ? 0 : (idf * f * 1.9) / (f + 0.9 * (0.6 + (0.4 * own.length) / average)));
  }, 0);
}

describe("BM25", () => {
  it("scores as the formula does, for any corpus and question", () => {
    fc.assert(
      fc.property(corpus, fc.array(word, { maxLength: 5 }), (texts, words) => {
        const query = words.flatMap(terms);
        const scores = lexicalScores(buildLexicalIndex(texts), query);
        for (const ordinal of texts.keys()) expect(scores[ordinal]).toBeCloseTo(plainScore(texts, query, ordinal), 4);
      }),
    );
  });

  it("never scores above its bound", () => {
    fc.assert(
      fc.property(corpus, fc.array(word, { minLength: 1, maxLength: 5 }), (texts, words) => {
        const index = buildLexicalIndex(texts);
        const query = words.flatMap(terms);
        for (const score of lexicalScores(index, query))
          expect(score).toBeLessThanOrEqual(lexicalBound(index, query) + 1e-4);
      }),
    );
  });

  it("knows which passage holds a term", () => {
    const index = buildLexicalIndex(TEXTS);
    expect([0, 1, 2, 3].map((ordinal) => holds(index, "ferri", ordinal))).toEqual([true, true, false, false]);
    expect(holds(index, "tram", 0)).toBe(false);
    expect(passageFrequency(index, "ferri")).toBe(2);
    expect(inverseFrequency(index, "tram")).toBeGreaterThan(inverseFrequency(index, "bread"));
    expect(inverseFrequency(index, "bread")).toBeGreaterThan(inverseFrequency(index, "ferri"));
  });
});

describe("postings as bytes", () => {
  it("come back as they were, for any corpus, also from an unaligned buffer", () => {
    fc.assert(
      fc.property(corpus, (texts) => {
        const postings = buildPostings(texts.map(words));
        const bytes = serializePostings(postings);
        const shifted = new Uint8Array(bytes.byteLength + 1);
        shifted.set(bytes, 1);
        expect(plain(parsePostings(bytes, texts.length))).toEqual(plain(postings));
        expect(plain(parsePostings(shifted.subarray(1), texts.length))).toEqual(plain(postings));
      }),
    );
  });

  it("are refused when cut short, of other passages or of another kind", () => {
    const bytes = serializePostings(buildPostings(TEXTS.map(words)));
    for (const [broken, passages] of [
      [bytes.subarray(0, bytes.length - 4), TEXTS.length],
      [bytes.subarray(0, 7), TEXTS.length],
      [bytes, TEXTS.length + 1],
      [Uint8Array.from(bytes, (byte, i) => (i === 0 ? byte ^ 1 : byte)), TEXTS.length],
    ] as const) {
      expect(() => parsePostings(broken, passages)).toThrowError(expect.objectContaining({ code: "index-damaged" }));
    }
  });

  it("of segments, merged without what was deleted, are those of the texts that are left, byte for byte", () => {
    const part = fc.array(fc.record({ text: corpus.map((texts) => texts.join(" ")), dies: fc.boolean() }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.infiniteStream(fc.nat(3)), (parts, choose) => {
        // Which part the next text is taken from, so that they lie in each other in any way.
        const left = parts.map((texts) => [...texts.entries()]);
        const places = parts.map((texts) => new Uint32Array(texts.length).fill(DELETED));
        const kept: string[] = [];
        while (left.some((texts) => texts.length > 0)) {
          const at = (choose.next().value ?? 0) % parts.length;
          const [old, one] = left[at]?.shift() ?? [];
          if (old === undefined || one === undefined || one.dies) continue;
          places[at]?.set([kept.push(one.text) - 1], old);
        }
        const merged = mergePostings(
          parts.map((texts, i) => ({
            postings: buildPostings(texts.map(({ text }) => words(text))),
            places: places[i] ?? new Uint32Array(),
          })),
          kept.length,
        );
        expect(Buffer.from(serializePostings(merged))).toEqual(
          Buffer.from(serializePostings(buildPostings(kept.map(words)))),
        );
      }),
    );
  });
});

/** Views of any buffer as arrays of their own. */
function plain(postings: ReturnType<typeof buildPostings>) {
  const parts = Object.entries(postings).sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.map(([name, part]) => [name, typeof part === "number" ? part : [...part]]);
}
