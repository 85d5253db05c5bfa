import fc from "fast-check";
import { expect, it } from "vitest";
import { plainStatement, strangeAddresses } from "../../src/answering/plain-statement.ts";

it.each([
  ["**The pier** is _long_ and `old`. [1]", "The pier is long and old."],
  ["- The pier is long", "The pier is long"],
  ["## The pier", "The pier"],
  ["See [the pier](https://evil.example/x) now", "See the pier now"],
  ["The pier ![x](https://evil.example/?q=1) is long.", "The pier is long."],
  ["<b>The pier</b> is <img src=x onerror=alert(1)> long", "The pier is long"],
  ["The pier<script>alert(1)</script> is long", "The pier is long"],
  ["The pier <img src=x", "The pier"],
  ["The\u202e pier\u200b is\u0007 long\n today", "The pier is long today"],
  ["snake_case_name and 2 * 3 * 4 < 5", "snake_case_name and 2 * 3 * 4 < 5"],
  ["See <https://evil.example/a>", "See https://evil.example/a"],
  ["The pier ![[list]](//harbour.example/p) is long.", "The pier is long."],
  ["The pier [[list]](//harbour.example/p) is long.", "The pier list is long."],
  ["A ![x](http://e.example/(1)?q=a) b", "A b"],
  ["![a [b](c)](http://e.example/x) t", "t"],
  ["Its ![costs\\]](//side/costs)", "Its"],
  ["Its &lt;img src=//side/costs&gt; costs &#60;b>rise&amp;lt;/b&amp;gt;", "Its costs rise"],
  ["<<img src=x>img src=y> costs", "costs"],
  ["[costs]: //side/costs", "(costs): //side/costs"],
  ["It costs ~5 [sic] ~~in `all", "It costs ~5 (sic) in 'all"],
  ["AT&T, C#, p<0.05, a <= b, C:\\dir and 50 > 5", "AT&T, C#, p<0.05, a <= b, C:\\dir and 50 > 5"],
])("%j as plain text is %j", (text, plain) => {
  expect(plainStatement(text)).toBe(plain);
});

it.each([
  ["Write to ann@example.org.", ["ann@example.org"]],
  ["See https://example.org/a?b=c, today", ["https://example.org/a?b=c"]],
  ["See example.org/a or www.example.org", ["example.org/a", "www.example.org"]],
  ["Run javascript:alert now", ["javascript:alert"]],
  ["See //side/costs and https:/side/costs", ["//side/costs", "https:/side/costs"]],
  ["See 1.2.3.4/x, localhost:80/x and side:8080/x", ["1.2.3.4/x", "localhost:80/x", "side:8080/x"]],
  ["See evil.рф, t.co and evil。com", ["evil.рф", "t.co", "evil。com"]],
  ["See evil(.)example or http:\\\\evil", ["evil(.)example", "http:\\\\evil"]],
  ["AT&T and/or J. Smith, Ph.D., at 10:30, 1/2 a.m.", []],
  ["It cost 3.50 on 1.2.2015, e.g. in the U.S. at no. 4.", []],
])("of %j the strange addresses are %j", (text, addresses) => {
  expect(strangeAddresses(text, ["Nothing"])).toEqual(addresses);
  expect(strangeAddresses(text, [text])).toEqual([]);
});

it.each([
  ["See harbour.example/p.", "The list is at https://harbour.example/p for all.", true],
  ["See https://harbour.example/list.", "The list is at https://harbour.example/\nlist.", true],
  ["See harbour.ex for it.", "The list is at https://harbour.example/p.", false],
  ["See bour.example for it.", "The list is at harbour.example.", false],
  ["See harbour.example for it.", "The list is at harbour.example.net.", false],
  ["See //harbour.example/p for it.", "The list is at harbour.example/p.", false],
])("%j with an address of %j: %s", (text, quote, isOwn) => {
  expect(strangeAddresses(text, [quote]).length === 0).toBe(isOwn);
});

/** What a reader of Markdown or HTML makes live: links, images, references, tags, entities, escapes. */
function liveMarkup(text: string): string[] {
  const patterns = [
    /!?\[.*\]/g,
    /<[a-z!?/][^>]*>?/gi,
    /<[^\s<>]+[@:][^\s<>]*>/g,
    /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi,
    /\\[!-/:-@[-`{-~]/g,
    /\S~/g,
    /`/g,
  ];
  return patterns.flatMap((pattern) => text.match(pattern) ?? []);
}

/** What a reader makes a link of though nothing marks it as one. */
const liveAddresses = (text: string) =>
  text.match(
    /[a-z][a-z\d+.-]*:\/\/[^\s<]+|\bwww\.[^\s<]+|(?<!\S)\/\/[^\s<]+|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:example|com)\b/gi,
  ) ?? [];

const OWN = "https://harbour.example/p";
const piece = fc.oneof(
  fc.constantFrom(
    ...["[", "]", "(", ")", "!", "![", "](", "[[", "]]", "]:", "<", ">", "</", "<img src=", "<!--", "&", ";", "&lt;"],
    ...[
      "&gt",
      "&#60;",
      "&#x5b;",
      "&amp;",
      "&lsqb;",
      "\\",
      "\\]",
      "`",
      "~~",
      "*",
      "_",
      "#",
      " ",
      "\n",
      "\u200b",
      "\u0000",
    ],
    ...["//side/costs", "http://evil.example", "https:/evil", "www.evil.com", "a@evil.com", "javascript:x", "costs"],
    ...[OWN, "evil.com", "href{", "1", ":", "/", '"', "'"],
  ),
  fc.string({ maxLength: 3 }),
);
const texts = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

it("leaves nothing that a reader of Markdown or HTML makes live, but addresses of the quote", () => {
  const quote = `See ${OWN} for the costs.`;
  fc.assert(
    fc.property(texts, (text) => {
      const plain = plainStatement(text);
      expect(liveMarkup(plain)).toEqual([]);
      // Two statements, their markers behind them, as the text of an answer has them.
      expect(liveMarkup(`${plain} (1) ${plain} (2)`)).toEqual([]);
      if (strangeAddresses(plain, [quote]).length > 0) return;
      for (const address of liveAddresses(plain)) expect(quote).toContain(address.replace(/[^\p{L}\p{N}]+$/u, ""));
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ["It was Northmoor Piling [1][2].", "It was Northmoor Piling."],
  ["It is long [1, 2] and wide [3].", "It is long and wide."],
  ["It costs 5【1】.", "It costs 5."],
  ["It is long [passage 1].", "It is long."],
  ["It is long (passage 1).", "It is long."],
  ["It is long (1).", "It is long."],
  ["It is long¹.", "It is long."],
  ["1. The contract went to Bo.", "The contract went to Bo."],
  ["It covers 40 km².", "It covers 40 km²."],
  ["So says clause (1).", "So says clause (1)."],
  ["It was so in the law (1999).", "It was so in the law (1999)."],
])("of %j the mark of a citation is gone: %j", (text, plain) => {
  expect(plainStatement(text)).toBe(plain);
});
