import { describe, expect, test } from "vitest";
import { readText } from "../../../src/answering/verification/evidence.ts";
import { isDeniedInstead, negationConflicts } from "../../../src/answering/verification/negation.ts";
import type { WordVectors } from "../../../src/answering/verification/word-vectors.ts";

const wordsIn = (text: string) => readText(text).words;

/** "not" where the word is wrong, "not?" where it is in doubt. */
const conflicts = (statement: string, evidence: string, vectors: WordVectors | null = null) =>
  negationConflicts(wordsIn(statement), wordsIn(evidence), vectors).map(
    ({ word, isDoubtful }) => word + (isDoubtful ? "?" : ""),
  );

describe("a denial that only one of the two has", () => {
  test.each([
    ["The bridge was not closed.", "The bridge was closed for the winter.", ["not"]],
    ["The auditor failed to sign.", "The auditor signed the accounts.", ["failed"]],
    ["The bakery opens on Sundays.", "The bakery never opens on Sundays.", ["opens"]],
    ["The pilot landed.", "The pilot refused to land.", ["landed"]],
    ["The comet was discovered.", "The comet was never found.", ["discovered"]],
    ["The labels are in Frisian but not in Dutch.", "The labels are in Dutch but not in Frisian.", ["Dutch"]],
    ["Parking is not free.", "Parking is free.", ["not"]],
    ["The release was signed by a nurse.", "No release without a nurse.", ["release", "nurse"]],
    ["No clerk was fired.", "The clerk was fired. No lamp was lit.", ["No"]],
    ["The cat did not eat and did not sleep.", "The cat did not eat; it slept.", ["not"]],
    ["It had not snowed.", "It snowed for the first time in March.", ["not"]],
    ["It had not snowed since 1990.", "It snowed in 1990.", ["not"]],
    ["The tenor sang.", "Sing the tenor would not.", ["tenor"]],
    ["The gate is open for no more than an hour.", "The gate may not be open.", ["open"]],
    ["The gate may be open for more than an hour.", "The gate may not be open for more than an hour.", ["open"]],
    ["The violin was not sold.", "The violin was sold; the cello was not tuned.", ["not"]],
  ])("%j is wrong of %j: %j", (statement, evidence, words) => {
    expect(conflicts(statement, evidence)).toEqual(words);
  });

  test.each([
    ["of what is not spoken of", "The choir did not sing.", "The band played in the park.", ["not?"]],
    ["by a word that says no among other things", "The cow is missing.", "The cow grazes by the river.", ["missing?"]],
    ["beside what stands against something", "The clerk did not weep.", "The clerk leaned against a wall.", ["not?"]],
    [
      "turned twice, of what is turned once",
      "The pilot did not refuse to land.",
      "The pilot declined to land.",
      ["not?"],
    ],
    ["its opposite is there", "The museum will not reopen.", "The museum stays closed.", ["not?"]],
    [
      "a condition turned into a duty",
      "A nurse must countersign the form before release.",
      "No release without a nurse.",
      ["release?", "nurse?"],
    ],
    [
      "a duty turned into a condition",
      "Nobody swims unless a guard watches.",
      "Guards must watch.",
      ["Nobody?", "unless?"],
    ],
    ["against an opponent", "The council did not object to the plan.", "The council opposed the plan.", ["not?"]],
  ])("is in doubt: %s", (_, statement, evidence, words) => {
    expect(conflicts(statement, evidence)).toEqual(words);
  });

  test.each([
    ["the same in another place", "The shop sold no stamps.", "The shop does not sell stamps."],
    ["another denial", "Nobody died in the fire.", "No lives were lost in the fire."],
    ["a verb that denies", "The pilot refused to land.", "The pilot did not land."],
    ["a beginning that denies", "The price is unchanged.", "The price did not change."],
    ["an opposite that denies", "The council rejected the plan.", "The council did not accept the plan."],
    ["what came first", "It had not snowed since 1990.", "In March it snowed for the first time since 1990."],
    ["a bound", "The gate is open for no more than an hour.", "The gate may not be open for more than an hour."],
    ["a refusal by a noun", "Refusal, said the clerk, met the demand to pay.", "She refused to pay."],
    ["what is denied of something else", "The tenor sang.", "The tenor sang, the alto did not."],
    ["what is said and denied", "It was purchased in May.", "It was bought in May and not bought in June."],
    ["what stands against something", "The boat leaned on the quay.", "The boat leaned against the quay."],
    ["a weak word", "The rule is hard to follow.", "The rule is long."],
    ["instead", "They took a taxi instead.", "They took a taxi."],
  ])("is the same: %s", (_, statement, evidence) => {
    expect(conflicts(statement, evidence)).toEqual([]);
  });

  const vectors: WordVectors = new Map(
    [
      ["singing", 1, 0],
      ["chanting", 0.8, 0.6],
      ["reopen", 0, 1],
      ["closed", 0.1, 1],
    ].map(([word, x, y]) => [String(word), { unit: Float32Array.of(Number(x), Number(y)), weight: 1 }]),
  );
  test("is wrong of what the model knows to be near, which without it is in doubt", () => {
    const [statement, evidence] = ["The monks were not chanting.", "The monks were singing."];
    expect(conflicts(statement, evidence)).toEqual(["not?"]);
    expect(conflicts(statement, evidence, vectors)).toEqual(["not"]);
    // Near, as opposites are.
    expect(conflicts("The museum will not reopen.", "The museum stays closed.", vectors)).toEqual(["not?"]);
  });

  test("is told by what the model knows to be near, said of what is denied", () => {
    const [statement, evidence] = ["The monks were chanting.", "The monks were not singing."];
    expect(conflicts(statement, evidence)).toEqual([]);
    expect(conflicts(statement, evidence, vectors)).toEqual(["chanting"]);
  });
});

test.each([
  ["The pool is closed on Sundays.", "closed", "The pool is open, but never on Sundays.", true],
  ["The pool is closed on Sundays.", "closed", "The pool is open, but never at night.", false],
  ["The pool is closed at noon, with not many staff.", "closed", "The pool opens and has not many staff.", false],
  ["The pool is closed on Sundays.", "closed", "The pool is open, except on Sundays.", false],
])("%j may say by %j what %j denies: %j", (statement, opposite, evidence, isSo) => {
  expect(isDeniedInstead(wordsIn(statement), opposite, wordsIn(evidence))).toBe(isSo);
});
