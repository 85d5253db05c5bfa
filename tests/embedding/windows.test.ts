import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchesOf, frameOf, windowsOf } from "../../src/embedding/windows.ts";

const frame = { before: [101], after: [102] };
const tokens = fc.array(fc.nat(99));

describe("frameOf", () => {
  test("finds what stands before and after", () => {
    expect(frameOf([101, 7, 8, 102, 103], [7, 8])).toEqual({ before: [101], after: [102, 103] });
    expect(frameOf([7], [7])).toEqual({ before: [], after: [] });
  });
});

describe("windowsOf", () => {
  test("loses no token, keeps to the limit and frames every window", () => {
    fc.assert(
      fc.property(tokens, fc.integer({ min: 3, max: 20 }), (bare, limit) => {
        const windows = windowsOf(4, [101, ...bare, 102], frame, limit);
        expect(windows.flatMap((window) => window.tokens.slice(1, -1))).toEqual(bare);
        for (const window of windows) {
          expect(window.tokens.length).toBeLessThanOrEqual(limit);
          expect([window.text, window.tokens[0], window.tokens.at(-1)]).toEqual([4, 101, 102]);
        }
      }),
    );
  });

  test("a text that fits is one window", () => {
    expect(windowsOf(0, [101, 5, 102], frame, 3)).toEqual([{ text: 0, tokens: [101, 5, 102] }]);
  });
});

describe("batchesOf", () => {
  test("holds every window once, within the budget unless one window alone is past it", () => {
    fc.assert(
      fc.property(fc.array(tokens), fc.integer({ min: 1, max: 200 }), (all, budget) => {
        const windows = all.map((each, text) => ({ text, tokens: each }));
        const batches = batchesOf(windows, budget);
        expect(new Set(batches.flat())).toEqual(new Set(windows));
        expect(batches.flat()).toHaveLength(windows.length);
        for (const batch of batches) {
          const width = Math.max(...batch.map((window) => window.tokens.length));
          if (batch.length > 1) expect(batch.length * width).toBeLessThanOrEqual(budget);
        }
      }),
    );
  });
});
