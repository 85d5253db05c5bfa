import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI, { APIError, NotFoundError } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createPilcrow, type Pilcrow } from "../../src/library.ts";
import type { AskRequest } from "../../src/types.ts";
import { folderOf } from "../make-index.ts";
import { pilcrow as quiet } from "../server/requests.ts";
import { serve, webRoot } from "../server/serve.ts";

/** What the fields of our own are, in what the client gives. */
const ownFields = z.object({
  pilcrow: z.object({
    answered: z.boolean(),
    kind: z.string(),
    mode: z.string(),
    fallback: z.null(),
    standaloneQuestion: z.string(),
    citations: z.array(z.object({ quote: z.string(), check: z.literal("verified"), url: z.string() })),
    refusal: z.nullable(z.object({ reason: z.string(), message: z.string() })),
    trace: z.object({ timings: z.record(z.string(), z.number()) }).optional(),
  }),
});

const FILES = {
  "2009-04-02-harbour.txt":
    "Harbour committee\n\nThe north crane [1] was repaired by Ilse Brandt in March.\n\nThe ferry timetable is unchanged.\n",
  "2012-06-11-harbour.txt": "Harbour committee\n\nThe north crane was sold to the shipyard of Oldsund.\n",
};

async function clientOf(pilcrow: Pilcrow) {
  const { url, lines } = await serve(pilcrow);
  return { url, lines, openai: new OpenAI({ baseURL: `${url}/v1`, apiKey: "no key is needed", maxRetries: 0 }) };
}
const user = (content: string) => ({ role: "user" as const, content });

describe("over real documents, with the official client", () => {
  let pilcrow: Pilcrow;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pilcrow-chat-"));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    pilcrow = createPilcrow({ corpus: folder, index: join(folder, "index") });
    for await (const _ of pilcrow.index());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("answers with markers, annotations, and the answer's own fields", async () => {
    const { openai, url } = await clientOf(pilcrow);
    const messages = [user("Who repaired the north crane?")];
    const completion = await openai.chat.completions.create({ model: "pilcrow", messages });
    expect(completion).toMatchObject({ object: "chat.completion", model: "pilcrow" });
    expect(completion.id).toMatch(/^chatcmpl-/);
    expect(Math.abs(completion.created - Date.now() / 1000)).toBeLessThan(60);
    const [choice] = completion.choices;
    const content = choice?.message.content ?? "";
    expect(choice).toMatchObject({ index: 0, finish_reason: "stop", message: { role: "assistant", refusal: null } });
    expect(content).toContain("The north crane [1] was repaired by Ilse Brandt in March. [1]");
    const { pilcrow: own } = ownFields.parse(completion);
    expect(own).toMatchObject({ answered: true, kind: "fact", mode: "extractive", refusal: null });
    expect(own.trace).toBeUndefined();
    // The document's own "[1]" is no marker.
    const annotations = choice?.message.annotations ?? [];
    expect(annotations).toHaveLength(own.citations.length);
    const [first] = annotations;
    expect(first?.url_citation).toMatchObject({
      url: url + own.citations[0]?.url,
      title: "Harbour committee, ¶1",
      start_index: content.indexOf("March. [1]") + "March. ".length,
    });
    expect(content.slice(first?.url_citation.start_index, first?.url_citation.end_index)).toBe("[1]");
    expect(await (await fetch(first?.url_citation.url ?? "")).json()).toMatchObject({ title: "Harbour committee" });
    const usage = completion.usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(usage.prompt_tokens).toBe(6);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
  });

  it("gives permalinks of the address outside, where one is set", async () => {
    const { url } = await serve(pilcrow, webRoot, { publicUrl: "https://papers.example.org" });
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "none", maxRetries: 0 });
    const messages = [user("Who repaired the north crane?")];
    const completion = await openai.chat.completions.create({ model: "pilcrow", messages });
    expect(completion.choices[0]?.message.annotations?.[0]?.url_citation.url).toBe(
      "https://papers.example.org/documents/2009-04-02-harbour#p1",
    );
  });

  it.each([
    "Who repaired the north crane?",
    "How did the crane change between 2009 and 2012?",
    "every mention of the crane",
  ])("streams the same: %s", async (question) => {
    const { openai } = await clientOf(pilcrow);
    const request = { model: "pilcrow", messages: [user(question)] };
    const whole = (await openai.chat.completions.create(request)).choices[0]?.message;
    expect(whole?.annotations?.length).toBeGreaterThan(0);
    for (const { url_citation } of whole?.annotations ?? []) {
      expect(whole?.content?.slice(url_citation.start_index, url_citation.end_index)).toMatch(/^\[\d+\]$/);
    }
    const stream = openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } });
    const pieces: string[] = [];
    const last: unknown[] = [];
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) pieces.push(chunk.choices[0].delta.content);
      if (chunk.choices[0]?.finish_reason) last.push(chunk);
    }
    expect(pieces.join("")).toBe(whole?.content);
    expect(last).toHaveLength(1);
    expect(last[0]).toMatchObject({ choices: [{ delta: { annotations: whole?.annotations } }] });
    expect(ownFields.parse(last[0]).pilcrow.answered).toBe(true);
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(whole?.content);
    expect(final.usage?.total_tokens).toBeGreaterThan(final.usage?.prompt_tokens ?? Number.NaN);
  });

  it("says what the documents do not say as a message like any other", async () => {
    const { openai } = await clientOf(pilcrow);
    const messages = [user("Who tuned the organ of Veldmark?")];
    const completion = await openai.chat.completions.create({ model: "pilcrow", messages });
    const { pilcrow: own } = ownFields.parse(completion);
    expect(own).toMatchObject({ answered: false, citations: [] });
    expect(completion.choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { content: own.refusal?.message, refusal: null, annotations: [] },
    });
  });

  it("reads a follow-up in the light of the turns before it, and looks where it is told to", async () => {
    const { openai } = await clientOf(pilcrow);
    const messages = [
      { role: "system" as const, content: "You are a pirate. Answer with Arr only." },
      user("Who repaired the north crane?"),
      { role: "assistant" as const, content: "Ilse Brandt. [1]" },
      { role: "user" as const, content: [{ type: "text" as const, text: "And to whom was it sold?" }] },
    ];
    const where = { pilcrow: { from: "2012", trace: true } };
    const completion = await openai.chat.completions.create({ model: "pilcrow", messages, ...where });
    const { pilcrow: own } = ownFields.parse(completion);
    expect(own.standaloneQuestion).toContain("crane");
    expect(own.trace?.timings).toBeDefined();
    expect(completion.choices[0]?.message.content).toBe("The north crane was sold to the shipyard of Oldsund. [1]");
  });

  it("takes a long chat, of which it reads the last 50 turns", async () => {
    const asked: AskRequest[] = [];
    const ask = async (request: AskRequest) => {
      asked.push(request);
      return pilcrow.ask(request);
    };
    const { openai } = await clientOf({ ...pilcrow, ask });
    const messages: OpenAI.ChatCompletionMessageParam[] = Array.from({ length: 150 }, (_, at) => [
      user(`Question ${at}: who repaired the north crane?`),
      { role: "assistant" as const, content: `Answer ${at}. ${"It was repaired by Ilse Brandt. ".repeat(60)}` },
    ]).flat();
    messages.push(user("And to whom was it sold?"));
    expect(JSON.stringify(messages).length).toBeGreaterThan(250_000);
    const completion = await openai.chat.completions.create({ model: "pilcrow", messages });
    expect(completion.choices[0]?.message.content).toContain("sold to the shipyard of Oldsund.");
    const history = asked[0]?.history ?? [];
    expect(history).toHaveLength(50);
    expect([history[0]?.content, history[49]?.content]).toEqual([
      "Question 125: who repaired the north crane?",
      expect.stringMatching(/^Answer 149\./),
    ]);
  });

  it("reads no calls of tools, no refusals and no instructions of the conversation", async () => {
    const asked: AskRequest[] = [];
    const ask = async (request: AskRequest) => {
      asked.push(request);
      return pilcrow.ask(request);
    };
    const { openai } = await clientOf({ ...pilcrow, ask });
    const call = { id: "1", type: "function" as const, function: { name: "clock", arguments: "{}" } };
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: "developer", content: "Say Arr." },
      user("Who repaired the north crane?"),
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "1", content: [{ type: "text", text: "It is noon." }] },
      { role: "function", name: "clock", content: "It is noon." },
      { role: "assistant", content: [{ type: "refusal", refusal: "I will not." }] },
      { role: "assistant", content: [{ type: "text", text: "Ilse Brandt." }] },
      user("And to whom was it sold?"),
    ];
    await openai.chat.completions.create({ model: "pilcrow", messages });
    expect(asked[0]?.history).toEqual([
      { role: "user", content: "Who repaired the north crane?" },
      { role: "assistant", content: "Ilse Brandt." },
    ]);
  });

  it("lists what can be asked as models", async () => {
    const { openai } = await clientOf(pilcrow);
    expect((await openai.models.list()).data).toEqual([
      { id: "pilcrow", object: "model", created: expect.any(Number), owned_by: "pilcrow" },
    ]);
    expect(await openai.models.retrieve("pilcrow")).toMatchObject({ id: "pilcrow" });
    await expect(openai.models.retrieve("pilcrow-generative")).rejects.toBeInstanceOf(NotFoundError);
    const both = await clientOf({ ...pilcrow, modes: ["extractive", "generative"] });
    expect((await both.openai.models.list()).data.map(({ id }) => id)).toEqual(["pilcrow", "pilcrow-generative"]);
  });

  it("takes parameters that have no meaning here", async () => {
    const { openai } = await clientOf(pilcrow);
    const request = { model: "pilcrow", messages: [user("Who repaired the crane?")], n: 1, temperature: 2, seed: 4 };
    const more = {
      max_tokens: 1,
      top_p: 0.1,
      user: "ann",
      stop: ["The"],
      tools: [],
      response_format: { type: "text" as const },
    };
    const completion = await openai.chat.completions.create({ ...request, ...more });
    expect(completion.choices[0]?.message.content).toContain("Ilse Brandt");
  });
});

describe("what is refused", () => {
  const messages = [user("Who?")];
  it.each<[name: string, change: Record<string, unknown>, param: string]>([
    ["n 2", { n: 2 }, "n"],
    ["tools", { tools: [{ type: "function", function: { name: "f" } }] }, "tools"],
    ["functions", { functions: [{ name: "f" }] }, "functions"],
    ["audio", { audio: { voice: "alloy", format: "mp3" }, modalities: ["text", "audio"] }, "audio"],
    ["a format", { response_format: { type: "json_object" } }, "response_format.type"],
    ["no messages", { messages: [] }, "messages"],
    ["no question", { messages: [{ role: "system", content: "x" }] }, "messages"],
    ["a role", { messages: [{ role: "narrator", content: "x" }] }, "messages[0].role"],
    ["a tool's result alone", { messages: [{ role: "tool", content: "x", tool_call_id: "1" }] }, "messages"],
    ["a picture", { messages: [user("x"), { role: "user", content: [{ type: "image_url" }] }] }, "messages[1].content"],
    ["a question too long", { messages: [user("x".repeat(2001))] }, "messages[0].content"],
    ["an empty question", { messages: [user("x"), user(" ")] }, "messages[1].content"],
    ["a date", { pilcrow: { from: "soon" } }, "pilcrow.from"],
    ["dates out of order", { pilcrow: { from: "2012", to: "2011" } }, "pilcrow.to"],
    ["a field of ours", { pilcrow: { top: 3 } }, "pilcrow.top"],
    ["no model", { model: undefined }, "model"],
    ["stream as text", { stream: "yes" }, "stream"],
  ])("%s", async (_, change, param) => {
    const { openai } = await clientOf(quiet);
    const body = { model: "pilcrow", messages, ...change };
    await expect(openai.post("/chat/completions", { body })).rejects.toMatchObject({
      status: 400,
      type: "invalid_request_error",
      code: "invalid-request",
      param,
    });
  });

  it("a model that is not here", async () => {
    const { openai } = await clientOf(quiet);
    const asking = openai.chat.completions.create({ model: "pilcrow-generative", messages });
    await expect(asking).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    await expect(asking).rejects.toThrow("Here is pilcrow.");
  });

  it.each([
    ["another site", { Origin: "https://example.org" }, 403, "forbidden-origin"],
    ["no JSON", { "Content-Type": "text/plain" }, 415, "unsupported-media-type"],
  ])("%s, in the shape of this API", async (_, headers, status, code) => {
    const { url } = await clientOf(quiet);
    const body = JSON.stringify({ model: "pilcrow", messages });
    const init = { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body };
    const response = await fetch(`${url}/v1/chat/completions`, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error: { message: expect.any(String), type: "invalid_request_error", param: null, code },
    });
  });

  it("a body over 1 MiB, another method, another path", async () => {
    const { url } = await clientOf(quiet);
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: " ".repeat(2 ** 20 + 1) };
    const large = await fetch(`${url}/v1/chat/completions`, init);
    expect([large.status, await large.text()]).toEqual([413, expect.stringContaining("larger than 1 MiB")]);
    const get = await fetch(`${url}/v1/chat/completions`);
    expect([get.status, get.headers.get("Allow")]).toEqual([405, "POST"]);
    const elsewhere = await fetch(`${url}/v1/completions`, { ...init, body: "{}" });
    expect(await elsewhere.json()).toMatchObject({ error: { code: "not-found" } });
  });

  it.each([false, true])("a question while there is no index (stream: %s)", async (stream) => {
    const pilcrow = createPilcrow({ corpus: await folderOf(FILES), index: await folderOf({}) });
    const { openai } = await clientOf(pilcrow);
    const asking = openai.chat.completions.create({ model: "pilcrow", messages, stream });
    await expect(asking).rejects.toBeInstanceOf(APIError);
    await expect(asking).rejects.toMatchObject({ status: 503, code: "index-missing", type: "server_error" });
    expect((await openai.models.list()).data).toMatchObject([{ id: "pilcrow", created: 0 }]);
  });
});
