import { inspect } from "node:util";
import { expect, it } from "vitest";
import { generativeWriter } from "../../src/answering/generative.ts";
import { languageModel } from "../../src/answering/language-model.ts";
import { chooseLanguageModel, passagesSent, requireLanguageModel } from "../../src/answering/providers.ts";
import type { LlmSettings } from "../../src/config.ts";
import { PilcrowError, UsageError } from "../../src/errors.ts";
import { draftOf, quoteCheck } from "./drafts.ts";
import {
  answerJson,
  type LlmScript,
  llmSettings,
  refuse,
  said,
  scriptedLlm,
  send,
  startStream,
} from "./scripted-llm.ts";

const KEY = "sk-never-shown-1234567890";
const keyed = (name: string, variable: string) => ({
  name,
  key: (asked: string) => (asked === variable ? KEY : undefined),
});

const named = (name: string, given: Partial<LlmSettings> = {}) =>
  llmSettings("", { name, baseUrl: undefined, ...given });

it.each([
  ["openai:any", "OPENAI_API_KEY", "api.openai.com"],
  ["anthropic:any", "ANTHROPIC_API_KEY", "api.anthropic.com"],
  ["google:any", "GOOGLE_GENERATIVE_AI_API_KEY", "generativelanguage.googleapis.com"],
])("%s takes its own key or ours, and says where texts go", async (name, variable, host) => {
  for (const taken of [variable, "PILCROW_LLM_API_KEY"]) {
    await requireLanguageModel(named(name, keyed(name, taken)));
    expect(passagesSent(named(name, keyed(name, taken)))).toBe(
      `for a generative answer the question, the last turns of its conversation and the passages found for it are sent to ${host}, the host of ${name}`,
    );
  }
});

it("needs no key for a model on this machine, whose name may have a colon", () => {
  expect(chooseLanguageModel(named("ollama:llama3.2:3b"))).toMatchObject({ host: "localhost:11434" });
  const elsewhere = named("ollama:llama3.2", { baseUrl: "http://10.0.0.7:11434/v1/" });
  expect(chooseLanguageModel(elsewhere)).toMatchObject({ host: "10.0.0.7:11434" });
});

const WRONG: readonly [string, Partial<LlmSettings>, RegExp][] = [
  ["nobody:any", {}, /no provider that is known.*openai, anthropic, google, ollama, openai-compatible/],
  [KEY, {}, /no provider that is known/],
  ["constructor:any", {}, /no provider that is known/],
  ["openai", {}, /openai without a model.*openai:MODEL/],
  ["ollama: ", {}, /ollama without a model/],
  ["openai:any", {}, /needs a key.*PILCROW_LLM_API_KEY or OPENAI_API_KEY/],
  ["anthropic:any", {}, /needs a key.*ANTHROPIC_API_KEY/],
  ["google:any", {}, /needs a key.*GOOGLE_GENERATIVE_AI_API_KEY/],
  ...["openai", "anthropic", "google"].map((name): (typeof WRONG)[number] => [
    `${name}:any`,
    { baseUrl: "http://other.example/v1", key: (asked) => (asked === "PILCROW_LLM_API_KEY" ? undefined : KEY) },
    /needs a key. Set PILCROW_LLM_API_KEY .*is not sent to other.example/,
  ]),
  ["openai:any", { key: () => `${KEY}\n` }, /characters that no key has/],
  ["openai-compatible:any", {}, /needs an address.*PILCROW_LLM_BASE_URL/],
  ["ollama:any", { baseUrl: "ftp://example.org/v1" }, /PILCROW_LLM_BASE_URL is not an address/],
  ["ollama:any", { baseUrl: `http://ann:${KEY}@example.org/v1` }, /without a user name/],
  ["ollama:any", { baseUrl: `http://example.org/v1?key=${KEY}` }, /without a user name, a query/],
  ["ollama:any", { baseUrl: KEY }, /is not an address/],
];

it.each(WRONG)("says what to set, and no key: %s %o", async (name, given, message) => {
  const error: unknown = await requireLanguageModel(named(name, given)).catch((thrown: unknown) => thrown);
  if (!(error instanceof PilcrowError)) throw new Error("no error");
  expect(error).toBeInstanceOf(UsageError);
  expect(`${error.message}. ${error.advice}`).toMatch(message);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(KEY);
});

const TEXT = answerJson(said("The pier is 40 metres long.", 1, "The pier is 40 metres long"));
const DRAFT = draftOf({ pier: { title: "Pier", paragraphs: ["The pier is 40 metres long."] } });

/** What each service streams, in its own format. */
const FORMATS: readonly [string, string, LlmScript][] = [
  [
    "openai",
    "/v1/chat/completions",
    (_, response) => {
      startStream(response);
      const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "any" };
      send(response, { ...chunk, choices: [{ index: 0, delta: { content: TEXT }, finish_reason: null }] });
      send(response, { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
      send(response, { ...chunk, choices: [], usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 } });
      response.end("data: [DONE]\n\n");
    },
  ],
  [
    "anthropic",
    "/v1/messages",
    ({ body }, response) => {
      startStream(response);
      const event = (type: string, more: object) =>
        response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
      const usage = { input_tokens: 7, output_tokens: 1 };
      const message = { id: "m", type: "message", role: "assistant", model: "any", content: [], stop_reason: null };
      event("message_start", { message: { ...message, stop_sequence: null, usage } });
      const isTool = Array.isArray(body.tools);
      const tool = { type: "tool_use", id: "t", name: "json", input: {} };
      event("content_block_start", { index: 0, content_block: isTool ? tool : { type: "text", text: "" } });
      const delta = isTool ? { type: "input_json_delta", partial_json: TEXT } : { type: "text_delta", text: TEXT };
      event("content_block_delta", { index: 0, delta });
      event("content_block_stop", { index: 0 });
      const reason = isTool ? "tool_use" : "end_turn";
      event("message_delta", { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 5 } });
      event("message_stop", {});
      response.end();
    },
  ],
  [
    "google",
    "/v1/models/any:streamGenerateContent?alt=sse",
    (_, response) => {
      startStream(response);
      const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 5, totalTokenCount: 12 };
      const content = { role: "model", parts: [{ text: TEXT }] };
      send(response, { candidates: [{ content, finishReason: "STOP", index: 0 }], usageMetadata });
      response.end();
    },
  ],
];

async function endOf(name: string, script: LlmScript, given: Partial<LlmSettings> = {}) {
  const llm = await scriptedLlm(script);
  const more = { name: `${name}:any`, key: () => KEY, price: { input: 1, output: 1 }, ...given };
  const settings = llmSettings(llm.url, more);
  const writing = generativeWriter(languageModel(settings, 5), quoteCheck).write("How long is the pier?", DRAFT);
  const texts: string[] = [];
  for (;;) {
    const next = await writing.next();
    if (next.done) return { llm, texts, ...next.value };
    texts.push(next.value.text);
  }
}

it.each(FORMATS)("%s answers through its own library", async (name, path, script) => {
  const { llm, texts, ending, use } = await endOf(name, script);
  expect(ending).toBe("answered");
  expect(texts).toEqual(["The pier is 40 metres long."]);
  expect(use).toMatchObject({ model: `${name}:any`, inputTokens: 7, outputTokens: 5, cost: 0.000012 });
  expect(llm.got[0]?.path).toBe(path);
  expect(Object.values(llm.got[0]?.headers ?? {}).join(" ")).toContain(KEY);
  expect(llm.got[0]?.path).not.toContain(KEY);
});

it("tells what a text of Anthropic took that stalls: what was read, and the least that was written", async () => {
  const { ending, use } = await endOf(
    "anthropic",
    (_, response) => {
      startStream(response);
      const event = (type: string, more: object) =>
        response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
      const usage = { input_tokens: 7, output_tokens: 1 };
      const message = { id: "m", type: "message", role: "assistant", model: "any", content: [], stop_reason: null };
      event("message_start", { message: { ...message, stop_sequence: null, usage } });
    },
    { timeoutMs: 300 },
  );
  expect(ending).toMatchObject({ reason: "timeout" });
  expect(use).toMatchObject({ inputTokens: 7, outputTokens: 1, cost: 0.000008, complete: false });
});

it.each(FORMATS)("%s fails through its own library", async (name) => {
  const failing = await endOf(name, (_, response) => refuse(response, 500, {}, KEY));
  expect(failing.ending).toEqual({
    reason: "provider-error",
    message: expect.stringMatching(/^\w+:any answers 500: it fails/),
  });
  expect(failing.llm.got.length).toBe(4);
  const refused = await endOf(name, (_, response) => refuse(response, 401, {}, KEY));
  expect(refused.ending).toEqual({
    reason: "provider-error",
    message: `${name}:any answers 401: the key is not accepted.`,
  });
  expect(refused.llm.got.length).toBe(1);
});
