import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenTable } from "../../src/embedding/token-table.ts";

const DIMENSION = 20;
const vector = fc.array(
  fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000),
  { minLength: DIMENSION, maxLength: DIMENSION },
);

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe.each([
  ["by the processor's wide instructions", undefined],
  ["without them", null],
] as const)("products of blocks of tokens, %s", (_, module) => {
  test("are those of the sums of their vectors, to what 8 bits can tell", () => {
    const blocks = fc.array(fc.array(fc.nat(7), { maxLength: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 8, maxLength: 8 }), vector, blocks, (vectors, query, blocks) => {
        const table = tokenTable(DIMENSION, 8, module);
        vectors.forEach((one, token) => {
          table.set(token, Float32Array.from(one));
        });
        const ends: number[] = [];
        for (const block of blocks) ends.push((ends.at(-1) ?? 0) + block.length);
        const asked = Float32Array.from(query);
        const products = table.products(asked, blocks.flat().map(table.rowOf), ends);
        let before = new Float32Array(DIMENSION);
        for (const [i, block] of blocks.entries()) {
          const sum = new Float32Array(DIMENSION);
          for (const token of block) table.addTo(sum, token);
          const expected = [dot(sum, asked), dot(sum, sum), dot(sum, before)];
          // 32-bit additions in another order: so near, of what may be a difference of large numbers.
          const size = 1 + dot(sum, sum) + dot(before, before);
          for (const [j, value] of expected.entries())
            expect(Math.abs((products[3 * i + j] ?? Number.NaN) - value)).toBeLessThan(1e-5 * size);
          before = sum;
        }
      }),
      { numRuns: 200 },
    );
  });

  test("need rows that are there", () => {
    const table = tokenTable(DIMENSION, 2, module);
    expect(() => table.products(new Float32Array(DIMENSION), [-1], [1])).toThrow(RangeError);
    expect([...table.products(new Float32Array(DIMENSION), [], [0])]).toEqual([0, 0, 0]);
  });

  test("are as many as one likes", () => {
    const table = tokenTable(DIMENSION, 1, module);
    const ones = new Float32Array(DIMENSION).fill(1);
    table.set(0, ones);
    const products = table.products(ones, new Array(100_000).fill(0), [100_000]);
    expect(products[0]).toBeCloseTo(100_000 * DIMENSION, -2);
  });
});

test("a vector comes back within half a step of 8 bits", () => {
  fc.assert(
    fc.property(vector, (values) => {
      const table = tokenTable(DIMENSION, 1);
      table.set(5, Float32Array.from(values));
      const back = new Float32Array(DIMENSION);
      table.addTo(back, 5);
      const step = Math.max(...values.map(Math.abs)) / 127;
      for (const [k, value] of values.entries())
        expect(Math.abs((back[k] ?? 0) - value)).toBeLessThanOrEqual(0.51 * step);
    }),
  );
});

test("where there is no room, those before are forgotten; a token set again keeps its place", () => {
  const table = tokenTable(DIMENSION, 2);
  const ones = new Float32Array(DIMENSION).fill(1);
  table.set(1, ones);
  table.set(2, ones);
  expect([table.rowOf(1), table.rowOf(2)]).toEqual([0, 1]);
  table.set(2, ones);
  table.set(3, ones);
  expect([1, 2, 3].map(table.rowOf)).toEqual([-1, -1, 0]);
  table.set(250_000, ones);
  expect([3, 250_000, 249_999].map(table.rowOf)).toEqual([0, 1, -1]);
});
