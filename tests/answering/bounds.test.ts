import { describe, expect, it } from "vitest";
import { type CheckStatement, checkWritten } from "../../src/answering/check-written.ts";
import { generativeWriter } from "../../src/answering/generative.ts";
import { isInstruction } from "../../src/answering/instructions.ts";
import type { LanguageModel } from "../../src/answering/language-model.ts";
import { ordersIn } from "../../src/answering/orders.ts";
import { plainStatement } from "../../src/answering/plain-statement.ts";
import { statementReader } from "../../src/answering/written-statements.ts";
import { draftOf, quoteCheck } from "./drafts.ts";
import { answerJson, llmSettings, said } from "./scripted-llm.ts";

const DRAFT = draftOf({
  pier: { title: "Pier", paragraphs: ["The pier is 40 metres long.", "The crane of the yard was sold in May."] },
});
const LONG = 24_000;
const fill = (part: string) => part.repeat(Math.ceil(LONG / part.length)).slice(0, LONG);

/** Milliseconds that a machine with much else to do may take; what is not bounded takes minutes. */
const SOON = 2_000;

function expectSoon(work: () => unknown): void {
  const started = performance.now();
  work();
  expect(performance.now() - started).toBeLessThan(SOON);
}

describe("whatever a model writes is read soon", () => {
  const nested = (part: string, close: string) => part.repeat(3_000) + close.repeat(3_000);
  it.each([
    nested("{", "}"),
    nested('{"a":', "}"),
    nested("[{", "}]"),
    fill('{"note": "none"},'),
    fill('{"'),
    fill("\\frac{a}{b} and "),
    `{"points":[${fill('{"point":"The pier is 40 metres long."},')}]}`,
  ])("as an answer: %.24s", (text) =>
    expectSoon(() => {
      const reader = statementReader();
      for (let at = 0; at < text.length; at += 20) reader.read(text.slice(at, at + 20));
      reader.end();
    }),
  );

  it.each([`See [${fill("1")} there`, fill("[1, "), fill("`"), fill("**a "), fill("["), fill("![")])(
    "as a sentence: %.24s",
    (text) => expectSoon(() => plainStatement(text)),
  );

  it.each([fill(". please "), fill("ignore "), fill("["), fill("AI "), fill(" "), fill("a"), fill(", and")])(
    "as an order: %.24s",
    (text) => expectSoon(() => isInstruction(text)),
  );
});

async function checked(raw: Parameters<typeof checkWritten>[0]) {
  let count = 0;
  const check: CheckStatement = (text, cited) => {
    count++;
    return quoteCheck(text, cited);
  };
  const { evidence } = DRAFT;
  return { ...(await checkWritten(raw, evidence, ordersIn("", evidence), check)), count };
}

const QUOTE = "The pier is 40 metres long";

it.each([
  ["a statement of a page", said(`${"The pier is long. ".repeat(40)}`, 1, QUOTE)],
  ["markup without an end", said(`${"<b>".repeat(600)}The pier is long.`, 1, QUOTE)],
  ["nine citations", { text: "The pier is long.", citations: Array(9).fill({ passage: 1, quote: QUOTE }) }],
  ["a quote of a page", said("The pier is long.", 1, `${QUOTE}. `.repeat(60))],
])("does not check %s", async (_, raw) => {
  expect(await checked(raw)).toMatchObject({ isFit: false, verdict: "unsupported", count: 0 });
});

it.each([
  ["the one other passage that has the quote", 2, QUOTE, "pier#p1"],
  ["it where the number is none", 7, QUOTE, "pier#p1"],
  ["no other for words that stand anywhere", 2, "The", null],
])("cites %s", async (_, passage, quote, id) => {
  const { quotes } = await checked(said("The pier is 40 metres long.", passage, quote));
  if (id === null) expect(quotes.every(({ source }) => source.passage.passageId === "pier#p2")).toBe(true);
  else expect(quotes.map(({ source }) => source.passage.passageId)).toEqual([id]);
});

/** A model that writes the text at once. */
function modelOf(text: string, timeoutMs: number): LanguageModel {
  return {
    name: "scripted:any",
    settings: llmSettings("http://127.0.0.1:1/v1", { timeoutMs }),
    async *stream() {
      yield text;
      return { reason: "stop", tokens: { input: 1, output: 1 } };
    },
  };
}

it("keeps the deadline between statements, and lets timers tick", async () => {
  const text = answerJson(...Array.from({ length: 150 }, (_, i) => said(`The pier is ${i} metres long.`, 1, QUOTE)));
  const slow: CheckStatement = (statement, cited) => {
    for (const end = performance.now() + 5; performance.now() < end; );
    return quoteCheck(statement, cited);
  };
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const started = performance.now();
  const writing = generativeWriter(modelOf(text, 200), slow).write("How long is the pier?", DRAFT);
  let next = await writing.next();
  while (!next.done) next = await writing.next();
  clearInterval(timer);
  expect(next.value).toMatchObject({ ending: { reason: "timeout" }, use: { complete: false } });
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(ticks).toBeGreaterThan(5);
});
