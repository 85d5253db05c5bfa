import fc from "fast-check";
import { expect, test } from "vitest";
import { nearest, similarities } from "../../src/store/packed.ts";

// Few distinct values, so that there are ties.
const matrix = fc.integer({ min: 1, max: 9 }).chain((dimension) =>
  fc.record({
    query: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: dimension, maxLength: dimension }),
    rows: fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: dimension, maxLength: dimension })),
  }),
);

test("nearest is a full sort, cut", () => {
  fc.assert(
    fc.property(matrix, fc.integer({ min: 0, max: 12 }), fc.boolean(), ({ query, rows }, limit, filtered) => {
      const allows = (ordinal: number) => !filtered || ordinal % 3 !== 1;
      const expected = rows
        .map((row, ordinal) => ({ ordinal, score: row.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0) }))
        .filter(({ ordinal }) => allows(ordinal))
        .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
        .slice(0, limit);
      const vectors = Float32Array.from(rows.flat());
      const hits = nearest(vectors, Float32Array.from(query), limit, filtered ? allows : undefined);
      expect(hits.map(({ ordinal, score }) => ({ ordinal, score: score + 0 }))).toEqual(
        expected.map(({ ordinal, score }) => ({ ordinal, score: score + 0 })),
      );
      expect(
        similarities(
          vectors,
          Float32Array.from(query),
          hits.map((hit) => hit.ordinal),
        ),
      ).toEqual(hits.map((hit) => hit.score));
    }),
  );
});
