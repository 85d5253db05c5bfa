import fc from "fast-check";
import { expect, it } from "vitest";
import { findMentions } from "../../src/retrieval/phrase.ts";
import { terms } from "../../src/retrieval/tokenize.ts";
import { indexOf } from "../make-index.ts";

async function mentions(phrase: string, paragraphs: readonly string[], exact = false): Promise<string[]> {
  const index = await indexOf({ report: { title: "Report on the harbour", paragraphs } });
  return findMentions(index, [{ text: phrase, exact }]).flatMap(({ ordinal, found }) =>
    found.map(({ start, end }) => (index.passages[ordinal]?.text ?? "").slice(start, end)),
  );
}

it.each<[phrase: string, text: string, found: readonly string[]]>([
  [
    "UN Security Council",
    "The UN Security Council's view, the UN\n  Security Council.",
    ["UN Security Council's", "UN\n  Security Council"],
  ],
  ["port authority", "Port authorities of the port. Authority alone.", ["Port authorities"]],
  ["Gen. Marsh", "Here Gen. Marsh spoke.", ["Gen. Marsh"]],
  ["eel", "An eel, two eels, a wheel and eel-grass.", ["eel", "eels", "eel"]],
  ["US", "The U.S. told us that US forces left; USA.", ["U.S.", "US"]],
  ["Gdansk", "In Gdańsk and gdansk.", ["Gdańsk", "gdansk"]],
  ["dying", "They die; it is dying.", ["die", "dying"]],
  ["Washington, D.C.", "In Washington, D.C. it rained.", ["Washington, D.C."]],
  ["crane harbour", "The crane, harbour and crane harbour.", ["crane harbour"]],
  ["1000", "It cost 1,000 crowns.", ["1,000"]],
  ["buy", "She bought it; they buy and buys; buyers.", ["bought", "buy", "buys"]],
  ["bought", "She bought it; they buy.", ["bought", "buy"]],
  ["child", "The children's child.", ["children's", "child"]],
  ["find a knife", "They found a knife; founded a knife; find a knife.", ["found a knife", "find a knife"]],
  ["rose", "The rose rises.", ["rose"]],
  ["meeting", "They met; the meetings.", ["meetings"]],
  ["Drew", "Drew draws; he drew it.", ["Drew", "drew"]],
  ["fisherman", "Two fishermen and a human.", ["fishermen"]],
  ["withdraw", "It withdrew; withdrawn; drew.", ["withdrew", "withdrawn"]],
  ["harbour", "Only the title speaks of it.", []],
])("finds the forms of %s", async (phrase, text, found) => {
  expect(await mentions(phrase, ["Nothing here.", text])).toEqual(found);
});

it.each<[phrase: string, text: string, found: readonly string[]]>([
  [
    "nuclear umbrella",
    "A Nuclear\n umbrella; nuclear umbrellas; nuclear umbrella.",
    ["Nuclear\n umbrella", "nuclear umbrella"],
  ],
  ["don't wait", "Don’t wait! He said: don't  wait.", ["Don’t wait", "don't  wait"]],
  ["eel", "A wheel and an eel.", ["eel"]],
  ["(a+b)", "Add (a+b) to it.", ["(a+b)"]],
  ["統一", "南北統一を", ["統一"]],
])("finds the characters of “%s”", async (phrase, text, found) => {
  expect(await mentions(phrase, ["Nothing here.", text], true)).toEqual(found);
});

it("counts what two phrases share once", async () => {
  const index = await indexOf({ a: { title: "A", paragraphs: ["Otto Pell met Pell."] } });
  const both = [
    { text: "Pell", exact: false },
    { text: "Otto Pell", exact: false },
  ];
  expect(findMentions(index, both)).toEqual([
    {
      ordinal: 0,
      found: [
        { start: 0, end: 9 },
        { start: 14, end: 18 },
      ],
    },
  ]);
});

it("finds as many as reading every word of every passage does", async () => {
  const word = fc.constantFrom(
    "port",
    "ports",
    "Port's",
    "authority",
    "authorities",
    "étage",
    "the",
    "a-b",
    "U.S.",
    "3.5",
    "—",
  );
  const paragraph = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 4 }), paragraph, async (paragraphs, phrase) => {
      const wanted = terms(phrase.toLowerCase().split(" ").slice(0, 2).join(" "));
      fc.pre(wanted.length > 0);
      let count = 0;
      for (const text of paragraphs) {
        const all = terms(text);
        for (let at = 0; at + wanted.length <= all.length; ) {
          const holds = wanted.every((term, i) => all[at + i] === term);
          if (holds) count++;
          at += holds ? wanted.length : 1;
        }
      }
      expect((await mentions(wanted.join(" "), paragraphs)).length).toBe(count);
    }),
    { numRuns: 60 },
  );
});
