import { describe, expect, test } from "vitest";
import { isLight, missingWords } from "../../../src/answering/verification/content-words.ts";
import { readText } from "../../../src/answering/verification/evidence.ts";
import type { WordVectors } from "../../../src/answering/verification/word-vectors.ts";

/** As it is where no rule has taken a word for its own: every word that is none of function is open. */
function missing(statement: string, said: string, around = "", vectors: WordVectors | null = null): string[] {
  const { words } = readText(statement);
  const open = words.filter(({ isFunction }) => !isFunction);
  return missingWords(open, words, readText(said).words, readText(around).words, vectors).map(({ text }) => text);
}

describe("words that what is cited does not have are told", () => {
  test.each([
    ["two of them", "The nurse grows orchids.", "The nurse sings.", ["grows", "orchids"]],
    ["a verb in another's place", "The agency insulted each worker.", "The agency trained each worker.", ["insulted"]],
    ["who says it", "The gardener says the nurse sings of orchids.", "The nurse sings.", ["gardener", "orchids"]],
    [
      "a source of nothing",
      "The nurse tore the leaflet, she hates orchids.",
      "The nurse sings.",
      ["tore", "leaflet", "hates", "orchids"],
    ],
    ["an opposite", "The soup is cold, the wine sour.", "The soup is hot, the wine sweet.", ["cold", "sour"]],
    ["light ones are not counted", "The nurse got orchids for teapots.", "The nurse sings.", ["orchids", "teapots"]],
  ])("%s: %j of %j: %j", (_, statement, said, words) => {
    expect(missing(statement, said)).toEqual(words);
  });

  test.each([
    ["a single word", "The nurse has orchids.", "The nurse sings."],
    ["light words", "The nurse got and gave further reports.", "The nurse sings of reports."],
    ["another form", "Nurses were singing happily.", "The happy nurse sang."],
    ["another word for it", "The doctor purchased an automobile.", "The doctor bought a car."],
    ["a more general word", "The vessel carried animals.", "The ferry carried horses."],
    ["one listed as alike", "Costs were larger and prices grew.", "Costs were higher and prices climbed."],
    ["where it is from", "The leaflet says the nurse sings of orchids.", "The nurse sings."],
    ["according to what", "According to the minutes nurses sing of orchids.", "Nurses sing."],
    ["a noun in another's place", "The old clerk sings.", "The old nurse sings."],
    ["a verb at the end", "Each worker sells.", "Each worker lends."],
    ["a verb between others", "The agency insulted the nurse.", "The agency trained each worker of a nurse."],
    ["the same verb", "The agency lends each worker.", "The agency lent each worker."],
  ])("but not %s: %j of %j", (_, statement, said) => {
    expect(missing(statement, said)).toEqual([]);
  });

  test("nor those of the passage before", () => {
    expect(missing("The nurse grows orchids.", "She sings.", "A nurse, who grew an orchid, came.")).toEqual([]);
    // What only means the same must stand in what is quoted.
    expect(missing("The doctor purchased an automobile.", "She sings.", "A doctor bought a car.")).toEqual([
      "purchased",
      "automobile",
    ]);
  });

  test("by what they weigh together", () => {
    const weights = (orchids: number, grows: number): WordVectors =>
      new Map(Object.entries({ orchids, grows }).map(([word, weight]) => [word, { unit: Float32Array.of(1), weight }]));
    const told = (vectors: WordVectors) => missing("The nurse grows orchids.", "The nurse sings.", "", vectors);
    expect(told(weights(0.3, 0.4))).toEqual([]);
    expect(told(weights(0.9, 0.9))).toEqual(["grows", "orchids"]);
  });
});

test.each([
  ["according", true],
  ["percent", true],
  ["orchid", false],
  ["not", false],
])("%j is light: %j", (word, light) => {
  expect(isLight(word)).toBe(light);
});
