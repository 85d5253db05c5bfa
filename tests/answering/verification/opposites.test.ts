import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { isListedAlike, isListedOpposite, opposedWords } from "../../../src/answering/verification/opposites.ts";
import type { Word } from "../../../src/answering/verification/words.ts";

const wordsIn = (text: string) => readText(text).words;
const isNegated = (words: readonly Word[], at: number) => words.slice(0, at).some(({ plain }) => plain === "not");
const opposed = (statement: string, evidence: string) => opposedWords(wordsIn(statement), wordsIn(evidence), isNegated);

describe("the opposite of what is said of the same is told", () => {
  test.each([
    ["Rents rose in Leeds.", "Rents fell in Leeds.", ["rose"]],
    ["The soup was bigger than the pie.", "The soup was smaller than the pie.", ["bigger"]],
    ["The soup was hottest at noon.", "The soup was coldest at noon.", ["hottest"]],
    ["The sauce is drier than the rice.", "The sauce is wetter than the rice.", ["drier"]],
    ["The orchestra kept its home in the old mill.", "The orchestra gave up its home in the old mill.", ["kept"]],
    ["The club sacked the coach in May.", "The coach steps down in May.", ["sacked"]],
    ["Sales are increasing in Leeds.", "Sales are decreasing in Leeds.", ["increasing"]],
    ["The stall has no hot tea.", "The stall has no cold tea.", ["hot"]],
    ["The rope is longer than the wire.", "The rope is shorter than the wire.", ["longer"]],
    ["In Leeds rents rose last May.", "Rents fell in Leeds last May.", ["rose"]],
    ["Trains often stop at Ely.", "Trains hardly ever stop at Ely.", ["often"]],
    ["The weekly market is held here.", "The monthly market is held here.", ["weekly"]],
    ["The surgeon did not lengthen the leg.", "The surgeon did not shorten the leg.", ["lengthen"]],
    ["Open the drain and close the inlet.", "Close the drain and open the inlet.", ["Open", "close"]],
  ])("%j of %j: %j", (statement, evidence, words) => {
    expect(opposed(statement, evidence)).toEqual(words);
  });

  test.each([
    ["Marta sold the farm.", "Marta bought the farm.", ["sold"]],
    ["If Marta sold the farm, she left.", "Marta bought the farm and she left.", ["sold"]],
    ["If he sold the farm, she left.", "He bought the farm and she left.", ["sold"]],
    ["Marta wept. Then he sold the farm.", "He bought the farm.", ["sold"]],
    ["Old Marta gladly sold the farm.", "Old Marta sadly bought the farm.", ["sold"]],
    ["Oskar won against Marta.", "Oskar lost against Marta.", ["won"]],
  ])("a converse of the same subject: %j of %j: %j", (statement, evidence, words) => {
    expect(opposed(statement, evidence)).toEqual(words);
  });
});

describe("what is left alone", () => {
  test.each([
    ["in pairs, in another order", "Open the drain and close the inlet.", "Close the inlet and open the drain."],
    ["in pairs behind a comma", "Open the drain, close the inlet.", "Close the inlet, open the drain."],
    ["another word for it of something else", "Fees rose in Leeds.", "Rents rose in York; fees grew in Leeds."],
    ["words of function beside it", "The soup was hot at the inn.", "The wine was cold at the quay."],
    ["the opposite denied", "Rents fell in Leeds.", "Rents have not risen in Leeds."],
    ["a converse of another", "Marta sold Oskar the farm.", "Oskar bought the farm from Marta."],
    ["of something else", "Rents rose.", "The river fell."],
    ["in another sentence", "Rents rose. A river flooded Leeds.", "A river fell. Rents soared."],
    ["too far off", "Rents rose for flats, shops, sheds and yards.", "Yards saw noise, dust and heat that fell."],
    ["said as well, of the same", "Rents rose in Leeds.", "Rents rose in Leeds and fell in York."],
    ["the opposite is the statement's, too", "Rents climbed or fell in Leeds.", "Rents fell in Leeds."],
    ["another word for it, there", "Rents climbed in Leeds.", "Rents rose in Leeds, wages fell in Leeds."],
    ["denied there", "The fee is unchanged this term.", "The fee did not change this term."],
    ["no longer", "The ferry is no longer free.", "The ferry was shorter and free."],
    ["or more", "Groups of ten or more pay half.", "Groups of ten pay half, less than singles."],
    ["another meaning with the next word", "The team gave up its home.", "The team received its home."],
    ["of a group with the same words", "The door opened at noon.", "The door was open at noon."],
    [
      "in another part of the sentence",
      "The shop, open at nine, sells tea.",
      "Tea, not coffee, is sold; it is open at nine.",
    ],
  ])("%s: %j of %j", (_, statement, evidence) => {
    expect(opposed(statement, evidence)).toEqual([]);
  });
});

const first = (word: string) => {
  const [only] = wordsIn(`a ${word}`).slice(1);
  if (only === undefined) throw new Error("a word is one");
  return only;
};

test.each([
  ["open", "closed", true, false],
  ["hottest", "coldest", true, false],
  ["rose", "climbed", false, true],
  ["more", "higher", false, true],
  ["morning", "evening", true, false],
  ["open", "more", false, false],
  ["teapot", "saucer", false, false],
])("%s and %s: opposite %j, alike %j", (a, b, isOpposite, isAlike) => {
  expect(isListedOpposite(first(a), first(b))).toBe(isOpposite);
  expect(isListedAlike(first(a), first(b))).toBe(isAlike);
});
