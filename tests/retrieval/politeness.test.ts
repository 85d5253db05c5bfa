import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutPoliteness } from "../../src/retrieval/politeness.ts";

describe("a question is read without the politeness around it", () => {
  it.each([
    ["Thanks. What is the weight of the crane?", "What is the weight of the crane?"],
    [
      "Dear Sir or Madam, I wonder if you would be so kind to let me know how much the gate cost?",
      "How much the gate cost?",
    ],
    [
      "Good morning, I hope you are well. How many jars did the stall sell in 2011? Many thanks",
      "How many jars did the stall sell in 2011?",
    ],
    ["Could you please tell me where the mill is?", "Where the mill is?"],
    ["Please list the wardens", "List the wardens"],
    ["Hi there, who led the choir, please?", "Who led the choir?"],
    ["Where is the key please?", "Where is the key?"],
    ["Sorry, I mean the cable length", "I mean the cable length"],
    [
      "Do you know when the mill closed? Thanks in advance for your help!\nKind regards,\nAnna Smith",
      "When the mill closed?",
    ],
    ["Thank you very much for that! And in 2005?", "And in 2005?"],
  ])("%j", (text, plain) => {
    expect(withoutPoliteness(text)).toBe(plain);
  });

  it.each([
    "Please Please Me was recorded when?",
    "Hello Kitty was drawn by whom?",
    "Who sang Please?",
    'Who wrote "Many Thanks, please"?',
    "What does please mean?",
    "Every mention of please",
    "No, I meant the rent",
    "Could you swim in the dock?",
    "Thank you very much.",
    "Hello",
  ])("leaves %j as it is", (text) => {
    expect(withoutPoliteness(text)).toBe(text);
  });

  it("leaves something of any text", () => {
    const words = fc.constantFrom("please", "Thanks", "hello", "could you", "tell me", "who", ",", ".", "?", "\n", "I");
    fc.assert(
      fc.property(
        fc.array(words).map((parts) => parts.join(" ")),
        (text) => (withoutPoliteness(text).trim() === "") === (text.trim() === ""),
      ),
    );
  });

  it("takes no longer for a long text", () => {
    const started = performance.now();
    for (const piece of ["please ", "thanks, ", " ", "?", "could you kindly ", "\n"]) {
      withoutPoliteness(piece.repeat(Math.floor(2_000 / piece.length)));
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});
