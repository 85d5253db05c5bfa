import { expect, it } from "vitest";
import { bothUses, useOf } from "../../src/answering/model-use.ts";
import { countedOn, UNKNOWN } from "../../src/answering/token-counts.ts";
import { llmSettings } from "./scripted-llm.ts";

const MODEL = { name: "a:b", settings: llmSettings("http://127.0.0.1:1/v1", { price: { input: 1, output: 10 } }) };
const counted = (input: number | null, output: number | null, isWhole = true) => ({
  tokens: { input, output },
  isWhole,
});
const use = (...given: Parameters<typeof counted>) => useOf(MODEL, counted(...given), performance.now());

it.each([
  ["all", use(900, 60), { inputTokens: 900, outputTokens: 60, cost: 0.0015, complete: true }],
  ["what is known of a text without an end", use(900, 60, false), { outputTokens: 60, cost: 0.0015, complete: false }],
  ["one of two", use(900, null), { inputTokens: 900, outputTokens: null, cost: 0.0009, complete: false }],
  ["nothing", use(null, null), { inputTokens: null, outputTokens: null, cost: null, complete: false }],
])("tells %s", (_, given, expected) => {
  expect(given).toMatchObject(expected);
});

it("adds two requests, and keeps what is known of one", () => {
  expect(bothUses(use(100, 10), use(900, 60))).toMatchObject({ inputTokens: 1000, outputTokens: 70, complete: true });
  const known = { inputTokens: 100, outputTokens: 10, cost: 0.0002, complete: false };
  expect(bothUses(use(100, 10), use(null, null))).toMatchObject(known);
  expect(bothUses(use(null, null), use(100, 10))).toMatchObject(known);
  expect(bothUses(null, use(100, 10))).toMatchObject({ inputTokens: 100, complete: true });
  expect(bothUses(use(null, null), use(null, null))).toMatchObject({ inputTokens: null, cost: null });
});

it.each<[string, unknown[], number | null, number | null]>([
  ["OpenAI", [{ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } }], 9, 4],
  [
    "Anthropic",
    [
      { type: "message_start", message: { usage: { input_tokens: 9, output_tokens: 1 } } },
      { type: "message_delta", usage: { output_tokens: 6 } },
    ],
    9,
    6,
  ],
  [
    "Google",
    [
      { usageMetadata: { promptTokenCount: 9, thoughtsTokenCount: 5 } },
      { usageMetadata: { promptTokenCount: 9, thoughtsTokenCount: 5, candidatesTokenCount: 2 } },
    ],
    9,
    7,
  ],
  ["nobody", [null, "x", { usage: null }, { usage: { prompt_tokens: "9", completion_tokens: -1 } }], null, null],
])("reads the counts of %s piece by piece", (_, pieces, input, output) => {
  expect(pieces.reduce(countedOn, UNKNOWN)).toEqual({ tokens: { input, output }, isWhole: false });
});
