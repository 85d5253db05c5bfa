import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { faultOf } from "../../src/answering/faults.ts";
import { generativeWriter } from "../../src/answering/generative.ts";
import { languageModel } from "../../src/answering/language-model.ts";
import type { WrittenStatement } from "../../src/answering/writer.ts";
import type { LlmSettings } from "../../src/config.ts";
import { ModelError } from "../../src/errors.ts";
import { deadAddress } from "../embedding/scripted-server.ts";
import { draftOf, quoteCheck } from "./drafts.ts";
import {
  answerJson,
  endStream,
  type LlmScript,
  llmSettings,
  refuse,
  said,
  scriptedLlm,
  send,
  sendDelta,
  startStream,
  streamChat,
} from "./scripted-llm.ts";

const KEY = "sk-never-shown-1234567890";
const DRAFT = draftOf({
  pier: { title: "Pier", paragraphs: ["The harbour master repairs the pier in June.", "The pier is 40 metres long."] },
});
const FIRST = said("The harbour master repairs the pier.", 1, "The harbour master repairs the pier");
const SECOND = said("The pier is 40 metres long.", 2, "The pier is 40 metres long");

async function written(baseUrl: string, given: Partial<LlmSettings> = {}, signal?: AbortSignal) {
  const key = (variable: string) => (variable === "PILCROW_LLM_API_KEY" ? KEY : undefined);
  const model = languageModel(llmSettings(baseUrl, { key, ...given }), 5);
  const writing = generativeWriter(model, quoteCheck).write("Who repairs the pier?", DRAFT, signal);
  const statements: WrittenStatement[] = [];
  for (;;) {
    const next = await writing.next();
    if (next.done) return { statements, ...next.value };
    statements.push(next.value);
  }
}

async function against(script: LlmScript, given: Partial<LlmSettings> = {}) {
  const llm = await scriptedLlm(script);
  return { llm, ...(await written(llm.url, given)) };
}

it("gives each statement that stands, and what it took", async () => {
  const text = answerJson(FIRST, SECOND);
  const { llm, statements, ending, use } = await against((_, response) => streamChat(response, text), {
    price: { input: 1, output: 10 },
  });
  expect(statements.map(({ text }) => text)).toEqual([FIRST.text, SECOND.text]);
  expect(statements.map(({ rank }) => rank)).toEqual([1, 2]);
  expect(ending).toBe("answered");
  expect(use).toMatchObject({ inputTokens: 900, outputTokens: 60, cost: 0.0015, withheld: [] });
  expect(llm.got[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(llm.got[0]?.body).toMatchObject({ stream: true, response_format: { type: "json_schema" } });
});

it("gives a statement before the next is written", async () => {
  let finish = () => {};
  const llm = await scriptedLlm((_, response) => {
    startStream(response);
    sendDelta(response, `{"answerable": true, "statements": [${JSON.stringify(FIRST)},`);
    finish = () => {
      sendDelta(response, `${JSON.stringify(SECOND)}]}`);
      endStream(response);
    };
  });
  const writer = generativeWriter(languageModel(llmSettings(llm.url)), quoteCheck);
  const writing = writer.write("Who repairs the pier?", DRAFT);
  expect((await writing.next()).value).toMatchObject({ text: FIRST.text });
  finish();
  expect((await writing.next()).value).toMatchObject({ text: SECOND.text });
  expect((await writing.next()).value).toMatchObject({ ending: "answered" });
});

const hang = () => undefined;
const EVENTS = { "content-type": "text/event-stream" };

/** Sends one statement and the half of a second; then, when that was read, does what comes next. */
function begin(response: ServerResponse, ...then: readonly (() => unknown)[]): void {
  startStream(response);
  sendDelta(response, `{"answerable": true, "statements": [${JSON.stringify(FIRST)}, {"text": "And`);
  if (then.length > 0) setTimeout(() => then.forEach((step) => void step()), 50);
}

type Fault = [name: string, script: LlmScript, reason: string, message: RegExp, given?: Partial<LlmSettings>];

/** What the service does, why there is no answer then, and what of it a person is told. */
const FAULTS: readonly Fault[] = [
  ["never answers", hang, "timeout", /within 0.3 s/, { timeoutMs: 300 }],
  ["stalls in the middle", (_, response) => begin(response), "timeout", /within 0.3 s/, { timeoutMs: 300 }],
  ["breaks off", (_, response) => begin(response, () => response.destroy()), "interrupted", /broke off/],
  ["ends too early", (_, response) => begin(response, () => response.end()), "interrupted", /broke off/],
  [
    "tells of an error in the middle",
    (_, response) =>
      begin(
        response,
        () => send(response, { error: { message: KEY } }),
        () => response.end(),
      ),
    "interrupted",
    /broke off/,
  ],
  ["breaks the connection at once, each time", (_, response) => response.destroy(), "interrupted", /broke off \(/],
  [
    "asks to wait too long",
    (_, r) => refuse(r, 429, { "retry-after": "3600" }),
    "rate-limited",
    /asks to wait 3600 s, longer than is left/,
  ],
  [
    "asks to wait a little, again and again",
    (_, r) => refuse(r, 429, { "retry-after": "0.02" }),
    "rate-limited",
    /\(429\)\. It was asked 4 times, with pauses\.$/,
  ],
  ["is always busy", (_, r) => refuse(r, 429), "rate-limited", /429/],
  ["always fails", (_, r) => refuse(r, 500, {}, KEY), "provider-error", /answers 500: it fails/],
  ["is overloaded", (_, r) => refuse(r, 529), "provider-error", /overloaded/],
  ["does not take the key", (_, r) => refuse(r, 401, {}, `bad key ${KEY}`), "provider-error", /key is not accepted/],
  ["does not know the model", (_, r) => refuse(r, 404), "provider-error", /does not know the model/],
  [
    "was sent too much",
    (_, r) => refuse(r, 400, {}, "This model's maximum context length is 2048 tokens"),
    "provider-error",
    /lower limit/,
  ],
  [
    "sends elsewhere",
    (_, r) => r.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
    "provider-error",
    /answers 307: it sends elsewhere, which is not followed/,
  ],
  ["writes prose", (_, r) => streamChat(r, "The pier is repaired by the harbour master."), "malformed", /asked for/],
  ["sends broken events", (_, r) => r.writeHead(200, EVENTS).end("data: {no\n\n"), "malformed", /cannot be read/],
  ["sends no text", (_, r) => streamChat(r, ""), "empty", /wrote nothing/],
  [
    "sends no stream",
    (_, r) => r.writeHead(200, { "content-type": "text/html" }).end("<p>Hello"),
    "malformed",
    /cannot be read/,
  ],
  ["declines in words", (_, r) => streamChat(r, "I'm sorry, but I cannot help with that."), "declined", /declined/],
  ["has a filter", (_, r) => streamChat(r, "", { finish: "content_filter" }), "declined", /declined/],
  ["is cut", (_, r) => streamChat(r, answerJson(FIRST).slice(0, -9), { finish: "length" }), "too-long", /cut/],
];

it.each<Fault>(FAULTS)("says so where the service %s", async (_, script, reason, message, given = {}) => {
  const { ending, use } = await against(script, given);
  expect(ending).toMatchObject({ reason, message: expect.stringMatching(message) });
  expect(JSON.stringify([ending, use])).not.toContain(KEY);
});

it("tells what a text took that is of no use", async () => {
  const price = { input: 1, output: 0 };
  const { use } = await against((_, response) => streamChat(response, "I cannot help with that."), { price });
  expect(use).toMatchObject({ inputTokens: 900, outputTokens: 60, cost: 0.0009 });
  const unknown = await against((_, response) => refuse(response, 404), { price });
  expect(unknown.use).toMatchObject({ inputTokens: null, outputTokens: null, cost: null });
});

/** Streams a text and counts what it took with each piece, as some services do; `then` is what comes last. */
function counting(text: string, then: (response: ServerResponse) => unknown): LlmScript {
  return (_, response) => {
    startStream(response);
    for (let at = 0; at < text.length; at += 40) {
      const choices = [{ index: 0, delta: { content: text.slice(at, at + 40) }, finish_reason: null }];
      const usage = { prompt_tokens: 900, completion_tokens: 1 + at / 10, total_tokens: 901 + at / 10 };
      send(response, { id: "c", object: "chat.completion.chunk", created: 1, model: "any", choices, usage });
    }
    setTimeout(() => then(response), 50);
  };
}

it.each<[string, LlmScript]>([
  ["stalls", counting('{"answerable": true, "statements": [{"text": "The pier', hang)],
  ["breaks off", counting('{"answerable": true, "statements": [{"text": "The pier', (r) => r.destroy())],
])("tells the least that a text took that %s", async (_, script) => {
  const { ending, use } = await against(script, { price: { input: 1, output: 10 }, timeoutMs: 400 });
  expect(ending).not.toBe("answered");
  expect(use).toMatchObject({ inputTokens: 900, outputTokens: 5, cost: 0.00095, complete: false });
});

it("tells the least that a text took that is far too long", async () => {
  const script = counting("and so on ".repeat(2_500), hang);
  const { ending, use } = await against(script, { price: { input: 1, output: 10 } });
  expect(ending).toMatchObject({ reason: "too-long" });
  expect(use).toMatchObject({ inputTokens: 900, complete: false });
  expect(use.outputTokens).toBeGreaterThan(2_000);
});

it("takes a text that is whole, though its service does not say why it ends", async () => {
  const whole = answerJson(FIRST, SECOND);
  const end = (response: ServerResponse) => response.end("data: [DONE]\n\n");
  const silent: (text: string) => LlmScript = (text) => (_, response) => {
    startStream(response);
    sendDelta(response, text);
    end(response);
  };
  const { statements, ending, use } = await against(silent(whole));
  expect([ending, statements.length]).toEqual(["answered", 2]);
  expect(use.complete).toBe(false);
  const counted = await against(counting(whole, end));
  expect(counted).toMatchObject({ ending: "answered", use: { inputTokens: 900, complete: true } });
  expect((await against(silent(whole.slice(0, -2)))).ending).toMatchObject({ reason: "interrupted" });
});

it("tells twenty of the statements that it withholds, and how many more there are", async () => {
  const bad = Array.from({ length: 50 }, (_, i) => said(`The pier is ${i} miles long.`, 1, "nowhere in the passage"));
  const { ending, use } = await against((_, response) => streamChat(response, answerJson(...bad, FIRST)));
  expect(ending).toBe("answered");
  expect(use).toMatchObject({ withheld: { length: 20 }, withheldMore: 30, complete: true });
});

it("waits as long as it is asked to, and tries again what may pass", async () => {
  const { llm, ending, statements } = await against((_, response, count) => {
    if (count === 0) return refuse(response, 429, { "retry-after": "0.02" });
    if (count === 1) return refuse(response, 503);
    if (count === 2) return response.destroy();
    return streamChat(response, answerJson(FIRST));
  });
  expect(llm.got).toHaveLength(4);
  expect(ending).toBe("answered");
  expect(statements).toHaveLength(1);
});

it("says what to install where the package is not there", () => {
  const missing = new ModelError(
    "model-missing",
    "The language model needs the package x",
    "Install it with `npm install x`.",
    {
      cause: Object.assign(new Error("no"), { code: "ERR_MODULE_NOT_FOUND" }),
    },
  );
  expect(faultOf(missing, "openai:any")).toEqual({
    reason: "provider-error",
    message: "The language model needs the package x. Install it with `npm install x`.",
  });
});

it("stops a text that is far too long", async () => {
  let sent = 0;
  const { llm, ending } = await against((_, response) => {
    startStream(response);
    const more = () => {
      while (!response.destroyed && sent++ < 100_000) {
        sendDelta(response, "and so on ".repeat(20));
        if (response.writableNeedDrain) return response.once("drain", more);
      }
    };
    more();
  });
  expect(ending).toMatchObject({ reason: "too-long" });
  await llm.closed;
  expect(sent).toBeLessThan(100_000);
});

it("says that nobody listens", async () => {
  const { ending } = await written(`${await deadAddress()}/v1`);
  expect(ending).toMatchObject({ reason: "provider-error", message: expect.stringContaining("ECONNREFUSED") });
});

it("says that the connection is not what it should be", async () => {
  const llm = await scriptedLlm(hang);
  const { ending } = await written(llm.url.replace("http:", "https:"));
  expect(ending).toMatchObject({ reason: "provider-error", message: expect.stringContaining("cannot be reached") });
});

it("stops asking when the client goes away", async () => {
  const client = new AbortController();
  const llm = await scriptedLlm((_, response) => {
    begin(response);
    setTimeout(() => client.abort(), 30);
  });
  await expect(written(llm.url, {}, client.signal)).rejects.toThrow("abort");
  await llm.closed;
});

it("stops asking when nobody reads on", async () => {
  const llm = await scriptedLlm((_, response) => begin(response));
  const writer = generativeWriter(languageModel(llmSettings(llm.url)), quoteCheck);
  for await (const { text } of writer.write("Who repairs the pier?", DRAFT)) {
    expect(text).toBe(FIRST.text);
    break;
  }
  await llm.closed;
});

it("counts the time from when the answer was begun", async () => {
  const llm = await scriptedLlm(hang);
  const writer = generativeWriter(languageModel(llmSettings(llm.url, { timeoutMs: 60_000 })), quoteCheck);
  const writing = writer.write("Who repairs the pier?", DRAFT, undefined, performance.now() - 59_900);
  expect((await writing.next()).value).toMatchObject({ ending: { reason: "timeout" } });
});
