import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import {
  absentParts,
  fold,
  isPartIn,
  isTitleWord,
  nameSource,
  standTogether,
} from "../../../src/answering/verification/names.ts";

const nameIn = (text: string) => {
  const [name] = readText(text).names;
  if (name === undefined) throw new Error(`no name in ${text}`);
  return name;
};
const sourceOf = (text: string) => nameSource(readText(text).words);

describe("what is read as a name", () => {
  test.each([
    ["a run of capitals", "We met Ada Holm in Oslo.", ["Ada Holm", "Oslo"]],
    ["without titles", "We met Dr. Ada Holm and Councillors Berg.", ["Ada Holm", "Berg"]],
    ["an office alone is none", "We met the Mayor and the Prime Minister.", ["Prime"]],
    ["with small words inside", "The works of Vincent van Gogh hang here.", ["Vincent Gogh"]],
    ["no small word that ends it", "We flew to Rio de janeiro.", ["Rio"]],
    ["of one, and of another", "The Bank of Ghana and the Port Office moved.", ["Bank Ghana", "Port Office"]],
    ["with an initial", "We met J. Holm and Ada B. Holm.", ["J Holm", "Ada B Holm"]],
    ["no month and no weekday", "We met on Friday in August.", []],
    ["nor what is said of oneself", "There I met her.", []],
    ["no part of a date or a number", "It opened on 4 May 1999 in Bath.", ["Bath"]],
    ["parted by a comma", "We met Holm, Berg and Dahl.", ["Holm", "Berg", "Dahl"]],
    ["parted by a sentence", "We met Holm. Berg left.", ["Holm", "Berg"]],
    ["joined by a possessive or a hyphen", "We read Holm's Atlas of Saint-Denis.", ["Holm's Atlas Saint Denis"]],
  ])("%s: %j has %j", (_, text, names) => {
    expect(readText(text).names.map(({ parts }) => parts.map((part) => part.text).join(" "))).toEqual(names);
  });

  test.each([
    ["Harvest began late.", true],
    ["Ada Holm began late.", false],
    ["NATO began late.", false],
    ["McArdle began late.", false],
    ["It began in Oslo.", false],
  ])("of %j it is unsure: %j", (text, isUnsure) => {
    expect(nameIn(text).isUnsure).toBe(isUnsure);
  });

  test.each([
    ["Mrs", true],
    ["secretaries", true],
    ["Gen", true],
    ["Professor", true],
    ["Baker", false],
  ])("%j is a title: %j", (word, isTitle) => {
    expect(readText(word).words.map(isTitleWord)).toEqual([isTitle]);
  });
});

test.each([
  ["u.s.", "us"],
  ["reykjavík", "reykjavik"],
  ["oslo", "oslo"],
])("%j is folded to %j", (plain, folded) => {
  expect(fold(plain)).toBe(folded);
});

describe("the words of a name that a text does not hold", () => {
  test.each([
    ["We met Ada Holm.", "Ada Berg spoke.", ["Holm"]],
    ["We met Ada Holm.", "Bo Berg spoke.", ["Ada", "Holm"]],
    ["We met K. Holm.", "Ada Holm spoke.", ["K"]],
    ["It is a WHO report.", "The World Bank reported.", ["WHO"]],
    ["The ship is of the US.", "The ship is of the United Arab Emirates.", ["US"]],
    ["The ship is of the DPRK.", "The ship is of the ROK.", ["DPRK"]],
    ["It is a Danish ship.", "It is a Dutch ship.", ["Danish"]],
    ["It is an OGO report.", "The hall of Great Oak reported.", ["OGO"]],
    ["The BLG reported.", "The Bank lent Ghana gold.", ["BLG"]],
    ["It is of Sweden.", "It is a swedish word.", ["Sweden"]],
    ["We met Williams.", "We met William.", ["Williams"]],
    ["The World Health Organization reported.", "The WFP reported.", ["World", "Health", "Organization"]],
  ])("%j of %j: %j", (text, source, absent) => {
    expect(absentParts(nameIn(text), sourceOf(source)).map((part) => part.text)).toEqual(absent);
  });

  test.each([
    ["case and accents", "We met Ada Björk.", "ADA BJORK spoke."],
    ["initials for names", "We met A. Holm.", "Ada Holm spoke."],
    ["the initials for a whole name", "The World Health Organization reported.", "The WHO reported."],
    ["the whole name for initials", "The WHO reported.", "The World Health Organization reported."],
    ["initials with small words", "The BOG reported.", "The Bank of Ghana reported."],
    ["initials without them", "The BG reported.", "The Bank of Ghana reported."],
    ["a known short name", "The U.K. agreed.", "Great Britain agreed."],
    ["and what it is short for", "The United Kingdom agreed.", "The UK agreed."],
    ["what another short name is for", "The Soviet Union agreed.", "The USSR agreed."],
    ["a country and its people", "It is of Kenya.", "It is a Kenyan ship."],
    ["a people and its country", "It is a French ship.", "It sailed from France."],
    ["one that begins otherwise", "It is a Dutch ship.", "It is of the Netherlands."],
    ["several of a people", "We met Germans.", "We met a German."],
    ["one of several", "We met a Norman.", "The Normans came."],
    ["several of a family", "We met the Joneses.", "We met Jones."],
    ["several of a name in y", "We met the Kennedies.", "We met Kennedy."],
  ])("none: %s: %j of %j", (_, text, source) => {
    expect(absentParts(nameIn(text), sourceOf(source))).toEqual([]);
  });
});

test("a small word is no name that an initial or a people stands for", () => {
  const [part] = nameIn("We met B. Holm.").parts;
  expect(part && isPartIn(part, sourceOf("The baker left."))).toBe(false);
  expect(part && isPartIn(part, sourceOf("The Baker left."))).toBe(true);
});

test.each([
  ["Ada Holm", "Ada Holm spoke.", true],
  ["Ada Holm", "Ada Kristina Maria von Holm spoke.", true],
  ["Ada Holm", "Ada Berg spoke of the weather, then Bo Holm.", false],
  ["Ada Holm", "Ada Berg spoke of the weather, then Bo Holm; Ada Holm did not.", true],
  ["Ada Holm", "Ada Berg spoke.", true],
  ["Ada", "Bo spoke.", true],
])("%j stands together in %j: %j", (name, text, isTogether) => {
  expect(standTogether(nameIn(`We met ${name}.`), sourceOf(text))).toBe(isTogether);
});
