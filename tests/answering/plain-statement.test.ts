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
])("%j as plain text is %j", (text, plain) => {
  expect(plainStatement(text)).toBe(plain);
});

it.each([
  ["Write to ann@example.org.", ["ann@example.org"]],
  ["See https://example.org/a?b=c, today", ["https://example.org/a?b=c"]],
  ["See example.org/a or www.example.org", ["example.org/a", "www.example.org"]],
  ["Run javascript:alert now", ["javascript:alert"]],
  ["It cost 3.50 on 1.2.2015, e.g. in the U.S. at no. 4.", []],
])("of %j the strange addresses are %j", (text, addresses) => {
  expect(strangeAddresses(text, ["Nothing"])).toEqual(addresses);
  expect(strangeAddresses(text, [text])).toEqual([]);
});
