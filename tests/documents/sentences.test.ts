import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "../../src/documents/sentences.ts";

const sentences = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  it.each([
    ["abbreviated names", "The U.S. Forces met Gen. Park Hanki. He left.", 2],
    ["an acronym that ends one", "He lives in the U.S. The rest stayed.", 2],
    ["initials", "R. Nicholas Burns met John M. Shalikashvili. They spoke.", 2],
    ["numbers", "See No. 5 and p. 3. It cost 4.5 million.", 2],
    ["latin", "Fruit, e.g. Apples, i.e. Cox, are good. Eat them.", 2],
    ["firms", "Acme Inc. Chairman Jo Poe resigned. Nobody cried.", 2],
    ["months", "On Nov. 15 they met. On Dec. 3 they parted.", 2],
    ["ellipses", "He said ... The plan holds. We wait... and see.", 2],
    ["a closing quote", "the motto, “Be Prepared.” On that note, he left.", 2],
    ["a bracketed sentence", "They will consult. (See related article.)", 2],
    ["semicolons", "One; two; three.", 1],
    ["a question in a sentence", "“Why?” he asked. She laughed!", 2],
    ["wrapped lines", "This line is wrapped\nafter a word. And this\nis another.", 2],
    ["a blank line", "No stop here\n\nAnother paragraph", 2],
    ["Japanese", "今日は。明日は！", 2],
    ["references", "It fell in 1996.[3] It rose later.[4][5] It stayed.", 3],
    ["doctors", "Dr. Maria Lopez spoke. Prof. Lee did not.", 2],
    ["no. as a word", "He said no. Then he left.", 2],
    ["a quotation", '"We waited for the crane. It never came," she said. He left.', 2],
    ["a curly quotation", "“We waited. It never came,” she said. He left.", 2],
    ["a single quotation", "'We took the boys' boat. It sank,' she said. He left.", 2],
    ["a quotation between others", 'A "crane," he said. She said: "We waited. It came." They left.', 3],
    ["inches", 'The 12" pipe broke. We sent for the 14" pipe. It never came.', 3],
    ["a mark that nobody closes", 'She wrote: "We waited. It came. He left.', 3],
    ["a mark closed too late", `"We waited. ${"It rained and it snowed. ".repeat(20)}It came," she said.`, 22],
    ["apostrophes", "'Twas in the '90s. The girls' boat sank. It was the boys' boat.", 3],
    ["shortened given names", "Paid to Jos. Barlow and Wm. Tarr. They signed.", 2],
    ["times", "We met at 7 p.m. The room was full.", 2],
  ])("%s", (_, text, count) => {
    expect(sentences(text)).toHaveLength(count);
  });

  it("begins after a paragraph's number or a bullet", () => {
    expect(sentences("6. Both agreed. They left.\n\n° In response, he spoke.\n- a dash")).toEqual([
      "Both agreed.",
      "They left.",
      "In response, he spoke.",
      "a dash",
    ]);
    expect(sentences("Article 5. The tenant pays.")).toEqual(["The tenant pays."]);
  });

  it("does not take a dash or a number at a wrapped line's start for an item", () => {
    expect(sentences("the long way home was\n- as he said - a detour in the year\n1996. It rained.")).toHaveLength(2);
  });

  const word = fc.constantFrom(
    "The",
    "U.S.",
    "Gen.",
    "p.",
    "3",
    "6.",
    "said",
    "“No.”",
    "...",
    "\n",
    "\n\n",
    "- ",
    "° ",
    "。",
    "| a |",
    "(a) ",
    "1.5",
    "[2]",
    "É",
    "\u00a0",
  );
  it("never overlap, are trimmed, in order, and leave nothing out but marks", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "grapheme" }),
          fc.array(word, { maxLength: 40 }).map((all) => all.join(" ")),
        ),
        (text) => {
          let last = 0;
          for (const { start, end } of splitSentences(text)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            const sentence = text.slice(start, end);
            expect(sentence).toBe(sentence.trim());
            const between = text.slice(last, start).trim();
            expect(between).toMatch(/^(?:\S{1,14}(?:\s+\S{1,8})?(?:\s*\n\s*)?)*$/);
            last = end;
          }
          expect(splitSentences(text).length > 0 || text.trim().length < 20).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
