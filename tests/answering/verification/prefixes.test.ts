import { expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { otherPrefixes } from "../../../src/answering/verification/prefixes.ts";

const found = (statement: string, said: string) => otherPrefixes(readText(statement).words, readText(said).words);

test.each([
  ["The milk is unpasteurised.", "The milk is pasteurised.", ["unpasteurised"]],
  ["The road was paved.", "The road was unpaved.", ["paved"]],
  ["The scan was inconclusive.", "The scan was conclusive.", ["inconclusive"]],
  ["The coach was impatient.", "The coach was patient.", ["impatient"]],
  ["The load was irregular.", "The load was regular.", ["irregular"]],
  ["The note is illegible.", "The note is legible.", ["illegible"]],
  ["The jury was disinterested.", "The jury was interested.", ["disinterested"]],
  ["The visit was nonessential.", "The visit was essential.", ["nonessential"]],
  ["The yard was not unpaved.", "The yard was not paved.", ["unpaved"]],
])("%j of %j: %j", (statement, said, words) => {
  expect(found(statement, said)).toEqual(words);
});

test.each([
  ["denied in so many words", "The milk is unpasteurised.", "The milk is not pasteurised."],
  ["denied the other way round", "The road is not paved.", "The road is unpaved."],
  ["said with both", "The road is unpaved.", "The road, unpaved since May, will be paved."],
  ["both are the statement's", "The unpaved road will be paved.", "The road will be paved."],
  ["no other form there", "The road is unpaved.", "The road is made of gravel."],
  ["too short to be one", "The uncle came.", "The CLE came."],
  ["denied of something else", "The milk is pasteurised, not sour.", "The milk is pasteurised."],
])("is left alone: %s: %j of %j", (_, statement, said) => {
  expect(found(statement, said)).toEqual([]);
});
