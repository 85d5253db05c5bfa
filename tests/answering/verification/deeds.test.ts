import { expect, test } from "vitest";
import type { Actor } from "../../../src/answering/verification/actors.ts";
import { deedsIn } from "../../../src/answering/verification/deeds.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";

const shown = (actors: readonly Actor[]) => actors.map(({ plain }) => plain).join(" ");

/** "holm greeted berg": who does what to whom. */
const deedsOf = (text: string) => {
  const read = readText(text);
  return deedsIn(read).map(
    ({ at, agents, patients }) => `${shown(agents) || "?"} ${read.words[at]?.text} ${shown(patients) || "?"}`,
  );
};

test.each([
  ["in order", "Ada Holm greeted Bo Berg.", ["holm greeted berg"]],
  ["in the passive", "Bo Berg was greeted by Ada Holm.", ["holm greeted berg"]],
  ["in the passive, by two", "Bo was greeted by Ada and Eva at Oslo.", ["ada eva greeted bo"]],
  ["in the passive, by nobody named", "Bo was greeted at Oslo.", ["? greeted bo"]],
  ["twice by the same", "Ada greeted Bo and thanked Eva.", ["ada greeted bo", "ada thanked eva"]],
  ["twice in the passive", "Bo was questioned and released.", ["? questioned bo", "? released bo"]],
  ["behind who", "Ada, who greeted Bo, fainted.", ["ada greeted bo"]],
  ["being something", "Ada is a baker.", ["ada is baker"]],
  ["apart by a comma", "Ada greeted Bo, based in Oslo.", ["ada greeted bo"]],
  ["behind a semicolon", "Ada greeted Bo; Eva thanked Ulf.", ["ada greeted bo", "eva thanked ulf"]],
  ["in another sentence", "Ada greeted Bo. Eva fainted.", ["ada greeted bo", "eva fainted ?"]],
  ["either of two", "Men trained by the yard may open it.", ["yard trained men", "men yard open it"]],
  [
    "behind an adverb",
    "Ada then quickly greeted Bo and later also thanked Eva.",
    ["ada greeted bo", "ada thanked eva"],
  ],
])("%s: %j", (_, text, deeds) => {
  expect(deedsOf(text)).toEqual(deeds);
});

test("tells who stands before the verb, and whether it is done to them", () => {
  const [deed] = deedsIn(readText("Bo Berg was greeted by Ada Holm."));
  expect(deedsIn(readText("Ada was a baker."))[0]?.stem).toBe("be");
  expect([deed?.stem, deed?.isPassive, shown(deed?.subjects ?? [])]).toEqual(["greet", true, "berg"]);
});

test("who stands in the clause before does something else", () => {
  expect(deedsOf("Ada greeted Bo, and Eva thanked them.").at(-1)).toBe("eva thanked them");
});
