import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkStatement } from "../../../src/answering/verification/check-statement.ts";
import { loadEmbedder } from "../../../src/embedding/transformers.ts";
import { statementsOf } from "../../../src/evaluation/statement-set.ts";
import { readCorpus } from "../../../src/read-corpus.ts";
import { BUNDLED } from "../../embedding/model-paths.ts";

// What issue 7 asks of the statements that a script makes of the corpus: .95 of the altered caught, .05 of the others flagged.
test.each(["corpus", "tests/eval/council-minutes/corpus", "tests/eval/manuals/corpus"])("of %s", async (path) => {
  const folder = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const { documents } = await readCorpus({ folder, ignore: [], maxFileBytes: 50_000_000 });
  const embedder = await loadEmbedder(BUNDLED);
  const counts = { altered: 0, caught: 0, untouched: 0, flagged: 0 };
  for (const { text, source, quote, isAltered } of statementsOf(documents)) {
    const { verdict } = await checkStatement(text, [{ source, quote }], embedder);
    counts[isAltered ? "altered" : "untouched"]++;
    if (verdict !== "supported") counts[isAltered ? "caught" : "flagged"]++;
  }
  expect(counts.altered + counts.untouched).toBeGreaterThanOrEqual(400);
  expect(counts.caught / counts.altered).toBeGreaterThanOrEqual(0.95);
  expect(counts.flagged / counts.untouched).toBeLessThanOrEqual(0.05);
});
