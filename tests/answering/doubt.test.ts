import fc from "fast-check";
import { expect, it } from "vitest";
import { doubtInWords, withoutDoubts } from "../../src/answering/doubt.ts";
import { answerInWords } from "../../src/answering/groups.ts";
import type { Statement } from "../../src/types.ts";

const statement: Statement = { text: "The pier is long.", citations: [1, 2], rank: 1 };

it.each([
  [{}, "The pier is long. [1][2]"],
  [{ verdict: "supported", missing: [] }, "The pier is long. [1][2]"],
  [
    { verdict: "partly", missing: ["long", "7 m"] },
    'The pier is long. [1][2] (not said so in what is cited: "long", "7 m")',
  ],
  [{ verdict: "partly", missing: [] }, "The pier is long. [1][2] (only in part supported by what is cited)"],
  [{ verdict: "unsupported", missing: ["long"] }, "The pier is long. [1][2] (not supported by what is cited)"],
] as const)("%j", (verdict, words) => {
  expect(answerInWords([{ ...statement, ...verdict }], null)).toBe(words);
});

it("takes every doubt out of an answer that is sent back, and nothing else", () => {
  const words = fc.array(fc.stringMatching(/^[\p{L}\p{N} (),'-]{1,20}$/u), { maxLength: 5 });
  const verdict = fc.constantFrom("supported" as const, "partly" as const, "unsupported" as const);
  const doubtful = fc.record({ verdict, missing: words }).map((one) => ({ ...statement, ...one }));
  fc.assert(
    fc.property(fc.array(doubtful, { minLength: 1, maxLength: 4 }), (statements) => {
      const content = answerInWords(statements, null);
      const bare = statements.map(({ text }) => `${text} [1][2]`).join(" ");
      expect(withoutDoubts({ role: "assistant", content }).content).toBe(bare);
      expect(withoutDoubts({ role: "user", content }).content).toBe(content);
    }),
  );
  expect(doubtInWords(statement)).toBe("");
});

it("leaves alone what a document says in brackets", () => {
  const content = "The rule (not supported by what is cited) is old. [1] (It is.)";
  expect(withoutDoubts({ role: "assistant", content }).content).toBe(content);
});
