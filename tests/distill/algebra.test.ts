import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bags, bagLength, sumsOf } from "../../distill/bags.ts";
import { batchesOfLikeLength } from "../../distill/lessons.ts";
import { matrix } from "../../distill/matrix.ts";
import { eigenSymmetric, principalComponents, project } from "../../distill/principal.ts";
import { randomOf } from "../../distill/random.ts";
import { bestScale, ridge } from "../../distill/ridge.ts";
import { weightedTokens } from "../../distill/token-vectors.ts";

function numbers(rows: number, columns: number, seed: number) {
  const random = randomOf(seed);
  return matrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => 2 * random() - 1),
  );
}

function bagsOf(texts: readonly (readonly number[])[]): Bags {
  const starts = [0];
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length);
  return { rows: Int32Array.from(texts.flat()), starts: Int32Array.from(starts) };
}

test("eigenvectors take a symmetric matrix apart", () => {
  const size = 7;
  const half = numbers(size, size, 1).data;
  const a = Float64Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    return (half[row * size + column] ?? 0) + (half[column * size + row] ?? 0);
  });
  const { values, vectors } = eigenSymmetric(a.slice(), size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      let product = 0;
      for (let k = 0; k < size; k++) {
        sum += (vectors[i * size + k] ?? 0) * (values[k] ?? 0) * (vectors[j * size + k] ?? 0);
        product += (vectors[k * size + i] ?? 0) * (vectors[k * size + j] ?? 0);
      }
      expect(sum).toBeCloseTo(a[i * size + j] ?? Number.NaN, 9);
      expect(product).toBeCloseTo(Number(i === j), 9);
    }
  }
});

test("vectors of few dimensions are kept whole by as many components", async () => {
  const flat = await project(numbers(50, 3, 2), numbers(3, 10, 3));
  const { basis, energy } = await principalComponents(flat, 3);
  expect(energy).toBeCloseTo(1, 5);
  const back = matrix(3, 10);
  for (let i = 0; i < 10; i++) for (let k = 0; k < 3; k++) back.data[k * 10 + i] = basis.data[i * 3 + k] ?? 0;
  const again = await project(await project(flat, basis), back);
  for (const [i, number] of again.data.entries()) expect(number).toBeCloseTo(flat.data[i] ?? Number.NaN, 4);
  expect((await principalComponents(flat, 1)).energy).toBeLessThan(0.9);
});

test("ridge regression ends where the slope of what it minimises is zero", () => {
  const bags = bagsOf([[0, 1, 2], [1, 1, 3], [4], [0, 4, 4, 2], []]);
  const [targets, start] = [numbers(5, 2, 4), numbers(6, 2, 5)];
  const lambda = 0.3;
  const solved = ridge(bags, targets, start, { lambda, tolerance: 1e-7, mostSteps: 100 });
  const slope = Float32Array.from(solved.data, (number, i) => lambda * (number - (start.data[i] ?? 0)));
  for (let bag = 0; bag < 5; bag++) {
    const length = bagLength(bags, bag);
    const sum = sumsOf(bags, Int32Array.of(bag), solved);
    for (let at = bags.starts[bag] ?? 0; at < (bags.starts[bag + 1] ?? 0); at++) {
      for (let k = 0; k < 2; k++) {
        const error = (sum[k] ?? 0) / length - (targets.data[bag * 2 + k] ?? 0);
        const cell = (bags.rows[at] ?? 0) * 2 + k;
        slope[cell] = (slope[cell] ?? 0) + error / length;
      }
    }
  }
  for (const number of slope) expect(number).toBeCloseTo(0, 5);
  // No text has the last token.
  expect(solved.data.slice(10)).toEqual(start.data.slice(10));
  expect(solved.data.slice(0, 10)).not.toEqual(start.data.slice(0, 10));
});

test("the best scale is where the error of the means is least", () => {
  const bags = bagsOf([
    [0, 1, 2],
    [1, 3],
    [2, 2, 0],
  ]);
  const start = numbers(4, 2, 7);
  const targets = matrix(3, 2);
  for (let bag = 0; bag < 3; bag++) {
    const sum = sumsOf(bags, Int32Array.of(bag), start);
    for (let k = 0; k < 2; k++) targets.data[bag * 2 + k] = (2.5 * (sum[k] ?? 0)) / bagLength(bags, bag);
  }
  expect(bestScale(bags, targets, start)).toBeCloseTo(2.5, 5);
});

test("each text is in one batch, with texts of like length", () => {
  const texts = fc.array(fc.array(fc.nat(9), { maxLength: 9 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 9 }), fc.nat(), (all, size, seed) => {
      const bags = bagsOf(all);
      const batches = batchesOfLikeLength(bags, all.length, size, randomOf(seed));
      expect(batches.flatMap((batch) => Array.from(batch)).sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
      const spans = batches.map((batch) => Array.from(batch, (bag) => bagLength(bags, bag)));
      spans.sort((a, b) => Math.min(...a) - Math.min(...b) || Math.max(...a) - Math.max(...b));
      const sorted = spans.flatMap((span) => span.sort((a, b) => a - b));
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    }),
  );
});

test("common tokens weigh little, and a token without a text nothing", () => {
  const vectors = numbers(2000, 4, 6);
  vectors.data.fill(0, 40, 44);
  const weighted = weightedTokens(vectors);
  const length = (row: number) => Math.hypot(...weighted.data.slice(row * 4, row * 4 + 4));
  const mean = (from: number) => Array.from({ length: 20 }, (_, i) => length(from + 20 * i)).reduce((a, b) => a + b);
  expect(mean(1)).toBeLessThan(mean(401));
  expect(mean(401)).toBeLessThan(mean(1501));
  expect(length(10)).toBe(0);
});
