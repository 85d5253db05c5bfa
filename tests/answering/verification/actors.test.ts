import { describe, expect, test } from "vitest";
import { type Actor, actorsIn, isSameActor, isSure } from "../../../src/answering/verification/actors.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";
import type { Person } from "../../../src/types.ts";

const actorsOf = (text: string) => actorsIn(readText(text));

test.each([
  ["The cook met Bo Berg in Oslo.", ["noun cook", "name bo berg", "name oslo"]],
  ["The treasurer thanked her aunt.", ["role treasur", "role aunt"]],
  ["They heard that nobody came.", ["pronoun they", "pronoun that", "pronoun nobody"]],
  ["An old oak door slammed.", ["noun door"]],
  ["The door, the lamp and 40 tables burned quickly.", ["noun door", "noun lamp", "noun tabl"]],
  ["We counted 40.", ["pronoun we", "noun 40"]],
  ["Treasurer Bo Berg fainted.", ["name bo berg"]],
  ["The secretaries wept.", ["role secretari"]],
])("%j has %j", (text, actors) => {
  expect(actorsOf(text).map(({ kind, keys }) => `${kind} ${keys.join(" ")}`)).toEqual(actors);
});

test.each([
  ["We met Mr. Berg.", "he"],
  ["We met Lady Berg.", "she"],
  ["We met Dr. Berg.", undefined],
])("the title of %j tells %j", (text, gender) => {
  expect(actorsOf(text).find(({ kind }) => kind === "name")?.gender).toBe(gender);
});

test("names and offices are sure", () => {
  expect(
    actorsOf("Bo Berg and the treasurer saw it by the door.").map((actor) => [actor.plain, isSure(actor)]),
  ).toEqual([
    ["berg", true],
    ["treasurer", true],
    ["it", false],
    ["door", false],
  ]);
});

describe("whether two are the same", () => {
  const people: Person[] = [{ name: "Ada Holm", role: "Head Librarian" }];
  const only = (text: string): Actor => {
    const [actor] = actorsOf(`Then came ${text}.`).filter(({ plain }) => plain !== "then" && plain !== "came");
    if (actor === undefined) throw new Error(`nobody in ${text}`);
    return actor;
  };

  test.each([
    ["a name and a part of it", "Ada Holm", "Holm", true],
    ["the part and the name", "Holm", "Ada Holm", true],
    ["another of the same name", "Ada Holm", "Bo Holm", false],
    ["a name and its initials", "WHO", "World Health Organization", true],
    ["the initials and the name", "World Health Organization", "WHO", true],
    ["other initials", "WFP", "World Health Organization", false],
    ["an office and its holder", "the librarian", "Ada Holm", true],
    ["the holder and the office", "Holm", "the librarian", true],
    ["another office", "the treasurer", "Ada Holm", false],
    ["an office in the name itself", "Treasurer Berg", "the treasurer", true],
    ["another's office", "Bo Berg", "the librarian", false],
    ["a noun and the same", "the bakers", "the baker", true],
    ["a noun and a more general one", "the vessel", "the ferry", true],
    ["and the other way round", "the ferry", "the vessel", true],
    ["another noun", "the ferry", "the baker", false],
    ["a pronoun", "they", "they", false],
    ["a name and a pronoun", "Ada Holm", "she", false],
  ])("%s: %j and %j: %j", (_, a, b, isSame) => {
    expect(isSameActor(only(a), only(b), people)).toBe(isSame);
  });
});
