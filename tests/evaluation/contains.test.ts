import { describe, expect, it } from "vitest";
import { contains, containsWords } from "../../src/evaluation/contains.ts";

describe("contains", () => {
  it("takes any white space for one blank, and the rest to the letter", () => {
    expect(contains("render prompt\n  and effective", "prompt and")).toBe(true);
    expect(contains("render Prompt and", "prompt and")).toBe(false);
    expect(contains("render", " ")).toBe(false);
  });
});

describe("containsWords", () => {
  it.each([
    ["in the 10th\nand 11th centuries", "10th and 11th Centuries", true],
    ["Rollo", "rollo", true],
    ["fourteen of four.", "four", true],
    ["fourteen", "four", false],
    ["twenty-four", "four", true],
    ["cost $5.", "$5", true],
    ["cost $50.", "$5", false],
    ["anything", "", false],
  ])("%j, %j: %s", (text, part, expected) => {
    expect(containsWords(text, part)).toBe(expected);
  });
});
