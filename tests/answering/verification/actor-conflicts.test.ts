import { describe, expect, test } from "vitest";
import { actorConflicts } from "../../../src/answering/verification/actor-conflicts.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";

const PEOPLE = [{ name: "Ada Holm", role: "Head Librarian" }];

/** "Bo" where it is wrong, "Bo?" where it is in doubt. */
const conflicts = (statement: string, evidence: string, before = "") =>
  actorConflicts(readText(statement), readText(evidence), PEOPLE, readText(before).words).map(
    ({ word, isDoubtful }) => word + (isDoubtful ? "?" : ""),
  );

describe("another part in the same deed is told", () => {
  test.each([
    ["both turned around", "Bo Berg greeted Ada Holm.", "Ada Holm greeted Bo Berg.", ["Bo Berg"]],
    ["in the passive", "Bo Berg was greeted by Ada Holm.", "Bo Berg greeted Ada Holm.", ["Ada Holm"]],
    ["the doer for whom it is done to", "Bo sued the bank.", "Ada sued the bank and Bo.", ["Bo"]],
    ["whom it is done to for the doer", "The bank sued Ada.", "Ada sued Bo.", ["Ada"]],
    ["another name that is there", "Oslo pays the fee.", "Bergen pays the fee. Oslo rejoiced.", ["Oslo"]],
    ["another name that is not there", "Oslo pays the fee.", "Bergen pays the fee.", ["Oslo"]],
    ["another in two passives", "Bo was hired.", "Ada was hired, Bo wept.", ["Bo"]],
    ["another office", "The mayor closed the room.", "Ada Holm closed the room. The mayor wept.", ["mayor"]],
    ["another gender", "Mr. Berg paid the fee.", "She paid the fee. Mr. Berg wept.", ["Mr. Berg"]],
    ["and the other", "Mrs. Berg paid the fee.", "He paid the fee. Mrs. Berg wept.", ["Mrs. Berg"]],
    ["with somebody's gender from there", "Berg paid the fee.", "She paid the fee. Mr. Berg wept.", ["Berg"]],
    ["things turned around", "The dog chased the cat.", "The cat chased the dog.", ["dog?"]],
    ["a place by nouns", "The city paid for it.", "The state paid for it. The city watched.", ["city?"]],
  ])("%s: %j of %j: %j", (_, statement, evidence, words) => {
    expect(conflicts(statement, evidence)).toEqual(words);
  });

  test.each([
    ["from and to", "The train went from Oslo to Bergen.", "The train went from Bergen to Oslo.", ["Oslo"]],
    ["of and by", "A bust of Ada by Bo hangs here.", "A bust of Bo by Ada hangs here.", ["Bo"]],
    ["of and a subject", "Bo painted a portrait of Ada.", "A portrait of Bo by Ada hangs here.", ["Bo"]],
    ["than", "Tyre is larger than Sidon.", "Sidon is colder and larger than Tyre.", ["Tyre"]],
    ["than without a verb", "Tyre: larger than Sidon.", "Sidon: larger than Tyre.", ["Tyre"]],
  ])("turned around by %s: %j of %j: %j", (_, statement, evidence, words) => {
    expect(conflicts(statement, evidence)).toEqual(words);
  });

  test("by a noun for another one, where it was spoken of", () => {
    const [statement, evidence] = ["The tenant shall insure the flat.", "The landlord shall insure the flat."];
    expect(conflicts(statement, evidence, "The tenant moved in.")).toEqual(["tenant"]);
    expect(conflicts(statement, "The landlord shall insure the garden.", "The tenant moved in.")).toEqual([]);
    expect(conflicts(statement, evidence)).toEqual([]);
    const valve = "The valve feeds the tank.";
    expect(conflicts("The pump feeds the tank.", `${valve} The pump cools the oil.`)).toEqual(["pump"]);
    expect(conflicts("The pump feeds the tank.", valve)).toEqual([]);
  });
});

describe("what is left alone", () => {
  test.each([
    ["the passive turned around", "Ada Holm was greeted by Bo Berg.", "Bo Berg greeted Ada Holm."],
    ["the order kept", "The dog chased the cat.", "The dog chased the cat."],
    ["an office for its holder", "The librarian closed the room.", "Ada Holm closed the room."],
    ["a name for a pronoun", "Mrs. Berg paid the fee.", "She paid the fee. Mrs. Berg wept."],
    ["a name of no known gender", "Berg paid the fee.", "He paid the fee. Berg wept."],
    ["a name for they", "Mr. Berg paid the fee.", "They paid the fee. Mr. Berg wept."],
    ["one of several", "Bo paid the fee.", "Ada and Bo paid the fee."],
    ["it in one sentence of two", "Bo greeted Ada.", "Ada greeted Bo. Then Bo greeted Ada."],
    ["a thing on either side", "The race ended with a song.", "The choir ended the race with a song."],
    ["another verb", "Bo greeted Ada.", "Ada thanked Bo."],
    ["being the same, turned around", "Ada Holm is the librarian.", "The librarian is Ada Holm."],
    ["pronouns on either side", "He greeted her.", "She greeted him."],
    ["from and to kept", "The train went from Oslo to Bergen.", "The train went to Bergen from Oslo."],
    ["than kept", "Tyre is larger than Sidon.", "Tyre is colder and larger than Sidon."],
    ["from and to of several sentences", "It came from Oslo. It went to Bergen.", "It went from Bergen to Oslo."],
    ["another noun with more than one", "The owner and the guest paid the fee.", "The tenant paid the fee."],
    ["a noun for a word for the same", "The vessel hit the quay.", "The ferry hit the quay."],
  ])("%s: %j of %j", (_, statement, evidence) => {
    expect(conflicts(statement, evidence, "The owner, the guest and the vessel came.")).toEqual([]);
  });
});
