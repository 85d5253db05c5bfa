import { describe, expect, it } from "vitest";
import { isIsoDate } from "../../src/documents/dates.ts";
import { enclosing, monthsFrom, within, withinAny } from "../../src/retrieval/calendar.ts";
import { datesIn } from "../../src/retrieval/period-dates.ts";

describe("dates", () => {
  it("are those of the calendar", () => {
    expect(["1996", "1996-02", "1996-02-29", "2000-12-31"].every(isIsoDate)).toBe(true);
    expect(["1997-02-29", "1996-13", "1996-00", "96", "1996-1-1", "1996-01-01T00"].some(isIsoDate)).toBe(false);
    expect(datesIn("on 31 February 1996, Sept. 5, 2001 and 5th of May 1999").map(({ date }) => date)).toEqual([
      "2001-09-05",
      "1999-05-05",
    ]);
  });

  it("stand where the text has them", () => {
    const text = "Sown on 3 April 2004, cut in June 2004; 1200 sheaves in 2004.";
    expect(datesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "3 April 2004",
      "June 2004",
      "2004",
    ]);
  });

  it("are both days where day and month cannot be told apart", () => {
    expect(datesIn("cut on 3/4/2013").map(({ spans }) => spans.map(({ from }) => from))).toEqual([
      ["2013-04-03", "2013-03-04"],
    ]);
    expect(datesIn("cut on 4/4/2013").map(({ spans }) => spans.length)).toEqual([1]);
  });

  it("fall into a period when some day of theirs does", () => {
    expect(within("2017-02-07", { from: "2017", to: "2017" })).toBe(true);
    expect(within("2017", { from: "2017-05", to: null })).toBe(true);
    expect(within("2016-12-31", { from: "2017", to: null })).toBe(false);
    expect(within("2000-01-01", { from: null, to: "1999-12-31" })).toBe(false);
    expect(
      withinAny("2010", [
        { from: "2006", to: "2006" },
        { from: "2017", to: "2017" },
      ]),
    ).toBe(false);
  });

  it("are enclosed by the earliest and the latest, open where one is", () => {
    const spans = [
      { from: "2006", to: "2006-03" },
      { from: "2005-12-31", to: "2006" },
    ];
    expect(enclosing(spans)).toEqual({ from: "2005-12-31", to: "2006" });
    expect(enclosing([...spans, { from: "2008", to: null }])).toEqual({ from: "2005-12-31", to: null });
  });

  it("are counted in months across years", () => {
    expect(monthsFrom("2024-01-15", -2)).toBe("2023-11");
    expect(monthsFrom("2024-12-31", 1)).toBe("2025-01");
  });
});
