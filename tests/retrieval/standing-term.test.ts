import { expect, it } from "vitest";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { termsOf } from "../../src/retrieval/standing-term.ts";
import { indexOf } from "../make-index.ts";

it("gives the irregular forms of a word, but none of a name", () => {
  expect(termsOf("eat")).toEqual(expect.arrayContaining(["eat", "ate"]));
  expect(termsOf("wrote")).toEqual(expect.arrayContaining(["wrote", "write"]));
  expect(termsOf("Drew")).toEqual(["drew"]);
  expect(termsOf("ferries")).toEqual(["ferri"]);
});

it("looks for the form that the documents have, where they have no other", async () => {
  const index = await indexOf({
    a: { title: "Letter", paragraphs: ["We ate nothing but biscuits on the voyage.", "The voyage was long."] },
    b: { title: "Diary", paragraphs: ["They ate at noon, and we eat at one."] },
  });
  const termOf = (question: string) => readQuestion(question, index).terms.map(({ term }) => term);
  expect(termOf("which biscuits were eaten?")).toEqual(["biscuit", "ate"]);
  expect(termOf("who eats?")).toEqual(["eat"]);
});
