import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import {
  type Amount,
  countsOtherwise,
  isAmountIn,
  isSameAmount,
  isSameMeasure,
} from "../../../src/answering/verification/numbers.ts";

const amountsOf = (text: string) => readText(text).amounts;

function firstOf(text: string): Amount {
  const [amount] = amountsOf(text);
  if (amount === undefined) throw new Error("no number was read");
  return amount;
}

describe("a number is read with", () => {
  test.each<[string, string, Partial<Amount>]>([
    ["a percent sign", "Sales fell by 12%.", { value: 12, isPercent: true }],
    ["a percent sign apart", "Sales fell by 12 %.", { value: 12, isPercent: true }],
    ["percent", "Sales fell by twelve percent.", { value: 12, isPercent: true }],
    ["per cent", "Sales fell by 12 per cent.", { value: 12, isPercent: true }],
    ["per head, no share", "Each had 12 per week.", { value: 12, isPercent: false }],
    ["a sign of money", "Tickets cost € 15 in June.", { value: 15, currency: "euro" }],
    ["money behind it", "The barn cost 900 pounds.", { value: 900, currency: "pound" }],
    ["money after its kind", "The barn cost 900 Swiss francs.", { value: 900, currency: "franc" }],
    ["a code of money", "The barn cost 900 USD.", { value: 900, currency: "usd" }],
    ["cents, a hundredth", "A stamp is 60 cents.", { value: 0.6, currency: null }],
    ["no money", "The barn has 900 bats.", { value: 900, currency: null }],
    ["a unit", "A pipe of 30 metres.", { value: 30, unit: { of: "length", size: 1 } }],
    ["a unit after a hyphen", "A 30-mile walk.", { value: 30, unit: { of: "length", size: 1609.344 } }],
    ["a part of a unit", "Half a kilometre of rope.", { value: 0.5, unit: { of: "length", size: 1000 } }],
    ["a part, of, and a unit", "A quarter of an hour ago.", { value: 0.25, unit: { of: "time", size: 3600 } }],
    ["a unit without a number", "The last fortnight was dry.", { value: 1, unit: { of: "time", size: 1_209_600 } }],
    ["a century", "It took a century.", { value: 1, unit: { of: "calendar", size: 1200 } }],
    ["a unit beyond a comma", "There were 30, metres apart.", { value: 30, unit: null }],
    ["an ordinal, which measures nothing", "The third hour passed.", { isOrdinal: true, unit: null }],
    ["what is counted", "Three new ships sank.", { counted: ["new", "ship", "sink"] }],
    ["what is counted, up to where it ends", "Three ships of oak.", { counted: ["ship"] }],
    ["what is counted, before a comma", "Three ships, boats and rafts.", { counted: ["ship"] }],
    ["what is counted, behind of", "Three of those ships.", { counted: ["ship"] }],
    ["nothing behind where they are", "There are 48 under gauze.", { counted: [] }],
    ["nothing that is counted", "Nine have trees.", { counted: [] }],
  ])("%s: %j", (_, text, amount) => {
    expect(firstOf(text)).toMatchObject(amount);
  });

  test("its words, one after another, and none of a date or an hour", () => {
    const { words, amounts } = readText("On 3 May 2001 at 7 pm two hundred and ten owls met 3 cats for a fortnight.");
    const shown = amounts.map(({ first, after }) => words.slice(first, after).map(({ text }) => text));
    expect(shown).toEqual([["two", "hundred", "and", "ten"], ["3"], ["fortnight"]]);
  });

  test("no century that is not counted", () => {
    expect(amountsOf("The century was cold.")).toEqual([]);
  });
});

describe("a number of a statement is carried by", () => {
  test.each([
    ["the same in words", "Twelve hives", "12 hives were lost"],
    ["the same in other units", "3 days of rain", "72 hours of rain"],
    ["a share said otherwise", "20% of hives", "one in five hives"],
    ["a rounder one behind about", "about 500 hives", "512 hives"],
    ["a rounder one, about opening the sentence", "About 500 hives", "512 hives"],
    ["a rounder one behind nearly", "nearly $2,000", "$1,986"],
    ["a rounder one above which it is", "more than 500 hives", "520 hives"],
    ["one of several above it", "More than 500 hives", "520 hives and 12 wasps"],
    ["how far two are apart", "by 5 to 12 from 7", "It rose from 7 to 12"],
    ["money without its name", "£40", "40 was paid"],
  ])("%s: %j of %j", (_, statement, said) => {
    expect(carried(statement, said)).toBe(true);
  });

  test.each([
    ["another", "12 hives", "13 hives"],
    ["about, too far off", "about 500 hives", "560 hives"],
    ["about, one less round", "about 512 hives", "500 hives"],
    ["one that is near without about", "500 hives", "512 hives"],
    ["more than, the other way", "more than 500 hives", "490 hives"],
    ["more than, too far off", "more than 500 hives", "590 hives"],
    ["more than, less round", "more than 512 hives", "530 hives"],
    ["a difference of numbers it does not have", "by 5", "It rose from 7 to 12"],
    ["a difference without by", "5 to 12 from 7", "It rose from 7 to 12"],
    ["the same of another unit", "22 litres", "22 gallons"],
    ["about the same of another unit", "about 20 litres", "20.4 gallons"],
    ["the same of other money", "$40", "€40"],
    ["a number for a share", "12 hives", "12% of hives"],
    ["half of something for half an hour", "half an hour", "half of the hives"],
    ["a share for a number", "12% of hives", "12 hives"],
  ])("not by %s: %j of %j", (_, statement, said) => {
    expect(carried(statement, said)).toBe(false);
  });

  function carried(statement: string, said: string): boolean {
    const { text, words, amounts } = readText(statement);
    const [amount] = amounts;
    if (amount === undefined) throw new Error("no number was read");
    return isAmountIn(amount, amountsOf(said), amounts, text.slice(0, words[amount.first]?.start));
  }
});

test.each([
  ["half an hour", "30 minutes", true],
  ["a decade", "ten years", true],
  ["one in four goats", "25% of goats", true],
  ["one in four goats", "a third of goats", false],
  ["a third of goats", "one in three goats", true],
  ["24 months", "2 years", true],
  ["7 weeks", "7 months", false],
  // Of one there is no unit: it may well be the same.
  ["5 miles", "5 in all", true],
  ["5 kilograms", "5 litres", true],
])("%j is as many as %j: %j", (one, other, same) => {
  expect(isSameAmount(firstOf(one), firstOf(other))).toBe(same);
});

test.each([
  ["2 metres", "200 cm", true],
  ["2 metres", "200 minutes", false],
  ["2 metres", "2 goats", false],
  ["2 goats", "2 goats", false],
])("%j measures as much as %j: %j", (one, other, same) => {
  expect(isSameMeasure(firstOf(one), firstOf(other))).toBe(same);
});

describe("the same thing is counted otherwise", () => {
  test.each([
    ["3 ships", "4 ships and 3 boats", true],
    ["3 ships", "3 ships and 4 boats", false],
    ["3 ships", "3 boats", false],
    ["3 ships", "4 ships and 3", false],
    ["3 ships", "4 ships and 3 iron ships", false],
    ["third ship", "4 ships and the third boat", false],
    ["3 ships", "the fourth ship and 3 boats", false],
    ["3 ships", "4 ships, 3 boats and then 3 ships", false],
    ["3 ships", "4 ships, the third from Ely", true],
    ["3 miles", "4 miles and 3 boats", false],
    ["3", "4 ships and 3 boats", false],
  ])("%j of %j: %j", (own, said, otherwise) => {
    expect(countsOtherwise(firstOf(own), amountsOf(said))).toBe(otherwise);
  });
});
