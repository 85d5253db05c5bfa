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
  expect(periodInWords({ from: "2003", to: "2003", text: "2003" })).toBe("“2003”");
});

it("says what was counted or chosen from a year that the question says", () => {
  expect(periodInWords({ from: "1997", to: "2006", text: "the decade after 1996" })).toBe(
    "“the decade after 1996”, taken as 1997 to 2006",
  );
  expect(periodInWords({ from: "2013-09-27", to: "2013-09-27", text: "the last meeting before 2017" })).toBe(
    "“the last meeting before 2017”, taken as 27 September 2013",
  );
  expect(periodInWords({ from: "2018", to: "2018", text: "the year before 2019" })).toBe(
    "“the year before 2019”, taken as 2018",
  );
  const days = ["2013-03-04", "2013-04-03"].map((day) => ({ from: day, to: day }));
  expect(periodInWords({ from: "2013-03-04", to: "2013-04-03", text: "3/4/2013" }, days)).toBe(
    "“3/4/2013”, taken as 4 March 2013 or 3 April 2013",
  );
});
