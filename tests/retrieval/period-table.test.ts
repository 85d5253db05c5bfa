import { expect, it } from "vitest";
import { readPeriods } from "../../src/retrieval/period.ts";
import { CONTEXT, TABLE } from "./period-table.ts";

it.each(TABLE)("%j", (question, expected) => {
  const { period } = readPeriods(question, CONTEXT);
  expect(period === null ? "none" : [period.from, period.to]).toEqual(expected);
});
