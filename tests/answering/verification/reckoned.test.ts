import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { isReckoned, isSpan } from "../../../src/answering/verification/reckoned.ts";

function firstOf(text: string) {
  const [amount] = readText(text).amounts;
  if (amount === undefined) throw new Error("no number was read");
  return amount;
}

describe("a number is reckoned as", () => {
  test.each([
    ["a sum", "17 owls", "9 barn owls and 8 tawny owls"],
    ["a difference", "5 owls", "12 owls, 7 last year"],
    ["a share in percent", "25% of owls", "3 of 12 owls"],
    ["a share, rounded", "33% of owls", "4 of 12.1 owls"],
    ["a part", "a quarter of the owls", "3 of 12 owls"],
    ["what is left", "one third of the orchard", "two thirds of the orchard is plum"],
    ["a sum of money and what has no name", "$17", "$9 and 8 more"],
  ])("%s: %j of %j", (_, own, said) => {
    expect(isReckoned(firstOf(own), readText(said).amounts)).toBe(true);
  });

  test.each([
    ["neither", "18 owls", "9 barn owls and 8 tawny owls"],
    ["twice the same", "18 owls", "9 barn owls"],
    ["a rank", "the fifth owl", "12 owls, 7 last year"],
    ["of ranks", "5 owls", "the twelfth and the seventh"],
    ["of other money", "$17", "€9 and £8"],
    ["of a share and a number", "17 owls", "9% and 8 owls"],
    ["a share beyond what is near", "26% of owls", "3 of 12 owls"],
    ["a quotient that is no share", "4 owls", "3 of 12 owls, the larger ones"],
    ["a sum of shares as a share", "17% of owls", "9% of owls and 8% of bats"],
    ["of one measure said twice", "62 minutes", "2 minutes (120 seconds) and 180 seconds"],
    ["the rest of what is no part", "one third of the orchard", "0.6667 tonnes a tree"],
  ])("but not %s: %j of %j", (_, own, said) => {
    expect(isReckoned(firstOf(own), readText(said).amounts)).toBe(false);
  });
});

describe("a stretch of time is how far two days are apart", () => {
  test.each([
    ["days", "5 days", "From 3 May 2001 to 8 May 2001.", "", true],
    ["weeks", "two weeks", "From 3 May 2001 to 17 May 2001.", "", true],
    ["days over a month's end", "4 days", "From 29 May 2001 to 2 June 2001.", "", true],
    ["days of the year that one of them names", "5 days", "From 3 May to 8 May 2001.", "", true],
    ["days, the other one before", "5 days", "It ended on 8 May 2001.", "It began on 3 May 2001.", true],
    ["days, the year before", "5 days", "It ran from 3 May to 8 May.", "Diary of 2001.", true],
    ["months", "three months", "From 3 May 2001 to 9 August 2001.", "", true],
    ["years of days", "2 years", "From 3 May 2001 to 3 May 2003.", "", true],
    ["years alone", "six years", "From 1990 until 1996.", "", true],
    ["decades", "two decades", "From 1970 until 1990.", "", true],
    ["another number of days", "6 days", "From 3 May 2001 to 8 May 2001.", "", false],
    ["another number of months", "two months", "From 3 May 2001 to 9 August 2001.", "", false],
    ["another number of years", "five years", "From 1990 until 1996.", "", false],
    ["months of years alone", "six months", "From 1990 until 1996.", "", false],
    ["both before", "5 days", "It was warm.", "From 3 May 2001 to 8 May 2001.", false],
    ["no year", "5 days", "From 3 May to 8 May.", "", false],
    ["hours of a day", "5 hours", "From 3 May 2001 to 8 May 2001.", "", false],
    ["no day at all", "0 days", "On 3 May 2001.", "", false],
    ["what is no time", "5 metres", "From 3 May 2001 to 8 May 2001.", "", false],
    ["what has no unit", "5 goats", "From 3 May 2001 to 8 May 2001.", "", false],
  ])("%s: %j of %j, before it %j: %j", (_, own, said, before, is) => {
    expect(isSpan(firstOf(own), readText(said).times, readText(before).times)).toBe(is);
  });
});
