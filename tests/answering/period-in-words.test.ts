import { expect, it } from "vitest";
import { periodInWords } from "../../src/answering/period-in-words.ts";

const may = (year: string) => ({ from: `${year}-05`, to: `${year}-05` });

it("says which year was taken where the question says none", () => {
  const inMay = { from: "2003-05", to: "2005-05", text: "May" };
  expect(periodInWords(inMay, [may("2003"), may("2005")])).toBe("“May”, taken as May 2003 or May 2005");
  expect(periodInWords({ ...may("2003"), text: "May" })).toBe("“May”, taken as May 2003");
  expect(periodInWords({ from: "2019-03-02", to: "2019-03-02", text: "the latest meeting" })).toBe(
    "“the latest meeting”, taken as 2 March 2019",
  );
  expect(periodInWords({ from: "1990", to: null, text: "since the nineties" })).toBe(
    "“since the nineties”, taken as from 1990",
  );
  expect(periodInWords({ from: null, to: "2002", text: "before 2003" })).toBe("“before 2003”");
});
