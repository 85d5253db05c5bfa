import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestOf } from "../../src/store/nearest.ts";
import { nearest } from "../../src/store/packed.ts";
import { packVectors, quantizeQuery, roomForPacked } from "../../src/store/quantized.ts";

const number = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -1, max: 1 }),
  fc.constantFrom(0, 1, -1, Math.fround(0.1)),
);

/** Rows of any numbers, some of them alike, and a query. */
const matrix = fc
  .record({ dimension: fc.integer({ min: 1, max: 70 }), rows: fc.integer({ min: 0, max: 40 }) })
  .chain(({ dimension, rows }) =>
    fc.record({
      dimension: fc.constant(dimension),
      numbers: fc.array(number, { minLength: rows * dimension, maxLength: rows * dimension }),
      query: fc.array(number, { minLength: dimension, maxLength: dimension }),
      limit: fc.integer({ min: 0, max: 12 }),
      twice: fc.boolean(),
    }),
  );

function packed(vectors: Float32Array, dimension: number, module?: null) {
  const offsets = Uint32Array.from({ length: vectors.length / dimension }, (_, row) => row);
  const room = roomForPacked(offsets.length, dimension, module);
  room.file.set(packVectors(vectors, dimension, offsets));
  const opened = room.opened();
  if (opened === null) throw new Error("what was packed opens");
  return opened;
}

test("the nearest by way of 8-bit numbers are the nearest, for any vectors, over several segments, with a filter", () => {
  fc.assert(
    fc.property(matrix, ({ dimension, numbers, query, limit, twice }) => {
      const vectors = Float32Array.from(twice ? [...numbers, ...numbers] : numbers);
      const asked = Float32Array.from(query);
      const count = vectors.length / dimension;
      const cut = Math.floor(count / 3) * dimension;
      const segments = [vectors.slice(0, cut), vectors.slice(cut)].map((own, i) => {
        const first = i === 0 ? 0 : cut / dimension;
        return {
          packed: packed(own, dimension),
          ordinals: Uint32Array.from({ length: own.length / dimension }, (_, row) => first + row),
          vector: (row: number) => own.subarray(row * dimension, (row + 1) * dimension),
        };
      });
      const allows = (ordinal: number) => ordinal % 3 !== 1;
      expect(nearestOf(segments, asked, limit, allows)).toEqual(nearest(vectors, asked, limit, allows));
      expect(nearestOf(segments, asked, limit, () => true)).toEqual(nearest(vectors, asked, limit));
    }),
    { numRuns: 300 },
  );
});

test("without the processor's instructions the scan gives the same numbers", () => {
  const dimension = 256;
  const vectors = Float32Array.from({ length: 50 * dimension }, (_, i) => Math.sin(i * i) / 16);
  const query = quantizeQuery(Float32Array.from({ length: dimension }, (_, i) => Math.cos(i) / 16));
  expect([...packed(vectors, dimension, null).scan(query)]).toEqual([...packed(vectors, dimension).scan(query)]);
});

test("sums stay within 32 bits where every number is as large as can be", () => {
  for (const dimension of [16, 256, 1024, 4096]) {
    const vectors = new Float32Array(dimension).fill(-1);
    const query = quantizeQuery(new Float32Array(dimension).fill(1));
    const [score = 0] = packed(vectors, dimension).scan(query);
    expect(score * query.scale).toBeCloseTo(-dimension, 2);
  }
});

test("few rows of many are read in full", () => {
  const dimension = 64;
  const count = 5000;
  const vectors = new Float32Array(count * dimension);
  for (let i = 0; i < vectors.length; i++) vectors[i] = Math.sin(i * 12.9898 + (i % 97)) / 8;
  let read = 0;
  const segment = {
    packed: packed(vectors, dimension),
    ordinals: Uint32Array.from({ length: count }, (_, row) => row),
    vector(row: number) {
      read++;
      return vectors.subarray(row * dimension, (row + 1) * dimension);
    },
  };
  nearestOf([segment], vectors.slice(0, dimension), 20, () => true);
  expect(read).toBeLessThan(count / 10);
});
