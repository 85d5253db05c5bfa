import OpenAI from "openai";
import { expect, it } from "vitest";
import type { Answer, AskEvent, ModelUse } from "../../src/types.ts";
import { answerOf, cite, eventsOf, refusalOf } from "../server/fake-pilcrow.ts";
import { call, pilcrow } from "../server/requests.ts";
import { serve } from "../server/serve.ts";

const question = "What was agreed?";
const written: Answer = answerOf(question, [
  cite(call, "agreed to deploy the system as planned", 1),
  cite(call, "North Korea", 2),
]);
const USE: ModelUse = {
  model: "scripted:tiny",
  inputTokens: 812,
  outputTokens: 44,
  cost: null,
  complete: true,
  elapsedMs: 20,
  withheld: [],
  withheldMore: 0,
};
const generative: Answer = { ...written, mode: "generative", trace: { ...written.trace, model: USE } };
const fallback = { reason: "interrupted", message: "The answer broke off." } as const;

/** The chunks that the official client gives for these events, and the signal that the work was given. */
async function streamOf(events: (signal: AbortSignal) => AsyncGenerator<AskEvent, void>, options = {}) {
  const signals: AbortSignal[] = [];
  const { url, lines } = await serve({
    ...pilcrow,
    modes: ["extractive", "generative"],
    async *askEvents(_, { signal = new AbortController().signal } = {}) {
      signals.push(signal);
      yield* events(signal);
    },
  });
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "none", maxRetries: 0 });
  const messages = [{ role: "user" as const, content: question }];
  const request = { model: "pilcrow-generative", messages, stream: true as const, ...options };
  return { stream: await openai.chat.completions.create(request), signals, lines };
}
const contentOf = (chunk: OpenAI.ChatCompletionChunk) => chunk.choices[0]?.delta.content ?? "";

it("gives each statement as soon as it is checked, and not before", async () => {
  const [retrieval, ...rest] = eventsOf(generative);
  const [citation, first, ...others] = rest;
  let verify: () => void = () => {};
  const verified = new Promise<void>((resolve) => {
    verify = resolve;
  });
  const { stream } = await streamOf(async function* () {
    for (const event of [retrieval, citation, first]) if (event) yield event;
    await verified;
    yield* others;
  });
  const pieces: string[] = [];
  for await (const chunk of stream) {
    if (contentOf(chunk) !== "") pieces.push(contentOf(chunk));
    if (pieces.length === 1) verify();
  }
  expect(pieces).toEqual(["agreed to deploy the system as planned [1]", " North Korea [2]"]);
});

it("tells in the text that it withdraws what was said, and goes on with what stands", async () => {
  const quoted: Answer = { ...answerOf(question, [cite(call, "North Korea", 1)]), fallback };
  const events = [...eventsOf(generative)].slice(0, 3);
  const { stream } = await streamOf(
    async function* () {
      yield* events;
      yield { type: "fallback", fallback };
      yield* [...eventsOf(quoted)].slice(1);
    },
    { stream_options: { include_usage: true } },
  );
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const content = chunks.map(contentOf).join("");
  expect(content).toBe(
    "agreed to deploy the system as planned [1]\n\nWhat stands above is withdrawn. The answer broke off.\n\nNorth Korea [1]",
  );
  const [end, usage] = chunks.slice(-2);
  const place = { start_index: content.length - 3, end_index: content.length };
  expect(end).toMatchObject({
    choices: [{ finish_reason: "stop", delta: { annotations: [{ url_citation: place }] } }],
    usage: null,
    pilcrow: { mode: "extractive", fallback, citations: [{ quote: "North Korea" }] },
  });
  expect(usage).toMatchObject({ choices: [], usage: { prompt_tokens: 4 } });
});

it("withdraws what was said where the answer at the end is another", async () => {
  const { stream } = await streamOf(async function* () {
    yield* [...eventsOf(generative)].slice(0, 3);
    yield { type: "answer-end", answer: refusalOf(question, "The documents do not say.", [], []) };
  });
  let content = "";
  for await (const chunk of stream) content += contentOf(chunk);
  expect(content).toBe(
    "agreed to deploy the system as planned [1]\n\nWhat stands above is withdrawn.\n\nThe documents do not say.",
  );
});

it("says nothing of withdrawing where nothing was said", async () => {
  const { stream } = await streamOf(async function* () {
    const [retrieval, ...rest] = eventsOf({ ...written, fallback });
    if (retrieval) yield retrieval;
    yield { type: "fallback", fallback };
    yield* rest;
  });
  let content = "";
  for await (const chunk of stream) content += contentOf(chunk);
  expect(content).toBe(written.answer);
});

it("counts what the model took as its provider says", async () => {
  const { stream } = await streamOf(
    async function* () {
      yield* eventsOf(generative);
    },
    { stream_options: { include_usage: true } },
  );
  const usages: unknown[] = [];
  for await (const { usage } of stream) if (usage) usages.push(usage);
  expect(usages).toEqual([{ prompt_tokens: 812, completion_tokens: 44, total_tokens: 856 }]);
});

it("breaks off with an error that the client throws and the operator reads", async () => {
  const { stream, lines } = await streamOf(async function* () {
    yield* [...eventsOf(generative)].slice(0, 3);
    throw new Error("the disk is gone: /secret/place");
  });
  let content = "";
  const reading = (async () => {
    for await (const chunk of stream) content += contentOf(chunk);
  })();
  await expect(reading).rejects.toMatchObject({ code: "internal", type: "server_error" });
  await expect(reading).rejects.not.toThrow("secret");
  expect(content).toContain("as planned [1]");
  expect(lines.join()).toContain("the disk is gone");
});

it("stops the work when the client goes away", async () => {
  let stopped: () => void = () => {};
  const hasStopped = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const { stream, signals } = await streamOf(async function* (signal) {
    yield* [...eventsOf(generative)].slice(0, 3);
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    stopped();
  });
  for await (const chunk of stream) if (contentOf(chunk) !== "") stream.controller.abort();
  await hasStopped;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it("ends each stream with [DONE]", async () => {
  const { url } = await serve(pilcrow);
  const body = JSON.stringify({ model: "pilcrow", messages: [{ role: "user", content: question }], stream: true });
  const headers = { "Content-Type": "application/json", Authorization: "Bearer any" };
  const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body });
  expect(response.headers.get("Content-Type")).toBe("text/event-stream");
  const text = await response.text();
  expect(text).toMatch(/^data: \{.*\}\n\n/);
  expect(text).toMatch(/\n\ndata: \[DONE\]\n\n$/);
});
