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
