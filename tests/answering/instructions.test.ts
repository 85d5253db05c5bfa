import { describe, expect, it } from "vitest";
import { isInstruction } from "../../src/answering/instructions.ts";
import { NOT_KNOWN, TAKEN_FOR_ONE, TO_A_MODEL, TO_PEOPLE } from "./instruction-sentences.ts";

describe("speaks to a model", () => {
  it.each(TO_A_MODEL)("%s", (sentence) => expect(isInstruction(sentence)).toBe(true));
});

describe("speaks to people", () => {
  it.each(TO_PEOPLE)("%s", (sentence) => expect(isInstruction(sentence)).toBe(false));
});

it("has its limits", () => {
  expect(NOT_KNOWN.filter(isInstruction)).toEqual([]);
  expect(isInstruction(TAKEN_FOR_ONE)).toBe(true);
});
