import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { exchangedShares, otherBrackets } from "../../../src/answering/verification/shares.ts";

const told = (statement: string, said: string) => exchangedShares(readText(statement), readText(said));

const FELL = "Barley fell by 87%, oats by 74%.";
const HOURS = "The mill opens at 8 am, and the forge opens at 11 am.";
const DAYS = "The mill burned on 3 May 1901, the forge burned on 9 June 1902.";

describe("a number that the statement gives to another of a list is told", () => {
  test.each([
    ["a share", "Barley fell by 74%.", FELL, ["74"]],
    ["a share of the second", "The loss of oats was 87%.", FELL, ["87"]],
    ["an hour", "The forge opens at 8 am.", HOURS, ["8"]],
    ["a day", "The forge burned on 3 May 1901.", DAYS, ["3"]],
    ["a day without its year", "The forge burned on 3 May.", DAYS, ["3"]],
    ["beside while", "Herons laid 30 eggs.", "Gulls laid 20 eggs while herons laid 40 and ducks 30.", ["30"]],
    ["in brackets", "Herons laid 20.", "Gulls laid 20 (herons laid 40).", ["20"]],
    ["behind a preposition", "There were 30 from Bergen.", "There were 30 from Oslo, 40 from Bergen.", ["30"]],
    ["both of them", "Barley fell by 74%, oats by 87%.", FELL, ["74", "87"]],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["its own", "Oats fell by 74%.", FELL],
    ["its own hour, said otherwise", "The forge opens at 11:00.", HOURS],
    ["its own day, without its year", "The forge burned on 9 June.", DAYS],
    ["a number that is not there", "Oats fell by 60%.", FELL],
    ["one that is there twice", "The loss of oats was 87%.", "Barley fell by 87%, oats by 74%, rye by 87%."],
    [
      "where there is another sort only",
      "The forge opens at 8 am.",
      "The mill opens at 8 am, the forge opens with 11 doors.",
    ],
    ["what is of both", "Barley and oats fell, by 74% at the least.", FELL],
    ["a change of what stands elsewhere", "Barley rose by 8%.", "An increase of 8%, barley having been at 90 in May."],
    ["how far it is between", "The river is 8 miles wide.", "Between hills it is 8 miles, the river is 9 long."],
    [
      "what stands before both",
      "The forge opens at 8 am on Fridays.",
      "The forge opens at 8 am on Fridays and at 11 am on Mondays.",
    ],
    ["weekdays", "The forge burns on Friday.", "The mill burns on Friday, the forge on Monday."],
    ["in one breath", "The forge has 3 doors.", "The mill with 3 doors beside the forge with 4 doors."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });
});

describe("a number in brackets belongs to the name before it", () => {
  const BIDS = "Three yards bid: Caddick (£118,000), Northmoor (£104,500) and Lund & Sons (9 boats).";
  test.each([
    ["another's", "Northmoor bid £118,000.", BIDS, ["118,000"]],
    ["its own", "Northmoor bid £104,500.", BIDS, []],
    ["its own beside another's", "Caddick bid £118,000, more than Northmoor.", BIDS, []],
    ["one of nobody who is named", "The yard bid £118,000.", BIDS, []],
    ["one that is not there", "Northmoor bid £200,000.", BIDS, []],
    ["one without brackets", "Northmoor bid £118,000.", "Caddick 118,000, Northmoor 104,500.", []],
    ["one behind no name", "Northmoor bid £118,000.", "The best (£118,000) beat Northmoor (£104,500).", []],
  ])("%s: %j of %j: %j", (_, statement, said, words) => {
    expect(otherBrackets(readText(statement), readText(said))).toEqual(words);
  });
});
