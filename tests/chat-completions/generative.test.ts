import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import OpenAI from "openai";
import { expect, it, onTestFinished } from "vitest";
import { createPilcrow } from "../../src/library.ts";
import {
  answerJson,
  type Got,
  passageWith,
  refuse,
  said,
  scriptedLlm,
  sendDelta,
  startStream,
  streamChat,
} from "../answering/scripted-llm.ts";
import { folderOf } from "../make-index.ts";
import { callTool } from "../mcp/call-tool.ts";
import { collectGarbage } from "../server/scripted.ts";
import { serve } from "../server/serve.ts";

/** The whole way: a language model's service of this machine, Pilcrow, its server, the official clients. */
const FILES = {
  "2009-04-02-harbour.txt":
    "Harbour committee\n\nThe north crane was repaired by Ilse Brandt in March. The repair cost 4,200 crowns.\n",
};
const QUOTE = "The north crane was repaired by Ilse Brandt in March.";
const question = "Who repaired the north crane?";

async function setUp(script: (got: Got, response: ServerResponse) => unknown) {
  const service = await scriptedLlm(script);
  const pilcrow = createPilcrow({
    corpus: await folderOf(FILES),
    index: join(await folderOf({}), "index"),
    llm: "openai-compatible:scripted",
    llmBaseUrl: service.url,
    llmTimeout: 5,
  });
  for await (const _ of pilcrow.index());
  const { url } = await serve(pilcrow);
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "sk-of-nobody", maxRetries: 0 });
  return { url, openai, service };
}
const request = { model: "pilcrow-generative", messages: [{ role: "user" as const, content: question }] };
const written = ({ text }: Got) =>
  answerJson(
    said("Ilse Brandt repaired the north crane in March.", passageWith(text, QUOTE), QUOTE),
    said("Ilse Brandt repaired the north crane in May.", passageWith(text, QUOTE), QUOTE),
  );

it("gives what the model wrote and what stood the check, streamed and not, with its tokens", async () => {
  const { openai } = await setUp((got, response) => streamChat(response, written(got)));
  const completion = await openai.chat.completions.create(request);
  expect(completion.choices[0]?.message.content).toBe("Ilse Brandt repaired the north crane in March. [1]");
  expect(completion.usage).toEqual({ prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 });
  expect(completion).toMatchObject({
    pilcrow: { mode: "generative", fallback: null, citations: [{ check: "verified" }] },
  });
  let content = "";
  for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) {
    content += chunk.choices[0]?.delta.content ?? "";
  }
  expect(content).toBe(completion.choices[0]?.message.content);
});

it("sends no key of the client on", async () => {
  const { openai, service } = await setUp((got, response) => streamChat(response, written(got)));
  await openai.chat.completions.create(request);
  expect(service.got).toHaveLength(1);
  expect(JSON.stringify(service.got)).not.toContain("sk-of-nobody");
});

it("quotes where the service fails, and says so in its own field", async () => {
  const { openai } = await setUp((_, response) => refuse(response, 401));
  const completion = await openai.chat.completions.create(request);
  expect(completion.choices[0]?.message.content).toBe(`${QUOTE} [1]`);
  expect(completion).toMatchObject({ pilcrow: { mode: "extractive", fallback: { reason: "provider-error" } } });
});

it("stops the service when the client goes away", async () => {
  const { openai, service } = await setUp((got, response) => {
    startStream(response);
    sendDelta(response, written(got).slice(0, -60));
  });
  const stream = await openai.chat.completions.create({ ...request, stream: true });
  for await (const { choices } of stream) {
    if (!choices[0]?.delta.content) continue;
    collectGarbage();
    stream.controller.abort();
  }
  await service.closed;
});

it("stops the service when the client of a whole answer goes away", async () => {
  const away = new AbortController();
  const { openai, service } = await setUp((_, response) => {
    startStream(response);
    collectGarbage();
    away.abort();
  });
  await expect(openai.chat.completions.create(request, { signal: away.signal })).rejects.toThrow("aborted");
  await service.closed;
});

it("is offered to assistants as a mode", async () => {
  const { url } = await setUp((got, response) => streamChat(response, written(got)));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  onTestFinished(() => client.close());
  const { data } = await callTool(client, "ask", { question, mode: "generative" });
  expect(data).toMatchObject({ mode: "generative", statements: [{ verdict: "supported" }] });
});
