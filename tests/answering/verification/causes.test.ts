import { expect, test } from "vitest";
import { strangeCauses } from "../../../src/answering/verification/causes.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";
import type { WordVectors } from "../../../src/answering/verification/word-vectors.ts";

/** On a circle, by the angle from the first: near are those within about 66 degrees. */
const vectors: WordVectors = new Map(
  Object.entries({ snow: 0, blizzard: 20, ice: 60, funding: 120, money: 135, strike: 240 }).map(([word, degrees]) => {
    const angle = (degrees * Math.PI) / 180;
    return [word, { unit: Float32Array.of(Math.cos(angle), Math.sin(angle)), weight: 1 }];
  }),
);
const causes = (statement: string, said: string, known: WordVectors | null = vectors) =>
  strangeCauses(readText(statement), readText(said), known);

test.each([
  ["The school closed because of a strike.", "The school closed because of snow.", ["strike"]],
  ["The school closed because the strike spread.", "The school closed for lack of money.", ["strike", "spread"]],
  ["The fair was moved due to snow.", "The fair was moved for want of funding.", ["snow"]],
  ["The fair was moved owing to snow, the clerk wrote.", "The fair was moved, the clerk wrote.", ["snow"]],
  ["The fair was moved, thanks to snow.", "The fair was moved.", ["snow"]],
  ["The fair was moved on account of snow.", "The fair was moved.", ["snow"]],
  ["The fair was moved since snow fell.", "The fair was moved.", ["snow", "fell"]],
  ["The bridge is shut, because then ice forms.", "The bridge is shut in winter.", ["ice", "forms"]],
])("%j of %j: %j", (statement, said, words) => {
  expect(causes(statement, said)).toEqual(words);
});

test.each([
  ["the same word", "The school closed because of snow.", "Snow closed the school."],
  ["a word near it", "The school closed because of a blizzard.", "Snow closed the school."],
  ["a part of it is there", "The school closed because of snow and strikes.", "Snow closed the school."],
  ["no cause", "The school closed, and a strike began.", "The school closed."],
  ["since a time", "The school has been closed since May 2003.", "The school closed in spring."],
  ["since then", "The school closed. Since then a strike began.", "The school closed."],
  ["since the strike, of time", "The school has been closed since the strike.", "The school closed."],
  ["due for something", "The train is due at a strike.", "The train comes."],
  ["somebody's name", "The school closed because of Brandt.", "The school closed."],
  ["a number", "The school closed because of 12.", "The school closed."],
  ["an account that is kept", "The bank closed the account for strikes.", "The bank closed."],
])("is left alone: %s: %j of %j", (_, statement, said) => {
  expect(causes(statement, said)).toEqual([]);
});

test("without vectors of words no cause is strange", () => {
  expect(causes("The school closed because of a strike.", "The school closed.", null)).toEqual([]);
});
