import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIsoDate } from "../../src/documents/dates.ts";
import { datesIn, readPeriod, within } from "../../src/retrieval/period.ts";

const span = (question: string) => {
  const period = readPeriod(question);
  return period === null ? null : [period.from, period.to];
};

describe("readPeriod", () => {
  it.each([
    ["what did Perry commit to in 1996?", ["1996", "1996"]],
    ["Where will it be held after the 1996 meeting?", ["1996", "1996"]],
    ["What happened on September 27, 2013?", ["2013-09-27", "2013-09-27"]],
    ["the vote of 31 October 1996", ["1996-10-31", "1996-10-31"]],
    ["the minutes of March 2004", ["2004-03", "2004-03"]],
    ["what was decided before 2000", [null, "1999-12-31"]],
    ["what was decided after 1999", ["2000-01-01", null]],
    ["what changed since May 2017", ["2017-05", null]],
    ["everything until 2001", [null, "2001"]],
    ["between 1996 and 2013", ["1996", "2013"]],
    ["from 1996 to 2000", ["1996", "2000"]],
    ["what was said in 2017 and in 2006", ["2006", "2017"]],
    ["promised in the nineties", ["1990", "1999"]],
    ["fares in the early 1980s", ["1980", "1984"]],
  ])("reads %j", (question, expected) => expect(span(question)).toEqual(expected));

  it.each([
    "How many points did they score?",
    "What is error 2017% of?",
    "the F-2017 form",
    "the price of $2,013",
    "31 February 1996x",
    "Are people in their twenties allowed?",
  ])("reads no period from %j", (question) => expect(span(question)).toBeNull());

  it("never throws, and its ends are in order, for any text with years in it", () => {
    const part = fc.constantFrom(
      "in ",
      "between ",
      " and ",
      "1996",
      "2017",
      " to ",
      "May ",
      "31 ",
      "the nineties",
      "before ",
      ", ",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const period = readPeriod(parts.join(""));
        if (period?.from && period.to) expect(period.from <= period.to || period.to.startsWith(period.from)).toBe(true);
        if (period) expect(parts.join("")).toContain(period.text.split(" and ")[0]);
      }),
    );
  });
});

describe("dates", () => {
  it("are those of the calendar", () => {
    expect(["1996", "1996-02", "1996-02-29", "2000-12-31"].every(isIsoDate)).toBe(true);
    expect(["1997-02-29", "1996-13", "1996-00", "96", "1996-1-1", "1996-01-01T00"].some(isIsoDate)).toBe(false);
    expect(datesIn("on 31 February 1996, Sept. 5, 2001 and 5th of May 1999").map(({ date }) => date)).toEqual([
      "2001-09-05",
      "1999-05-05",
    ]);
  });

  it("fall into a period when some day of theirs does", () => {
    expect(within("2017-02-07", { from: "2017", to: "2017" })).toBe(true);
    expect(within("2017", { from: "2017-05", to: null })).toBe(true);
    expect(within("2016-12-31", { from: "2017", to: null })).toBe(false);
    expect(within("2000-01-01", { from: null, to: "1999-12-31" })).toBe(false);
  });
});
