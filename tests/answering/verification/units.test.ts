import { expect, test } from "vitest";
import { areOtherUnits, unitOf } from "../../../src/answering/verification/units.ts";

test.each([
  ["minute", "time", 60],
  ["hours", "time", 3600],
  ["fortnights", "time", 1_209_600],
  ["months", "calendar", 1],
  ["centuries", "calendar", 1200],
  ["kilometers", "length", 1000],
  ["metre", "length", 1],
  ["inches", "length", 0.0254],
  ["feet", "length", 0.3048],
  ["mg", "mass", 0.001],
  ["tonnes", "mass", 1e6],
  ["liters", "volume", 1],
  ["gallon", "volume", 4.546],
  ["gb", "data", 1e9],
  ["megawatts", "power", 1e6],
  ["acres", "area", 4046.9],
  ["hectare", "area", 1e4],
])("%j measures %s, %d of it", (plain, of, size) => {
  expect(unitOf({ plain })).toEqual({ of, size });
});

test.each(["cow", "parameter", "meterage", "toString", "s", "pounds"])("%j is no unit", (plain) => {
  expect(unitOf({ plain })).toBeNull();
});

test.each([
  ["litres", "gallons", true],
  ["weeks", "months", true],
  ["years", "days", true],
  ["hour", "hours", false],
  ["metre", "meter", false],
  // How many of one make one of the other is nothing that a number tells.
  ["kilograms", "litres", false],
  ["hectares", "hours", false],
  ["goats", "miles", false],
  ["miles", "goats", false],
])("a number of %s is none of %s: %j", (one, other, others) => {
  expect(areOtherUnits(unitOf({ plain: one }), unitOf({ plain: other }))).toBe(others);
});
