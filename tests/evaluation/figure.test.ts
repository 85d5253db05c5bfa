import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difference, figure } from "../../src/evaluation/figure.ts";

const repeated = <T>(values: readonly T[], times: number): T[] => Array.from({ length: times }, () => values).flat();

describe("figure", () => {
  it("is the mean of the questions that count, with an interval near what the normal distribution gives", () => {
    const half = figure(repeated([0, 1, null, null], 200));
    expect(half.value).toBe(0.5);
    expect(half.questions).toBe(400);
    // 1.96 standard errors of a half over 400 questions.
    expect(half.high - half.value).toBeCloseTo(0.049, 2);
    expect(half.value - half.low).toBeCloseTo(0.049, 2);
  });

  it("is the same at every run", () => {
    const values = repeated([0, 1, 1], 20);
    expect(figure(values)).toEqual(figure([...values]));
  });

  it("averages the means of its columns: balanced accuracy", () => {
    const answered = [1, 1, 1, 0, null, null];
    const refused = [null, null, null, null, 1, 0];
    expect(figure(answered, refused)).toMatchObject({ value: (3 / 4 + 1 / 2) / 2, questions: 6 });
  });

  it("is of no question where a column has none", () => {
    expect(figure([null, null])).toMatchObject({ value: 0, low: 0, high: 0, questions: 0 });
    expect(figure([1, 0], [null, null]).questions).toBe(0);
    expect(figure([]).questions).toBe(0);
  });

  it("lies within its interval, and that within what the questions gave", () => {
    const value = fc.constantFrom(0, 0.25, 1, null);
    fc.assert(
      fc.property(fc.array(value, { minLength: 3, maxLength: 12 }), (column) => {
        const { value, low, high, questions } = figure(column);
        if (questions === 0) return;
        const values = column.filter((one) => one !== null);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
      }),
      { numRuns: 30 },
    );
  });
});

describe("difference", () => {
  it("is 0 without width where nothing has changed, however much the questions differ", () => {
    const same = figure(repeated([0, 1], 30));
    expect(difference(same, same)).toEqual({ value: 0, low: 0, high: 0 });
  });

  it("is sure of a few questions that are all worse, not of as many worse as better", () => {
    const before = figure(repeated([1, 1, 1, 1, 0], 20));
    const worse = figure(before.columns[0]?.map((value, at) => (at % 10 === 0 ? 0 : value)) ?? []);
    expect(difference(worse, before)).toMatchObject({ value: expect.closeTo(-0.1, 12) });
    expect(difference(worse, before)?.high).toBeLessThan(0);
    const mixed = figure(before.columns[0]?.map((value, at) => (at % 10 === 0 ? 0 : at % 10 === 4 ? 1 : value)) ?? []);
    expect(difference(mixed, before)?.low).toBeLessThan(0);
    expect(difference(mixed, before)?.high).toBeGreaterThan(0);
  });

  it("is of the same questions only", () => {
    expect(difference(figure([1, 0]), figure([1]))).toBeNull();
    expect(difference(figure([1, 0]), figure([1, null], [null, 0]))).toBeNull();
  });
});
