import { expect, test } from "vitest";
import { matrix, unitRows } from "../../distill/matrix.ts";
import { distillationGraph } from "../../distill/objective.ts";
import { randomOf } from "../../distill/random.ts";
import { compile } from "../../distill/runtime.ts";

const random = randomOf(7);
const numbers = (rows: number, columns: number) =>
  matrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => 2 * random() - 1),
  );
const rows = 6;
const sums = numbers(rows, 4);
const targets = unitRows(numbers(rows, 4));
const teacher = unitRows(numbers(rows, 5));
const temperature = 0.5;

async function distillation() {
  const program = await compile(distillationGraph({ temperature }));
  return (data: Float32Array) =>
    program({
      sums: { data, dims: [rows, 4] },
      targets: { data: targets.data, dims: [rows, 4] },
      teacher: { data: teacher.data, dims: [rows, 5] },
    });
}

test("the loss is the mean of 1 - cosine and of the divergence of the softmaxes", async () => {
  const loss = (await (await distillation())(sums.data))("loss")[0] ?? Number.NaN;
  const unit = unitRows(matrix(rows, 4, sums.data.slice()));
  const row = ({ data, columns }: typeof unit, i: number) => Array.from(data.subarray(i * columns, (i + 1) * columns));
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), 0);
  const softmax = (all: typeof unit, i: number) => {
    const weights = Array.from({ length: rows }, (_, j) =>
      i === j ? 0 : Math.exp(dot(row(all, i), row(all, j)) / temperature),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
  let expected = 0;
  for (let i = 0; i < rows; i++) {
    const [p, q] = [softmax(teacher, i), softmax(unit, i)];
    const divergence = p.reduce(
      (sum, share, j) => (share === 0 ? sum : sum + share * Math.log(share / (q[j] ?? 0))),
      0,
    );
    expected += (1 - dot(row(unit, i), row(targets, i)) + divergence) / rows;
  }
  expect(loss).toBeCloseTo(expected, 5);
});

test("the gradient is the slope of the loss in every direction", async () => {
  const run = await distillation();
  const gradient = (await run(sums.data))("gradient");
  const step = 1e-2;
  for (let i = 0; i < sums.data.length; i++) {
    const moved = async (by: number) => {
      const data = sums.data.slice();
      data[i] = (data[i] ?? 0) + by;
      return (await run(data))("loss")[0] ?? Number.NaN;
    };
    const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
    expect(Math.abs(slope - (gradient[i] ?? Number.NaN))).toBeLessThan(2e-3);
  }
  expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.02);
});
