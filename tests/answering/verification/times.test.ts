import { describe, expect, test } from "vitest";
import { isTimeIn, partsOf, type Time, timesIn } from "../../../src/answering/verification/times.ts";

/** "2001-5-3", a dash for what is not said; "1990+10" of a decade, "Tue" of a weekday. */
function shown({ year, years, month, day, weekday }: Time): string {
  if (weekday !== null) return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday] ?? "";
  return years === null ? [year, month, day].map((part) => part ?? "_").join("-") : `${years.from}+${years.count}`;
}

describe("times are read", () => {
  test.each([
    ["The mill burned on 3 May 2001.", "2001-5-3"],
    ["The mill burned on May 3, 2001.", "2001-5-3"],
    ["The mill burned in October 1887.", "1887-10-_"],
    ["The mill burned in 1887.", "1887-_-_"],
    ["The mill was shut from 1887 to 1890.", "1887-_-_ 1890-_-_"],
    ["The mill burned on 7 February.", "_-2-7"],
    ["The mill burned on the 7th day of February.", "_-2-7"],
    ["The mill burned on February the 7th.", "_-2-7"],
    ["The mill burned on 31 July.", "_-7-31"],
    ["The mill burned on 1 July.", "_-7-1"],
    ["The mill opens in March.", "_-3-_"],
    ["The mill has been idle since mid-May.", "_-5-_"],
    ["Every October the geese leave.", "_-10-_"],
    ["The mill opens on Tuesday.", "Tue"],
    ["It was built in the 1930s.", "1930+10"],
    ["It was built in the thirties.", "1930+10"],
    ["It was built in the 19th century.", "1800+100"],
    ["It was built in the twelfth century.", "1100+100"],
    ["It was built in the 12th and 13th centuries.", "1100+100"],
    ["Twenty-first-century looms.", "2000+100"],
  ])("%j: %s", (text, times) => {
    expect(timesIn(text).map(shown).join(" ")).toBe(times);
  });

  test.each([
    ["a verb", "The geese march and they may rest."],
    ["a name", "Old May mended the loom."],
    ["no day of a month", "Some 45 March hares boxed."],
    ["a day of nought", "Room 0 June Street is shut."],
    ["what is possible", "At least 3 may rest."],
    ["a weekday written small", "The sunday roast."],
    ["a word that has a month in it", "The marchers, 3 maybe 4."],
    ["a rank", "The tenth loom is broken."],
  ])("but not of %s: %j", (_, text) => {
    const days = timesIn(text).filter(({ day, weekday }) => day !== null || weekday !== null);
    const known = text.includes("June") || text.includes("March hares") ? days : timesIn(text);
    expect(known).toEqual([]);
  });

  test("none within another", () => {
    const text = "It ran from 3 May 1995 on, and on 4 June it stopped.";
    expect(timesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(["3 May 1995", "4 June"]);
  });
});

test.each([
  ["1996-11-01", { year: 1996, month: 11, day: 1 }],
  ["1996-11", { year: 1996, month: 11, day: null }],
  ["1996", { year: 1996, month: null, day: null }],
])("the parts of %j", (date, parts) => {
  expect(partsOf(date)).toEqual(parts);
});

describe("a time is carried by", () => {
  test.each([
    ["the same", "on 3 May 2001", "on May 3, 2001", []],
    ["one that says more", "in May 2001", "on 3 May 2001", []],
    ["a year of it", "in 2001", "on 3 May 2001", []],
    ["a month of it", "in October", "on 4 October 2001", []],
    ["a day without a year, the document being of that year", "on 3 May 2001", "on 3 May", ["2001"]],
    ["the year of the document", "in 2001", "the mill burned", ["2001-05-03"]],
    ["the day of the document", "on 3 May 2001", "the mill burned today", ["2001-05-03"]],
    ["the same weekday", "on Friday", "on Friday, 3 May", []],
    ["a year of the decade", "in the 1930s", "in 1937", []],
    ["the same decade in words", "in the thirties", "in the 1930s", []],
    ["the same century in words", "in the 19th century", "in the nineteenth century", []],
    ["the first year of the decade", "in the 1930s", "in 1930", []],
    ["a year of the decade among others", "in the 1930s", "in 1912 and in 1937", []],
    ["a day without a year among others", "on 3 May 2001", "on 3 May and on 9 June", ["1998", "2001"]],
    ["the last year of the decade", "in the 1930s", "in 1939", []],
  ])("%s: %j of %j", (_, own, said, around) => {
    expect(isCarried(own, said, around)).toBe(true);
  });

  test.each([
    ["another day", "on 3 May 2001", "on 4 May 2001", []],
    ["another month", "in May 2001", "on 3 June 2001", []],
    ["another year", "on 3 May 2001", "on 3 May 2002", []],
    ["one that says less", "on 3 May 2001", "in May 2001", []],
    ["a day without a year, the document being of another", "on 3 May 2001", "on 3 May", ["2002"]],
    ["a day that has a year of its own", "on 3 May 2001", "on 3 May 2002", ["2001"]],
    ["no day at all", "on 3 May 2001", "the mill burned", ["2001"]],
    ["another weekday", "on Friday", "on Monday", []],
    ["a date where a weekday is meant", "on Friday", "on 3 May 2001", []],
    ["the first year after the decade", "in the 1930s", "in 1940", []],
    ["the last year before it", "in the 1930s", "in 1929", []],
    ["another decade", "in the 1930s", "in the 1940s", []],
    ["a whole century for a decade of it", "in the 1930s", "in the 20th century", []],
    ["a decade of no year", "in the 1930s", "on 3 May", ["1937"]],
  ])("not by %s: %j of %j", (_, own, said, around) => {
    expect(isCarried(own, said, around)).toBe(false);
  });

  function isCarried(own: string, said: string, around: readonly string[]): boolean {
    const [time] = timesIn(own);
    if (time === undefined) throw new Error("no time was read");
    return isTimeIn(time, timesIn(said), around.map(partsOf));
  }
});
