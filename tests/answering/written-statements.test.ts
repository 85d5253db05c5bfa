import fc from "fast-check";
import { expect, it } from "vitest";
import { type RawStatement, statementReader } from "../../src/answering/written-statements.ts";
import { answerJson, said } from "./scripted-llm.ts";

function readAll(text: string, size = text.length || 1): { statements: RawStatement[]; isSilent: boolean } {
  const reader = statementReader();
  const statements: RawStatement[] = [];
  for (let at = 0; at < text.length; at += size) statements.push(...reader.read(text.slice(at, at + size)));
  const { late, isSilent } = reader.end();
  return { statements: [...statements, ...late], isSilent };
}

const A = said("The pier is long.", 1, "long");
const B = said('He said "no" {twice}.', 2, "back\\slash");
const BOTH = [A, B];
const [a, b] = BOTH.map((one) => JSON.stringify(one));

it.each([
  ["as asked", answerJson(A, B)],
  ["in a code fence", `\`\`\`json\n${answerJson(A, B)}\n\`\`\``],
  ["with prose around", `Here is "my answer:\n${answerJson(A, B)}\nI hope {this} helps.`],
  ["after a bracket in prose", `The set {a, "b is here. ${answerJson(A, B)}`],
  ["with commas too many", `{"statements": [${a}, ${b?.replace("]", ",]").replace(/\}$/, ",}")},],}`],
  ["one object a line", `${a}\n${b}`],
  ["a list alone", `[${a},${b}]`],
  ["without its end", `{"statements": [${a}, ${b}, {"text": "And`],
  ["with needless backslashes", answerJson(A, B).replace("The pier", "The\\ pier")],
  ["twice the same", answerJson(A, B, A, B)],
])("reads statements %s", (_, text) => {
  for (const size of [1, 3, 1000]) expect(readAll(text, size).statements).toEqual(BOTH);
});

it.each([
  ['{"text": "x", "passage": 2, "quote": "q"}', [{ passage: 2, quote: "q" }]],
  [
    '{"text": "x", "passages": [1, "3"]}',
    [
      { passage: 1, quote: "" },
      { passage: 3, quote: "" },
    ],
  ],
  ['{"statement": "x", "citations": [1, "[2]", "passage 3"]}', [1, 2, 3].map((passage) => ({ passage, quote: "" }))],
  ['{"text": "x", "citations": {"passage": "4", "quote": "q"}}', [{ passage: 4, quote: "q" }]],
  ['{"text": "x", "citations": [{"passage": 1, "text": "q"}]}', [{ passage: 1, quote: "q" }]],
  ['{"text": "x", "citations": [{"passage": 1.5, "quote": 7}, {"passage": null}, null, true]}', []],
  ['{"text": "x"}', []],
])("reads what it cites of %s", (text, citations) => {
  expect(readAll(text).statements).toEqual([{ text: "x", citations }]);
});

it.each([
  '{"text": 7}',
  '{"text": " "}',
  '{"quote": "q", "passage": 1}',
  '{"statements": "none"}',
  "null",
  "",
  "{{{{",
  '"text"',
])("finds no statement in %s", (text) => expect(readAll(text).statements).toEqual([]));

it("reads line breaks within a sentence", () => {
  expect(readAll('{"text": "The\n\tpier."}').statements).toEqual([{ text: "The\n\tpier.", citations: [] }]);
});

it("gives a statement with the bracket that ends it", () => {
  const reader = statementReader();
  expect(reader.read(`{"statements": [${a?.slice(0, -1)}`)).toEqual([]);
  expect(reader.read("}, ")).toEqual([A]);
  expect(reader.end()).toMatchObject({ isClosed: false, isSilent: false });
});

it.each([
  ['{"answerable": false, "statements": []}', true],
  ['{"statements": []}', true],
  ['```json\n{"answerable":"false"}\n```', true],
  [answerJson(A), false],
  ['{"answerable": true, "statements": []}', false],
  [`{"answerable": false, "statements": [${a}]}`, true],
  ["{}", false],
])("knows whether the passages are said not to answer: %s", (text, isSilent) => {
  expect(readAll(text).isSilent).toBe(isSilent);
});

it("reads any text, and the same in pieces as at once", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ",",
    ":",
    "text",
    '"text":"x"',
    '"citations":',
    "1",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const text = pieces.join("");
      expect(readAll(text, size)).toEqual(readAll(text));
    }),
  );
});
