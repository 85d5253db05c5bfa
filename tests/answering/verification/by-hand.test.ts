import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadEmbedder } from "../../../src/embedding/transformers.ts";
import { handWrittenRows } from "../../../src/evaluation/verification-rows.ts";

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test("of the statements written by hand at least .95 of the altered ones are caught and at most .05 of the others flagged", async () => {
  const rows = await handWrittenRows(pathOf("tests/eval"), await loadEmbedder(pathOf("models/pilcrow-static")));
  const all = rows.filter(({ of }) => of === "all");
  expect(all.map(({ set }) => set)).toEqual(["by hand: statements", "by hand: held-out", "by hand: unseen"]);
  for (const { counts, figures } of all) {
    expect(counts.altered).toBeGreaterThanOrEqual(25);
    expect(figures["altered caught"]?.value).toBeGreaterThanOrEqual(0.95);
    expect(figures["untouched passed"]?.value).toBeGreaterThanOrEqual(0.95);
  }
});
