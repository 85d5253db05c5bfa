import fc from "fast-check";
import { expect, it } from "vitest";
import { type LexicalIndex, lexicalIndexOf, lexicalScores } from "../../src/retrieval/bm25.ts";
import { lexicalQuery, type WeightedTerms } from "../../src/retrieval/max-score.ts";
import { serializePostings } from "../../src/retrieval/postings.ts";
import { terms } from "../../src/retrieval/tokenize.ts";
import { placesOf } from "../../src/store/snapshot.ts";
import { DELETED } from "../../src/store/vector-store.ts";
import { buildPostings } from "./build-postings.ts";

// Times of any number, told by the text.
const words = (text: string) => ({
  terms: terms(text),
  times: [...text].slice(0, 2 * (text.length % 3)).map((one) => one.charCodeAt(0)),
});

// Some words stand nearly everywhere and some nearly nowhere, so that there are lists to pass over.
const word = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("harbour", "report", "the") },
  { weight: 3, arbitrary: fc.constantFrom("ferry", "noon", "bread", "東京") },
  { weight: 1, arbitrary: fc.constantFrom("tram", "28th", "quay", "absent") },
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const query = fc.array(
  fc.record({
    terms: fc.array(word, { maxLength: 6 }).map((words) => words.flatMap(terms)),
    weight: fc.double({ min: 0.01, max: 2, noNaN: true }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Texts in segments, each in any of them, some deleted. */
const index = fc
  .array(fc.record({ text, part: fc.nat(3), dies: fc.boolean().map((dies) => dies) }), { maxLength: 90 })
  .map((passages): LexicalIndex => {
    let ordinal = 0;
    const segments = [0, 1, 2, 3].map((number) => {
      const own = passages.filter(({ part }) => part === number);
      return { own, postings: serializePostings(buildPostings(own.map((one) => words(one.text)))) };
    });
    const ordinals = new Map(passages.map((one) => [one, one.dies && one.part > 1 ? DELETED : ordinal++]));
    const parts = segments.map(({ own, postings }) => ({
      postings,
      ordinals: Uint32Array.from(own, (one) => ordinals.get(one) ?? DELETED),
    }));
    const places = placesOf(
      parts.map((part) => part.ordinals),
      ordinal,
    );
    return lexicalIndexOf(parts, places);
  });

/** Every passage scored, and sorted. */
function plainly(of: LexicalIndex, texts: readonly WeightedTerms[]): Float32Array {
  const total = new Float32Array(of.passages);
  for (const { terms: own, weight } of texts) {
    const scores = lexicalScores(of, own);
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + weight * (scores[i] ?? 0);
  }
  return total;
}

it("gives what scoring every passage gives, to the last bit, for any segments, texts, weights and filters", () => {
  fc.assert(
    fc.property(
      index,
      query,
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (of, texts, limit, nth) => {
        const scores = plainly(of, texts);
        const allows = (ordinal: number) => nth === 1 || ordinal % nth !== 0;
        const expected = [...scores.entries()]
          .filter(([ordinal, score]) => score > 0 && allows(ordinal))
          .sort(([a, x], [b, y]) => y - x || a - b)
          .slice(0, limit)
          .map(([ordinal, score]) => ({ ordinal, score }));
        const asked = lexicalQuery(of, texts);
        expect(asked.best(limit, allows)).toEqual(expected);
        expect(asked.scores([...scores.keys()])).toEqual([...scores]);
      },
    ),
    { numRuns: 500 },
  );
});

it("passes over most passages of a word that stands everywhere", () => {
  const texts = Array.from({ length: 4000 }, (_, i) => `report ${i} of the harbour ${i % 100 === 0 ? "ferry" : ""}`);
  const ordinals = Uint32Array.from(texts.keys());
  const postings = serializePostings(buildPostings(texts.map(words)));
  const of = lexicalIndexOf([{ postings, ordinals }], placesOf([ordinals], texts.length));
  let looked = 0;
  const found = lexicalQuery(of, [{ terms: terms("ferry report"), weight: 1 }]).best(10, () => ++looked > 0);
  expect(found).toHaveLength(10);
  expect(looked).toBeLessThan(texts.length / 3);
});
