import { expect, it } from "vitest";
import { countriesOf, nationalityOf } from "../../src/retrieval/nationality.ts";
import { peopleInRole } from "../../src/retrieval/people.ts";
import { indexOf } from "../make-index.ts";

const index = await indexOf({
  early: {
    title: "Talks",
    date: "2001-03-04",
    people: [
      { name: "Lindiwe Otieno", role: "Kenyan Vice Minister of Fisheries" },
      { name: "Jean Marol", role: "French Minister of Fisheries" },
    ],
    paragraphs: ["The Kenyan Vice Minister met the French minister."],
  },
  late: {
    title: "Visit",
    date: "2009-03-04",
    people: [{ name: "Peter Mbaru", role: "Foreign Minister" }],
    paragraphs: ["Kenya and its Foreign Minister were thanked."],
  },
  elsewhere: {
    title: "Call",
    date: "2009-05-04",
    people: [{ name: "Ana Lobo", role: "Minister of Fisheries of Portugal" }],
    paragraphs: ["The minister called."],
  },
  town: {
    title: "Minutes",
    date: "2009-06-04",
    people: [{ name: "Ida Fenn", role: "Deputy Mayor" }],
    paragraphs: ["The Mayor promised a bridge."],
  },
});
const meant = (text: string) => peopleInRole(text, index).map(({ name }) => name);

it.each([
  ["What did the Kenyan minister say?", ["Lindiwe Otieno", "Peter Mbaru"]],
  ["What did the French minister say?", ["Jean Marol"]],
  ["What did the Dutch minister say?", []],
  ["What did the foreign minister say?", ["Peter Mbaru"]],
  ["What did the Mayor promise?", []],
  ["What did the Deputy Mayor promise?", ["Ida Fenn"]],
])("%s", (text, names) => expect(meant(text)).toEqual(names));

it("knows a country by its adjective", () => {
  const countries: readonly (readonly [string, string])[] = [
    ["Kenyan", "kenya"],
    ["Polish", "poland"],
    ["Japanese", "japan"],
    ["Canadian", "canada"],
    ["French", "france"],
    ["Turkish", "turkey"],
  ];
  for (const [adjective, country] of countries) {
    const known = nationalityOf(adjective);
    expect(known && countriesOf(known)).toContain(country);
  }
  expect(countriesOf("austrian")).not.toContain("australia");
  expect(["Deputy", "us", "finance"].map(nationalityOf)).toEqual([null, null, null]);
});
