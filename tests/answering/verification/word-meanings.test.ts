import { expect, test } from "vitest";
import { isCommon, isWho, mayMean } from "../../../src/answering/verification/word-meanings.ts";

test.each([
  ["a form of it", "ferries", "ferry"],
  ["another form of the same", "baked", "baking"],
  ["a comparative", "happiest", "happy"],
  ["with a doubled consonant", "bigger", "big"],
  ["a plural in -es", "boxes", "box"],
  ["a plural in -men", "firemen", "fireman"],
  ["an irregular form", "bought", "buy"],
  ["another word", "car", "automobile"],
  ["another word, in forms", "bought", "purchasing"],
  ["of another part of speech", "acquisition", "acquire"],
  ["another noun of the same verb", "driver", "driving"],
  ["a more general word", "vessel", "ferry"],
  ["by two steps", "animal", "dog"],
  ["one who does it", "seller", "selling"],
  ["a similar adjective", "damp", "wet"],
  ["what it entails", "sleep", "snore"],
])("%s: %j may say what %j says", (_, own, theirs) => {
  expect(mayMean(own, theirs)).toBe(true);
});

test.each([
  ["a more special word", "ferry", "vehicle"],
  ["a word too general", "entity", "ferry"],
  ["an opposite", "wet", "dry"],
  ["one like an opposite", "damp", "dry"],
  ["the opposite of one like it", "dry", "damp"],
  ["two that are like opposites", "rapid", "slow"],
  ["an opposite verb", "lend", "borrow"],
  ["a sister in the same class", "cat", "dog"],
  ["another thing", "teapot", "glacier"],
  ["a word that is none", "zzyzx", "dog"],
])("%s: %j may not say what %j says", (_, own, theirs) => {
  expect(mayMean(own, theirs)).toBe(false);
});

test.each([
  ["tenants", true],
  ["city", true],
  ["team", true],
  ["teapot", false],
  ["sing", false],
  ["zzyzx", false],
])("%j is somebody: %j", (word, isSo) => {
  expect(isWho(word)).toBe(isSo);
});

test.each([
  ["staff", true],
  ["houses", true],
  // None of these stands in WordNet itself: each ending must be taken off by its own rule.
  ["kettles", true],
  ["firemen", true],
  ["walked", true],
  ["chatting", true],
  ["hopping", true],
  ["obeying", true],
  ["admiring", true],
  ["tallest", true],
  ["largest", true],
  ["happiest", true],
  ["perry", false],
  ["paris", false],
  ["zzyzx", false],
])("%j is written small: %j", (word, isSo) => {
  expect(isCommon(word)).toBe(isSo);
});
