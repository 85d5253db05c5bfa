import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadEmbedder } from "../../../src/embedding/transformers.ts";
import { handWrittenRows } from "../../../src/evaluation/verification-rows.ts";

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

// What is reached, not what is aimed at: docs/verification.md has the figures of first sight.
const REACHED: Readonly<Record<string, readonly [caught: number, passed: number, shown: number]>> = {
  "by hand: statements": [0.99, 0.8, 0.99],
  "by hand: held-out": [0.99, 0.65, 0.95],
  "by hand: unseen": [0.95, 0.72, 0.95],
  "by hand: fresh": [0.92, 0.34, 0.9],
  "by hand: fresh-2": [0.95, 0.45, 0.99],
  "by hand: fresh-3": [0.8, 0.3, 0.85],
  "by hand: parish-and-ward": [0.95, 0.1, 0.75],
  "by hand: answers": [0.95, 0.74, 0.97],
  "by hand: answers-2": [0.92, 0.62, 0.96],
  "by hand: kept-aside": [0.93, 0.68, 0.92],
  "by hand: kept-aside-2": [0.96, 0.68, 0.94],
  "by hand: kept-aside-free": [0.98, 0.1, 0.56],
};

test("of the statements written by hand as many altered ones are caught and others passed as is written down", async () => {
  const rows = await handWrittenRows(pathOf("tests/eval"), await loadEmbedder(pathOf("models/pilcrow-static")));
  const all = rows.filter(({ of }) => of === "all");
  expect(all.map(({ set }) => set)).toEqual(Object.keys(REACHED));
  for (const { set, counts, figures } of all) {
    const [caught, passed, shown] = REACHED[set] ?? [1, 1, 1];
    expect(counts.altered).toBeGreaterThanOrEqual(18);
    expect(figures["altered caught"]?.value, set).toBeGreaterThanOrEqual(caught);
    expect(figures["untouched passed"]?.value, set).toBeGreaterThanOrEqual(passed);
    expect(figures["untouched shown"]?.value, set).toBeGreaterThanOrEqual(shown);
  }
});
