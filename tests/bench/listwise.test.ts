import { describe, expect, it } from "vitest";
import { type Candidates, fitWeights, scoreOf } from "../../bench/listwise.ts";
import { randomNumbers } from "../../bench/paragraphs.ts";

/** Questions whose one relevant candidate is drawn by the softmax of scores with these weights. */
function questionsOf(weights: readonly number[], count: number, scale: readonly number[] = weights.map(() => 1)) {
  const random = randomNumbers(5);
  return Array.from({ length: count }, (): Candidates => {
    const drawn = Array.from({ length: 12 }, () => weights.map(() => random()));
    const odds = drawn.map((own) => Math.exp(scoreOf(own, weights)));
    let left = random() * odds.reduce((sum, one) => sum + one, 0);
    const chosen = odds.findIndex((one) => {
      left -= one;
      return left <= 0;
    });
    const signals = drawn.map((own) => own.map((value, i) => value * (scale[i] ?? 1)));
    return { signals, relevance: signals.map((_, i) => (i === chosen ? 1 : 0)) };
  });
}

describe("fitWeights", () => {
  it("finds the weights that chose", () => {
    const [a = 0, b = 0, none = 9] = fitWeights([questionsOf([6, 3, 0], 1500)]);
    expect(a).toBeGreaterThan(5);
    expect(a).toBeLessThan(7);
    expect(a / b).toBeGreaterThan(1.6);
    expect(a / b).toBeLessThan(2.4);
    expect(Math.abs(none)).toBeLessThan(0.5);
  });

  it("finds them whatever unit a signal is in", () => {
    const [a = 0, b = 0] = fitWeights([questionsOf([6, 3], 600)]);
    const [c = 0, d = 0] = fitWeights([questionsOf([6, 3], 600, [100, 1])]);
    expect(100 * c).toBeCloseTo(a, 3);
    expect(d).toBeCloseTo(b, 3);
  });

  it("learns nothing from questions whose candidates are all alike", () => {
    const alike = { signals: [[1], [0]], relevance: [0, 0] };
    const told = questionsOf([4], 200);
    expect(fitWeights([[...told, alike]])).toEqual(fitWeights([told]));
  });
});
