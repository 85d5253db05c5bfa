import { describe, expect, test } from "vitest";
import { otherBounds } from "../../../src/answering/verification/bounds.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";

const told = (statement: string, said: string) => otherBounds(readText(statement), readText(said));

describe("a number whose bound is another is told", () => {
  test.each([
    ["at most", "At most 12 goats graze.", "At least 12 goats graze.", ["12"]],
    ["one that is left out", "12 goats graze.", "At least 12 goats graze.", ["12"]],
    ["one that is made up", "Above 12 goats graze.", "12 goats graze.", ["12"]],
    ["under", "Pots under 30 cm are free.", "Pots over 30 cm are free.", ["30"]],
    ["fewer than", "It seats fewer than ninety.", "It seats more than ninety.", ["ninety"]],
    ["no fewer than", "It seats no fewer than ninety.", "It seats fewer than ninety.", ["ninety"]],
    ["no more than", "It seats no more than ninety.", "It seats more than ninety.", ["ninety"]],
    ["a comparative", "The pole is taller than 4 metres.", "The pole is shorter than 4 metres.", ["4"]],
    ["as many as", "As many as 40 came.", "More than 40 came.", ["40"]],
    ["a minimum", "A minimum of 8 players.", "A maximum of 8 players.", ["8"]],
    ["or more, behind it", "Groups of 6 or more pay.", "Groups of 6 or fewer pay.", ["6"]],
    ["and over, behind its unit", "Those of 6 years and over pay.", "Those of 6 years and under pay.", ["6"]],
    ["at the most, behind it", "It takes 9 days at the most.", "It takes 9 days at least.", ["9"]],
    ["over an article", "Children under the age of 7 swim free.", "Children over the age of 7 swim free.", ["7"]],
    ["in advance", "Book no later than 10 days beforehand.", "Book at most 10 days beforehand.", ["10"]],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["the same in other words", "No fewer than 12 goats graze.", "At least 12 goats graze."],
    ["the same behind it", "Goats graze, 12 or more.", "Over 12 goats graze."],
    ["not exceed", "Bags must not exceed 5 kg.", "No bag is weighed twice: at most 5 kg."],
    ["within", "Pay within 14 days.", "Pay no later than 14 days from today."],
    ["no later than, in advance", "Book at least 10 days beforehand.", "Book no later than 10 days beforehand."],
    ["another number", "At most 15 goats graze.", "At least 12 goats graze."],
    ["one of several", "At most 12 goats graze.", "At least 12 goats; at most 12 sheep."],
    ["a rank", "It stands above the 12th floor.", "It stands below the 12th floor."],
    ["a denial of the other side", "Those not above 12 pay.", "No one below 12 does not pay; below 12 pay."],
    ["turned around", "Do not sail when it is above 20 knots.", "Sail only when it is below 20 knots. Never at night."],
    ["over a stretch of time", "Over 12 years it grew.", "In 12 years it grew."],
    ["a bound of the sentence before", "There were over. 12 goats graze.", "12 goats graze."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });

  test("where both are turned around", () => {
    expect(told("Do not sail above 20 knots.", "Do not sail below 20 knots.")).toEqual(["20"]);
    // "No more than" turns nothing around.
    expect(told("No more than 20 sail.", "More than 20 sail.")).toEqual(["20"]);
  });
});

describe("how often something is done", () => {
  test.each([
    ["The loom is oiled every year.", "The loom is oiled every five years.", ["year"]],
    ["The loom is oiled every 2 weeks.", "The loom is oiled each week.", ["week"]],
    ["The loom is oiled every year.", "The loom is oiled each year.", []],
    ["The loom is oiled every four years.", "The loom is oiled every five years.", []],
    ["The loom is oiled every month.", "The loom is oiled every five years.", []],
    ["The loom is oiled every year.", "It is oiled every year and rebuilt every ten years.", []],
  ])("%j of %j: %j", (statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });
});

describe("a time that stands on another side is told", () => {
  test.each([
    ["until for from", "Until 3 May the kiln is shut.", "From 3 May the kiln is shut.", ["3 May"]],
    ["by for on", "By 3 May the kiln is lit.", "On 3 May the kiln is lit.", ["3 May"]],
    ["on for by", "On 3 May the kiln is lit.", "By 3 May the kiln is lit.", ["3 May"]],
    ["after for before", "After 9 pm ring twice.", "Before 9 pm ring twice.", ["9 pm"]],
    ["since for until", "It was let since 1987.", "It was let until 1987.", ["1987"]],
    ["over words between", "It was let from the end of 1987.", "It was let until the end of 1987.", ["1987"]],
    ["a part of the date", "It was let from May 1987.", "It was let until May.", ["May 1987"]],
    ["at for after", "Doors shut at 21:00.", "Doors shut after 9 pm.", ["21:00"]],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["the same", "The kiln is shut until 3 May.", "The kiln is shut till 3 May."],
    ["since for from", "It was let since 1987.", "It was let from 1987."],
    ["from for in", "It was let from 1987.", "It was let in 1987."],
    ["in for from", "It was let in 1987.", "It was let from 1987."],
    ["no side in the statement", "1987 was the year.", "It was let until 1987."],
    ["no side in what is cited", "It was let until 1987.", "1987 was the year."],
    ["another date", "It was let from 1988.", "It was let until 1987."],
    ["an hour that has it on both sides", "It is open from 9 pm.", "It shuts before 9 pm and opens after 9 pm."],
    ["turned around", "It was not let until 1987.", "It was let from 1987."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });
});
