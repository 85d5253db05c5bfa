import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { isHard, isNegating, negatorsIn } from "../../../src/answering/verification/negators.ts";

const wordsIn = (text: string) => readText(text).words;

describe("what negates", () => {
  test.each([
    ["The kettle did not boil.", ["not: hard"]],
    ["Neither the cook nor the waiter slept.", ["Neither: hard"]],
    ["Nor did it rain.", ["Nor: hard"]],
    ["She refused to pay the fine.", ["refused: strong"]],
    ["Her refusal surprised them.", ["refusal: soft"]],
    ["They voted against raising the rent.", ["against: strong"]],
    ["A ladder leaned against the wall.", ["against: soft"]],
    ["The gas was switched off.", ["off: soft"]],
    ["The bus set off.", []],
    ["They switched trains at Ely.", []],
    ["The menu is unchanged.", ["unchanged: soft"]],
    ["The ticket is invalid.", ["invalid: soft"]],
    ["His uncle waited until the important choir was united under its founder.", []],
  ])("%j: %j", (text, negators) => {
    const words = wordsIn(text);
    expect(negatorsIn(words).map(({ at, strength }) => `${words[at]?.text}: ${strength}`)).toEqual(negators);
  });

  test.each([
    ["They met without Anna or Boris.", "anna bori", ""],
    ["The lamp has never, in ten years, burned.", "", "lamp"],
    ["The piano was not tuned but the organ was.", "tune", "piano"],
    ["This had not happened before.", "happen", ""],
    ["Fresh fruit was not so.", "so", "fruit fresh"],
    ["The clerk, who is ill, never signed the long yellow order form today.", "sign long yellow order form", ""],
    ["The menu is unchanged in the canteen.", "chang", ""],
    ["She was unable to pay rent.", "pay rent", ""],
    ["They did not and could stop.", "stop", ""],
    ["Tea was hot and cakes were not sold.", "sell", "cake"],
    ["Tall green glossy oak kitchen chairs never creak.", "creak", "chair kitchen oak glossi green"],
    ["She did not quickly answer.", "answer", ""],
    ["The bakery that has never closed never cheats customers.", "close", "bakeri"],
  ])("%j negates %j behind and %j before", (text, behind, ahead) => {
    const [first] = negatorsIn(wordsIn(text));
    expect([first?.behind.join(" "), first?.ahead.join(" ")]).toEqual([behind, ahead]);
  });

  test.each([
    ["Nobody came.", "Nobody", true],
    ["The dog doesn’t bark.", "doesn’t", true],
    ["It was no surprise.", "no", true],
    ["It takes no more than an hour.", "no", false],
    ["The no 7 tram is late.", "no", false],
    ["There is no doubt about the date.", "no", false],
    ["Not only the roof leaks.", "Not", false],
    ["Not all roofs leak.", "Not", true],
    ["It starts not later than noon.", "not", false],
    ["They did not later return.", "not", true],
    ["It is not bigger than a cat.", "not", true],
    ["The hall seats up to, and not to more than, ninety.", "not", false],
    ["They walked rather than rode.", "rather", true],
    ["It was rather cold.", "rather", false],
    ["They took the tram instead of the bus.", "instead", true],
    ["It takes 30 minutes instead of 60.", "instead", false],
    ["The rule is seldom applied.", "seldom", false],
  ])("in %j %j says no and nothing else: %j", (text, word, isNo) => {
    const words = wordsIn(text);
    expect(
      isHard(
        words,
        words.findIndex((one) => one.text === word),
      ),
    ).toBe(isNo);
  });

  test("a word that says no among other things is told by its stem", () => {
    expect(
      wordsIn("Rangers never dismissed the refusal")
        .filter(isNegating)
        .map(({ text }) => text),
    ).toEqual(["dismissed", "refusal"]);
  });
});
