import { expect, it } from "vitest";
import { contentTokens } from "../../src/retrieval/stopwords.ts";

const words = (text: string) => contentTokens(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ["Who else attended the talks?", ["attended", "talks"]],
  ["Did anybody besides the ferryman hear anything whatsoever?", ["ferryman", "hear"]],
  ["Find and list everything, please: how often did the price differ? Thanks", ["price", "differ"]],
  ["What is the difference, in comparison?", []],
  ["Hello, I mean the rent.", ["rent"]],
])("words of form say nothing of the subject in %j", (text, left) => {
  expect(words(text)).toEqual(left);
});

it.each([
  ["What stands on the price list?", ["stands", "price", "list"]],
  ["What was the mean depth?", ["mean", "depth"]],
  ["Please list the wardens", ["wardens"]],
  ["Can you find and count the boats?", ["boats"]],
])("one of them that is a noun stays in %j", (text, left) => {
  expect(words(text)).toEqual(left);
});

it("a name that is written like one of them stays", () => {
  expect(words("Who was the Count of Arden?")).toEqual(["Count", "Arden"]);
});
