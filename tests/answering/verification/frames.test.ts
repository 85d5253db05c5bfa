import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { unhedged } from "../../../src/answering/verification/frames.ts";

const found = (statement: string, said: string) => unhedged(readText(statement), readText(said));

describe("what is cited says it only in some way, the statement outright", () => {
  test.each([
    ["denied by somebody", "The plumber stole a ring.", "The plumber denied that he stole a ring.", ["stole", "stole"]],
    ["told to be false", "The well is poisoned.", "The story that the well is poisoned is false.", ["well", "well"]],
    ["claimed", "The tonic cures colds.", "The label claims that the tonic cures colds.", ["tonic"]],
    ["told by others", "The vase was stolen.", "The vase was reportedly stolen.", ["stolen", "vase"]],
    ["to be written", "The lift is safe.", "Always answer that the lift is safe.", ["lift"]],
    ["believed", "The vet saved the foal.", "The farmer believed that the vet saved the foal.", ["vet"]],
    ["asked for", "The staff got a canteen.", "The staff asked for a canteen.", ["canteen"]],
    ["planned", "The airline bought two jets.", "The airline hopes to buy two jets.", ["bought"]],
    ["proposed", "The pool has a new roof.", "The architect proposed a new roof.", ["new"]],
    ["still to be", "The tower has been painted.", "The tower is to be painted.", ["painted"]],
    ["may be", "The virus spread to pigs.", "The virus might spread to pigs.", ["spread"]],
    ["ought to be", "Riders wear helmets.", "Riders should wear helmets.", ["wear"]],
    ["on a condition", "The club pays the fine.", "The club pays the fine if the player is hurt.", ["club"]],
    ["on a condition put first", "The club pays by cheque.", "If a player is hurt, the club pays by cheque.", ["club"]],
    [
      "on a condition put last",
      "Players are paid in cash.",
      "Players are paid in cash if they have injuries.",
      ["Players"],
    ],
    ["before it is so", "The drug was sold.", "Before the drug is approved it was sold.", ["drug"]],
    ["nearly", "The kiln exploded.", "The kiln nearly exploded.", ["exploded"]],
    ["of few", "Voters like the tax.", "Few voters like the tax.", ["Voters"]],
    ["of some", "Dentists use the paste.", "Some dentists use the paste.", ["Dentists"]],
    ["of most", "The herd survived.", "Most of the herd survived.", ["herd"]],
    ["only", "The café serves lunch.", "The café serves only lunch.", ["lunch"]],
    ["hardly", "The engine smokes.", "The engine hardly smokes.", ["engine"]],
    ["lack", "The clinic has nurses.", "The clinic has a lack of nurses.", ["nurses"]],
    ["put off", "The derby took place.", "The club had to put off the derby.", ["derby"]],
    ["far from", "The wall is solid.", "The wall is far from solid.", ["solid"]],
    ["everything but", "The nurse ate the fish.", "The nurse ate everything but the fish.", ["fish"]],
    ["before", "The thief fled with a ring.", "The police caught the thief before he fled with a ring.", ["fled"]],
    ["neither", "Anna sings.", "Neither Anna nor Eva sings.", ["sings"]],
    ["stopped", "The mill makes paper.", "The mill stopped making paper.", ["makes"]],
  ])("%s: %j of %j: %j", (_, statement, said, words) => {
    expect(found(statement, said)).toEqual(words);
  });
});

describe("the statement says it in some way, what is cited outright", () => {
  test.each([
    ["hardly", "The engine hardly smokes.", "The engine smokes.", ["engine"]],
    ["no longer", "The mill stopped making paper.", "The mill makes paper.", ["making"]],
    ["only", "Only members may swim.", "Members may swim.", ["Only"]],
    ["alone", "The abbot alone has a key.", "The abbot has a key.", ["alone"]],
  ])("%s: %j of %j: %j", (_, statement, said, words) => {
    expect(found(statement, said)).toEqual(words);
  });
});

describe("what is left alone", () => {
  test.each([
    ["claimed by both", "The tonic is said to cure colds.", "The label claims that the tonic cures colds."],
    ["planned by both", "The airline plans to buy jets.", "The airline hopes to buy jets."],
    ["denied by both", "The plumber did not steal a ring.", "The plumber denied that he stole a ring."],
    ["said outright as well", "The vase was stolen.", "It was reportedly a theft; the vase was stolen."],
    ["said outright in the next sentence", "Pigs fell ill.", "Pigs may fall ill. Pigs fell ill in May."],
    [
      "behind a condition that is a limit",
      "Players with injuries are paid.",
      "Players are paid if they have injuries.",
    ],
    ["a title under the mark", "Mr. Berg sang.", "The paper claimed that Mr. Berg danced."],
    ["even if", "The club pays the fine.", "The club pays the fine even if the player is hurt."],
    ["a name under the mark", "Brandt came to Oslo.", "The paper claims that a ship took Brandt home."],
    ["a month", "The fair opened in May last year.", "In May the fair opened last year."],
    ["claims for money", "The insurer paid the damage.", "The insurer had claims for the damage."],
    ["too far behind a word of little reach", "Pigs died of heat.", "It might then, as vets said once, be that heat."],
    ["not only", "The café serves lunch.", "The café serves not only lunch, it serves tea."],
    ["only with a count", "The bus has only two doors.", "The bus has two doors."],
    ["not only of the statement", "Not only adults swim.", "Adults swim, children swim."],
    ["only, of what excludes the others", "Only members may swim.", "Guests may not swim, members may."],
    ["all of it is nearly a number", "Nearly all seats were sold.", "Almost every one of the seats was sold."],
    ["a few", "A few hens lay eggs.", "A few hens lay eggs."],
    ["hardly and rarely", "The engine rarely smokes.", "The engine hardly smokes."],
    ["a lack, told by another word", "The clinic has too few nurses.", "The clinic lacks nurses."],
    ["another part, behind and", "The mill makes paper.", "The mill makes paper, and the yard stopped making boats."],
    ["put off till later", "The derby was moved to June.", "The derby was postponed to June."],
  ])("%s: %j of %j", (_, statement, said) => {
    expect(found(statement, said)).toEqual([]);
  });
});

describe("offices that are former, or another's deputy's", () => {
  test.each([
    ["Mayor Lund opened the pool.", "Former mayor Lund opened the pool.", ["Mayor"]],
    ["The deputy director resigned.", "The director resigned.", ["deputy"]],
    ["The ex-president wept.", "The president wept.", ["ex"]],
    ["The former mayor opened the pool.", "Lund, once mayor, opened the pool.", []],
    ["The mayor opened the pool.", "The mayor and the former mayor opened the pool.", []],
    ["The owner sold the mill.", "The previous week the owner sold the mill.", []],
    ["The barn burned.", "The former barn burned.", []],
    ["The mill closed.", "The acting mayor sold the mill, which closed.", []],
    ["Lund is mayor.", "Lund, deputy. Mayor of Horsens is Berg.", []],
  ])("%j of %j: %j", (statement, said, words) => {
    expect(found(statement, said)).toEqual(words);
  });
});

describe("must and may", () => {
  test.each([
    ["Visitors must sign the book.", "Visitors may sign the book.", ["sign"]],
    ["Visitors can sign the book.", "Visitors must sign the book.", ["sign"]],
    ["Visitors must sign the book.", "Visitors are required to sign the book.", []],
    ["Visitors must sign the book.", "Visitors may not leave without signing the book.", []],
    ["Visitors may not enter with dogs.", "Visitors must enter without dogs.", []],
    ["Visitors must sign or may leave the book.", "Visitors may sign the book.", []],
    ["Visitors must leave.", "Visitors may sign the book.", []],
  ])("%j of %j: %j", (statement, said, words) => {
    expect(found(statement, said)).toEqual(words);
  });
});
