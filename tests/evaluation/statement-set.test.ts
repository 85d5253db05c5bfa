import { expect, test } from "vitest";
import { ALTERATIONS, type Choice } from "../../src/evaluation/altered-statements.ts";
import { REWORDINGS } from "../../src/evaluation/reworded-statements.ts";
import { statementsOf } from "../../src/evaluation/statement-set.ts";
import { documentOf } from "../make-index.ts";

const first: Choice = () => 0;
const reword = (rule: string, text: string, around: { before?: string; after?: string } = {}) =>
  REWORDINGS[rule]?.({ text, before: around.before ?? null, after: around.after ?? null });

test.each([
  ["date in another form", "The quay was opened on 7 May 1931.", "The quay was opened on May 7, 1931."],
  ["number in words or figures", "The yard sold three boats in spring.", "The yard sold 3 boats in spring."],
  ["passive to active", "The plan was approved by the board.", "The board approved the plan."],
  ["active to passive", "Olsen repaired the crane.", "The crane was repaired by Olsen."],
  [
    "clause dropped",
    "The board met the new harbour pilots, who had come from the north.",
    "The board met the new harbour pilots.",
  ],
  ["time moved", "In 1931, the board met twice.", "The board met twice in 1931."],
  ["contracted", "The board did not meet.", "The board didn't meet."],
  ["said that", "The board met twice.", "The document says that the board met twice."],
])("%s", (rule, text, expected) => {
  expect(reword(rule, text)).toBe(expected);
});

test("a pronoun is resolved where the sentence before begins with a person", () => {
  const before = "Ada Olsen was the harbour master.";
  expect(reword("pronoun resolved", "She left in 1931.", { before })).toBe("Ada Olsen left in 1931.");
  expect(reword("pronoun resolved", "She left in 1931.", { before: "The harbour was closed." })).toBeNull();
});

test.each([
  ["number", "The yard sold three boats.", "The yard sold four boats."],
  ["date", "The quay was opened in 1931.", "The quay was opened in 1921."],
  ["name", "The pilots came from Tromvik.", "The pilots came from Lundby."],
  ["negation added", "The quay was opened late.", "The quay was not opened late."],
  ["negation removed", "The quay was not opened late.", "The quay was opened late."],
  ["swapped actor", "Olsen asked Lind to leave.", "Lind asked Olsen to leave."],
] as const)("altered: %s", (kind, text, expected) => {
  expect(ALTERATIONS[kind](text, first, ["Lundby", "Olsen"])).toBe(expected);
});

test("the same documents give the same statements, no text twice, and none that is altered into itself", () => {
  const paragraphs = [
    "The Tromvik yard sold three boats to Olsen in 1931. The pilots were not paid by the harbour board of Lundby.",
  ];
  const make = () => statementsOf([documentOf("yard", { title: "The yard", paragraphs })]);
  const made = make();
  expect(made.map(({ id, text }) => [id, text])).toEqual(make().map(({ id, text }) => [id, text]));
  const untouched = new Set(made.filter(({ isAltered }) => !isAltered).map(({ text }) => text));
  const altered = made.filter(({ isAltered }) => isAltered);
  expect(altered.length).toBeGreaterThan(3);
  expect(altered.filter(({ text }) => untouched.has(text))).toEqual([]);
});
