import { expect, test } from "vitest";
import { isLemma, sensesOf, synsetOf } from "../../../src/answering/verification/wordnet.ts";

test.each([
  ["ferry", true],
  ["ferries", false],
  ["quickly", true],
  ["run", true],
  ["zebra", true],
  // The last of the nouns, and words that would stand before and behind all.
  ["zymurgy", true],
  ["a", true],
  ["zzzz", false],
  ["!", false],
  ["", false],
])("%j is a base form: %j", (word, isSo) => {
  expect(isLemma(word)).toBe(isSo);
});

test("the senses of a word are those of every part of speech, the frequent ones first", () => {
  const parts = (word: string, most: number) => sensesOf(word, most).map(({ id }) => id.split(":")[0]);
  expect(parts("zebra", 6)).toEqual(["noun"]);
  expect(parts("fast", 1)).toEqual(["noun", "verb", "adj", "adv"]);
  expect(parts("run", 2)).toEqual(["noun", "noun", "verb", "verb"]);
  expect(sensesOf("dog", 1)[0]?.words).toContain("domestic_dog");
  expect(sensesOf("prime minister", 1)[0]?.words).toContain("premier");
  expect(sensesOf("zzzz", 6)).toEqual([]);
});

test("a sense has its lexicographer's file and words as they are written", () => {
  const [river] = sensesOf("danube", 1);
  expect([river?.category, river?.words[0]]).toEqual([17, "Danube"]);
  const [baker] = sensesOf("baker", 1);
  expect([baker?.category, baker?.words]).toEqual([18, ["baker"]]);
});

test("a sense points to others, of any part of speech", () => {
  const [ferry] = sensesOf("ferry", 1);
  const wider = ferry?.pointers.filter(({ symbol }) => symbol === "@").map(({ to }) => synsetOf(to).words[0]);
  expect(wider).toEqual(["boat"]);
  const [quick] = sensesOf("quickly", 1);
  const from = quick?.pointers.filter(({ symbol }) => symbol === "\\").map(({ to }) => to.split(":")[0]);
  expect(new Set(from)).toEqual(new Set(["adj"]));
  const wet = sensesOf("wet", 1).find(({ id }) => id.startsWith("adj"));
  expect(wet?.pointers.filter(({ symbol }) => symbol === "!").map(({ to }) => synsetOf(to).words[0])).toEqual(["dry"]);
  // "s" is an adjective of the same file, that is like another.
  const [damp] = sensesOf("damp", 1).filter(({ id }) => id.startsWith("adj"));
  expect(damp?.pointers.filter(({ symbol }) => symbol === "&").map(({ to }) => synsetOf(to).words[0])).toEqual(["wet"]);
});

test("a sense of more pointers than a short line holds is read whole", () => {
  const [city] = sensesOf("city", 1);
  expect(city?.pointers.length).toBeGreaterThan(100);
});

test("a sense that is asked for twice is the same", () => {
  const [dog] = sensesOf("dog", 1);
  expect(synsetOf(dog?.id ?? "")).toBe(dog);
});
