import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/documents/parse.ts";

const parse = (text: string) => parseDocument({ path: "guide.md", bytes: new TextEncoder().encode(text) });

describe("a manual in Markdown", () => {
  const manual = `---
title: Coffee Machine
date: 2020-05-04
source: BrewCo
---
<!-- draft -->
# Coffee machine

Welcome.

## Using it

To make a coffee:

1. Fill the tank.
2. Press **Start**.
   Wait.

### Settings

| Setting | Value |
|---------|-------|
| Strong  | 3     |

\`\`\`sh
# not a heading

brew --now
\`\`\`

Loose list
----------

* one
* two

> Keep children
> away.

[docs]: https://example.com "Docs"

## Empty

## Last
See section
2.3 for more, or the year
1996. It was good.
`;
  it("is cut by its blocks, and named by its headings", () => {
    expect(parse(manual).passages.map(({ label, section, text }) => [label, section, text])).toEqual([
      ["¶1", undefined, "Welcome."],
      ["¶2", "Using it", "To make a coffee:\n\n1. Fill the tank.\n2. Press **Start**.\n   Wait."],
      ["¶3", "Using it › Settings", "| Setting | Value |\n|---------|-------|\n| Strong  | 3     |"],
      ["¶4", "Using it › Settings", "```sh\n# not a heading\n\nbrew --now\n```"],
      ["¶5", "Loose list", "* one\n* two"],
      ["¶6", "Loose list", "> Keep children\n> away."],
      ["¶7", "Last", "See section\n2.3 for more, or the year\n1996. It was good."],
    ]);
    expect(parse(manual).document).toMatchObject({ title: "Coffee Machine", date: "2020-05-04", source: "BrewCo" });
  });

  it("keeps code and short tables with the line that introduces them", () => {
    const code =
      "# T\n\nRun this:\n\n```sh\nnpm ci\n```\n\nThen wait.\n\n```sh\nnpm start\n```\n\nFees:\n\n| a | £1 |\n|---|---|\n";
    expect(parse(code).passages.map(({ text }) => text)).toEqual([
      "Run this:\n\n```sh\nnpm ci\n```",
      "Then wait.",
      "```sh\nnpm start\n```",
      "Fees:\n\n| a | £1 |\n|---|---|",
    ]);
    const long = `Fees:\n\n| a | b |\n|---|---|\n${"| some words | and more |\n".repeat(60)}`;
    expect(parse(long).passages[0]?.text).toBe("Fees:");
  });

  it("keeps long ordered items as numbered paragraphs", () => {
    const words = "The two ministers agreed on many things, and wrote them down for later. ".repeat(4);
    expect(
      parse(`# Communiqué\n\n1. ${words}\n2. ${words}\n   - with a bullet\n3. ${words}`).passages.map(
        ({ label }) => label,
      ),
    ).toEqual(["¶1", "¶2", "¶3"]);
  });

  const minutes = [
    "1. The Chair, Ms Ada Brook, opened the meeting at 6 pm.",
    "2. Apologies were received from Mr Nils Orr.",
    "3. Mr Pike proposed that the pond be cleared. The motion was carried by four votes to three.",
    "4. The following grants were made:",
    "- Swimming club: £40",
    "- Brass band: £60",
    "5. The officers are now:\n1. Ms Brook\n2. Mr Pike",
    "6. **Close.** The Chair closed the meeting.",
  ];
  const numbered = [
    ["before ¶1", "Present: Ms Ada Brook (Chair), Mr Pike."],
    ["¶1", minutes[0]],
    ["¶2", minutes[1]],
    ["¶3", minutes[2]],
    ["¶4", `${minutes[3]}\n${minutes[4]}\n${minutes[5]}`],
    ["¶5", minutes[6]],
    ["¶6", minutes[7]],
  ];

  it.each(["\n\n", "\n"])("makes each numbered item that states something a passage of its number", (between) => {
    const text = `# Minutes of the Pond Club\n\nPresent: Ms Ada Brook (Chair), Mr Pike.\n\n${minutes.join(between)}`;
    const { document, passages } = parse(text.replaceAll("£40\n\n", "£40\n").replaceAll("made:\n\n", "made:\n"));
    expect(passages.map(({ label, text }) => [label, text])).toEqual(numbered);
    for (const { start, end, text } of passages) expect(document.text.slice(start, end)).toBe(text);
  });

  it("names them as in plain text", () => {
    const text = `Present: Ms Ada Brook (Chair), Mr Pike.\n\n${minutes.slice(0, 4).join("\n\n")}`;
    const plain = parseDocument({ path: "guide.txt", bytes: new TextEncoder().encode(text) });
    expect(parse(text).passages.map(({ label, text }) => [label, text])).toEqual(
      plain.passages.map(({ label, text }) => [label, text]),
    );
  });

  it("keeps steps in one passage, also long ones and those that stand apart", () => {
    for (const steps of [
      ["Open the valve.", "Close the valve.", "Wait until the lamp is green."],
      [
        "Write to the buyer within five days. Use the enclosed letter.",
        "Tell him to stop using the pump until the repair has been made.",
        "Tighten the attached bolts with the supplied spanner, if needed, beginning with those on the left.",
        "When the lamp is lit, press Start.",
      ],
    ])
      for (const between of ["\n", "\n\n"]) {
        const list = steps.map((step, at) => `${at + 1}. ${step}`).join(between);
        expect(parse(`# Pump\n\n## Repair\n\n${list}`).passages.map(({ text }) => text)).toEqual([list]);
      }
  });

  it("keeps an introduced list with its line, and short sentences together", () => {
    const terms = "1. The tenant pays on the first day. Late payment costs £5.\n2. The landlord mends the roof.";
    expect(parse(`# T\n\nThey agreed as follows:\n\n${terms}`).passages).toHaveLength(1);
    expect(parse("# T\n\nFacts.\n\n1. The sky is blue.\n2. The sea is deep.").passages).toHaveLength(2);
  });

  it("splits a long table between its rows", () => {
    const rows = Array.from({ length: 80 }, (_, at) => `| row ${at} | some words | and more |`).join("\n");
    const { passages } = parse(`# T\n\n| a | b | c |\n|---|---|---|\n${rows}`);
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) expect(text).toMatch(/^\|[\s\S]*\|$/);
  });

  it("says when the front matter cannot be read, and takes rules for rules", () => {
    expect(() => parse("---\ntitle: [a\n---\nText.")).toThrowError(
      expect.objectContaining({ code: "bad-front-matter" }),
    );
    expect(parse("---\n\nJust text between rules.\n\n---\n\nMore.").passages).toHaveLength(2);
  });
});
