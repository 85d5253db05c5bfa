import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchesOf, frameOf, padded, windowsOf } from "../../src/embedding/windows.ts";

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
        const windows = windowsOf(4, Int32Array.of(101, ...bare, 102), frame, limit);
        expect(windows.flatMap((window) => [...window.tokens.slice(1, -1)])).toEqual(bare);
        for (const window of windows) {
          expect(window.tokens.length).toBeLessThanOrEqual(limit);
          expect([window.text, window.tokens[0], window.tokens.at(-1)]).toEqual([4, 101, 102]);
        }
      }),
    );
  });

  test("a text that fits is one window", () => {
    const tokens = Int32Array.of(101, 5, 102);
    expect(windowsOf(0, tokens, frame, 3)).toEqual([{ text: 0, tokens }]);
  });
});

describe("batchesOf", () => {
  test("holds every window once, within the budget unless one window alone is past it", () => {
    fc.assert(
      fc.property(fc.array(tokens), fc.integer({ min: 1, max: 200 }), (all, budget) => {
        const windows = all.map((each, text) => ({ text, tokens: Int32Array.from(each) }));
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

describe("padded", () => {
  test("has each token in its place, the padding id after a row's last, and ones where there are tokens", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(2 ** 31 - 1), { maxLength: 9 }), { minLength: 1 }),
        fc.nat(99),
        (rows, pad) => {
          const { ids, mask, width } = padded(
            rows.map((row, text) => ({ text, tokens: Int32Array.from(row) })),
            pad,
          );
          expect(width).toBe(Math.max(1, ...rows.map((row) => row.length)));
          const row = (of: BigInt64Array, i: number) => [...of.subarray(i * width, (i + 1) * width)].map(Number);
          rows.forEach((each, i) => {
            const padding = width - each.length;
            expect(row(ids, i)).toEqual([...each, ...Array(padding).fill(pad)]);
            expect(row(mask, i)).toEqual([...Array(each.length).fill(1), ...Array(padding).fill(0)]);
          });
        },
      ),
    );
  });
});
