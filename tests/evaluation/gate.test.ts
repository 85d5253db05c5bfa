import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode, readBaseline, updateBaseline } from "../../src/evaluation/baseline.ts";
import { type Column, figure } from "../../src/evaluation/figure.ts";
import { compare, gateLines } from "../../src/evaluation/gate.ts";
import type { Row } from "../../src/evaluation/row.ts";
import { folderOf } from "../make-index.ts";

const GOOD: Column = Array.from({ length: 20 }, (_, at) => (at < 15 ? 1 : 0));
const FOUR_WORSE = GOOD.map((value, at) => (at < 4 ? 0 : value));
const ONE_WORSE = GOOD.map((value, at) => (at < 1 ? 0 : value));

function rowOf(column: Column, { set = "letters", ids = "q" } = {}): Row {
  const questions = column.map((_, at) => `${ids}${at}`);
  return { table: "evidence", set, of: "", counts: {}, figures: { "hit@1": figure(column) }, questions };
}

async function baselineOf(...rows: Row[]) {
  const path = join(await folderOf({}), "baseline.json");
  await updateBaseline(path, "model", rows);
  return path;
}

describe("compare", () => {
  it("passes what is the same, and a drop that could be chance", async () => {
    const known = await readBaseline(await baselineOf(rowOf(GOOD)), "model");
    expect(compare([rowOf(GOOD)], known)).toEqual({ compared: 1, drops: [], rises: [], absent: [], unknown: [] });
    expect(compare([rowOf(ONE_WORSE)], known).drops).toEqual([]);
  });

  it("names a figure that is surely lower over the same questions, and one that is surely higher", async () => {
    const known = await readBaseline(await baselineOf(rowOf(GOOD)), "model");
    const { drops } = compare([rowOf(FOUR_WORSE)], known);
    expect(drops).toEqual([expect.stringMatching(/^evidence letters, hit@1: \.750 to \.550 \(question by question -/)]);
    const back = await readBaseline(await baselineOf(rowOf(FOUR_WORSE)), "model");
    expect(compare([rowOf(GOOD)], back)).toMatchObject({ drops: [], rises: [expect.stringContaining(".550 to .750")] });
  });

  it("takes the interval where the questions are others: the same drop is not sure then", async () => {
    const known = await readBaseline(await baselineOf(rowOf(GOOD)), "model");
    expect(compare([rowOf(FOUR_WORSE, { ids: "other" })], known).drops).toEqual([]);
    const none = GOOD.map(() => 0);
    expect(compare([rowOf(none, { ids: "other" })], known).drops).toEqual([expect.stringContaining("(then ")]);
  });

  it("says which sets were not compared, and fails where none was", async () => {
    const known = await readBaseline(await baselineOf(rowOf(GOOD), rowOf(GOOD, { set: "squad" })), "model");
    const comparison = compare([rowOf(GOOD), rowOf(GOOD, { set: "new" })], known);
    expect(comparison).toMatchObject({ compared: 1, absent: ["squad"], unknown: ["new"] });
    expect(gateLines(comparison)).toEqual([
      expect.stringContaining("squad is not on this machine"),
      expect.stringContaining("new is not in the baseline"),
      "gate: passed, none of 1 figures has dropped",
    ]);
    expect(gateLines(compare([rowOf(GOOD)], {})).at(-1)).toContain("failed");
  });
});

describe("the baseline", () => {
  it("keeps the rows of sets and models that were not run", async () => {
    const path = await baselineOf(rowOf(GOOD), rowOf(GOOD, { set: "squad" }));
    await updateBaseline(path, "other model", [rowOf(GOOD)]);
    await updateBaseline(path, "model", [rowOf(ONE_WORSE)]);
    const known = await readBaseline(path, "model");
    expect(Object.keys(known)).toEqual(["evidence letters", "evidence squad"]);
    expect(known["evidence letters"]?.figures["hit@1"]).toMatchObject({ value: 0.7, questions: 20 });
    expect(Object.keys(await readBaseline(path, "other model"))).toEqual(["evidence letters"]);
    expect(await readBaseline(path, "third")).toEqual({});
  });

  it("is the same file when nothing has changed", async () => {
    const path = await baselineOf(rowOf(GOOD));
    const before = await readFile(path, "utf8");
    await updateBaseline(path, "model", [rowOf(GOOD)]);
    expect(await readFile(path, "utf8")).toBe(before);
  });

  it("is not guessed at where it is missing or damaged", async () => {
    const folder = await folderOf({ "damaged.json": "{}" });
    await expect(readBaseline(join(folder, "none.json"), "model")).rejects.toMatchObject({ code: "no-baseline" });
    await expect(readBaseline(join(folder, "damaged.json"), "model")).rejects.toMatchObject({ code: "bad-baseline" });
    await writeFile(join(folder, "damaged.json"), "{");
    await expect(updateBaseline(join(folder, "damaged.json"), "model", [])).rejects.toMatchObject({
      code: "bad-baseline",
    });
  });

  it("gives values back to within a seventieth", () => {
    const value = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value), (column) => {
        const [first = [], second] = decode(encode([column, [null, 1]]));
        expect(second).toEqual([null, 1]);
        expect(first).toHaveLength(column.length);
        for (const [at, value] of column.entries()) {
          if (value === null) expect(first[at]).toBeNull();
          else expect(Math.abs((first[at] ?? 2) - value)).toBeLessThanOrEqual(1 / 70 + 1e-9);
        }
      }),
    );
  });
});
