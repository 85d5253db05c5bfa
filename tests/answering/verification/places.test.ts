import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { misplaced } from "../../../src/answering/verification/places.ts";

/** What is in doubt has a question mark. */
const told = (statement: string, said: string) =>
  misplaced(readText(statement), readText(said)).map(({ word, isDoubtful }) => word + (isDoubtful ? "?" : ""));

const HELP = "The choir got help from Norway in March and money from Sweden in June.";
const CATCH = "The nets caught 40 herring at dawn and 75 mackerel at dusk.";

describe("what stands in another's place is told", () => {
  test.each([
    ["a name", "The choir got help from Sweden in March.", HELP, ["Sweden?"]],
    ["the other name", "The choir got money from Norway in June.", HELP, ["Norway?"]],
    ["a number", "The nets caught 75 herring at dawn.", CATCH, ["75"]],
    ["a number in words", "The nets caught seventy-five herring at dawn.", CATCH, ["seventy-five"]],
    ["a number by what is behind it", "75 herring at dawn was the catch.", CATCH, ["75"]],
    ["over an article", "Anna sold the 9 lame geese.", "Anna sold 8 lame geese and bought 9 fat hens.", ["9"]],
    [
      "a name of two words",
      "Tea was served by Ida Berg in silence.",
      "Tea was served by Olav Moe in silence, soup was sold by Ida Berg at noon.",
      ["Ida Berg?"],
    ],
    [
      "a short form",
      "Tea was served by Berg in silence.",
      "Tea was served by Olav Moe in silence, soup was sold by Ida Berg at noon.",
      ["Berg?"],
    ],
  ])("%s: %j of %j", (_, statement, said, words) => {
    expect(told(statement, said)).toEqual(words);
  });

  test.each([
    ["in its own place", "The choir got help from Norway in March.", HELP],
    ["a number in its own place", "The nets caught 40 herring at dawn.", CATCH],
    ["in a place of its own words", "Herring: 75 fewer than hoped.", CATCH],
    ["where there is but one", "The nets caught 75 herring at dawn.", "The nets caught 40 herring at dawn."],
    ["where one word is alike", "Cooks caught 75 eels.", CATCH],
    [
      "a short form in its own place",
      "At noon tea was served by Berg in silence.",
      "At noon soup was served by Olav Moe in silence, tea was served by Ida Berg in silence.",
    ],
    [
      "where only small words are alike",
      "It was sung for Norway in tears.",
      "It was for Sweden in the end, a gift of Norway's.",
    ],
    [
      "where the one there is kept",
      "Tea was served by Olav Moe in silence, tea was served by Ida Berg in silence.",
      "Tea was served by Olav Moe in silence, soup was sold by Ida Berg at noon.",
    ],
    [
      "beside what joins names",
      "The guests had tea and Ida Berg wept.",
      "The guests had tea and Olav Moe slept, Ida Berg wept.",
    ],
    [
      "by the words of the sentence before",
      "The nets broke. 75 mackerel escaped.",
      "The nets broke 40 oars and 75 mackerel leapt.",
    ],
    [
      "a number that counts nothing",
      "Nine elms on the hill must be felled.",
      "Rangers saw 12 elms on the hill; nine must be felled.",
    ],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(told(statement, said)).toEqual([]);
  });
});
