import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Written } from "../../src/answering/writer.ts";
import { createPilcrow, type Pilcrow } from "../../src/library.ts";
import { askEventSchemas } from "../../src/schemas/events.ts";
import { problemSchema } from "../../src/schemas/problems.ts";
import type { AskRequest } from "../../src/types.ts";
import { folderOf } from "../make-index.ts";
import { inMemory, writerOf } from "./in-memory.ts";
import { at, document, entries, faults, type Json } from "./openapi-document.ts";
import { exchange, serve } from "./serve.ts";

const FILES = {
  "2004-03-01-spring.txt":
    "Harbour board, spring\n\n1. Harbour Master Ines Aldana reported that the ferry broke down twice.\n\n2. The library opened on Monday.\n",
  "2005-10-02-autumn.txt":
    "Harbour board, autumn\n\n1. Harbour Master Otto Brandt said that the ferry ran on time.\n\n2. The crane was mended.\n",
};
const SKETCH = {
  pier: { title: "Pier", paragraphs: ["The harbour master repairs the pier.", "The pier is repaired in June."] },
};
const PARTLY = { text: "He repairs it, gladly.", verdict: "partly" as const, missing: ["gladly"] };

/** Whether what came back is what /openapi.json says of that operation, status and type; its body where it is JSON. */
async function described(path: string, response: Response, method = "get"): Promise<unknown> {
  const type = (response.headers.get("Content-Type") ?? "").replace(/;.*/, "");
  const place = ["paths", path, method, "responses", String(response.status)];
  const reference = at(document, ...place, "$ref");
  const named = typeof reference === "string" ? reference.replace("#/", "").split("/") : place;
  expect(entries(at(document, ...named, "content")).map(([name]) => name)).toContain(type);
  for (const [name] of entries(at(document, ...named, "headers"))) expect(response.headers.has(name), name).toBe(true);
  if (!type.endsWith("json")) return response.text();
  const body: unknown = await response.json();
  expect(faults([...named, "content", type, "schema"], body)).toEqual([]);
  return body;
}

/** The events of a stream, each with its data. */
async function eventsOf(response: Response): Promise<{ name: string; data: unknown }[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
  return blocks.map((block) => ({
    name: /^event: (.*)$/m.exec(block)?.[1] ?? "",
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? ""),
  }));
}

describe("what a real server answers is what /openapi.json says", () => {
  let pilcrow: Pilcrow;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pilcrow-described-"));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    pilcrow = createPilcrow({ corpus: folder, index: join(folder, "index") });
    for await (const _ of pilcrow.index());
  });
  afterAll(() => rm(folder, { recursive: true }));

  const post = (url: string, body: object, accept = "application/json") =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: accept },
      body: JSON.stringify(body),
    });
  const asked = async (url: string, request: AskRequest) =>
    described("/ask", await post(`${url}/ask`, request), "post");

  it.each<[name: string, request: AskRequest, expected: object]>([
    ["a fact", { question: "Who reported on the ferry in 2004?" }, { kind: "fact", answered: true }],
    ["a comparison", { question: "How did the ferry do in 2004 compared with 2005?" }, { kind: "comparison" }],
    [
      "every mention",
      { question: "Every mention of the ferry" },
      { kind: "every-mention", groups: [{ count: 1 }, {}] },
    ],
    [
      "a follow-up",
      { question: "And in 2005?", history: [{ role: "user", content: "What was said of the ferry in 2004?" }] },
      { standaloneQuestion: "What was said of the ferry in 2005?" },
    ],
    [
      "a time that is several",
      { question: "What did the last two documents say of the ferry?" },
      { trace: { spans: [{}, {}] } },
    ],
    ["missing terms", { question: "What did Zebulon say of the ferry?" }, { refusal: { reason: "missing-terms" } }],
    [
      "no document then",
      { question: "What was said of the ferry in 1920?" },
      { refusal: { reason: "no-document-in-period" } },
    ],
  ])("%s", async (_, request, expected) => {
    const { url } = await serve(pilcrow);
    expect(await asked(url, request)).toMatchObject(expected);
  });

  it("an empty index", async () => {
    const { url } = await serve(await inMemory(pilcrow, {}, null));
    expect(await asked(url, { question: "Who repairs it?" })).toMatchObject({ refusal: { reason: "empty-index" } });
  });

  it.each<[name: string, ending: Written["ending"], expected: object]>([
    [
      "written and checked",
      "answered",
      {
        mode: "generative",
        statements: [{ verdict: "partly" }],
        trace: { model: { withheld: [{ missing: ["gold"] }] } },
      },
    ],
    ["silent", "silent", { mode: "generative", answered: false }],
    [
      "fallen back",
      { reason: "timeout", message: "It took too long." },
      { mode: "extractive", fallback: { reason: "timeout" } },
    ],
  ])("%s", async (_, ending, expected) => {
    const { url } = await serve(await inMemory(pilcrow, SKETCH, writerOf([PARTLY], ending)));
    const request: AskRequest = { question: "Who repairs the pier?", mode: "generative" };
    expect(await asked(url, request)).toMatchObject(expected);
    const stream = await post(`${url}/ask`, request, "text/event-stream");
    const events = await eventsOf(stream);
    expect(events.map(({ name }) => name)).toContain(ending === "answered" ? "statement" : "answer-end");
    expect(events.at(-1)?.data).toMatchObject(expected);
    const schema = ["paths", "/ask", "post", "responses", "200", "content", "text/event-stream", "schema"];
    const names = Object.keys(askEventSchemas);
    for (const { name, data } of events) {
      expect(names).toContain(name);
      for (const [known, one] of Object.entries(askEventSchemas)) if (known === name) one.parse(data);
      expect(faults(schema, data)).toEqual([]);
    }
  });

  it("a question in the address, passages, documents, health, models, itself", async () => {
    const { url } = await serve(pilcrow);
    const read = async (path: string, address: string) => described(path, await fetch(url + address));
    await read("/ask", "/ask?q=ferry+in+2005&limit=3&from=2005&mode=extractive");
    expect(await read("/search", "/search?q=ferry&limit=2")).toMatchObject({ passages: [{}, {}] });
    expect(await read("/documents", "/documents")).toMatchObject({ documents: [{}, {}] });
    const id = "2004-03-01-spring";
    expect(await read("/documents/{id}", `/documents/${id}`)).toMatchObject({ documentId: id });
    expect(await read("/documents/{id}/raw", `/documents/${id}/raw`)).toBe(FILES[`${id}.txt`]);
    expect(await read("/health", "/health")).toMatchObject({ status: "ok", documents: 2 });
    expect(await read("/openapi.json", "/openapi.json")).toEqual(document);
    expect(await read("/v1/models", "/v1/models")).toMatchObject({ data: [{ id: "pilcrow" }] });
    expect(await read("/v1/models/{model}", "/v1/models/pilcrow")).toMatchObject({ id: "pilcrow" });
    const page = await fetch(`${url}/documents/${id}`, { headers: { Accept: "text/html" } });
    await described("/documents/{id}", page);
    const ended = { Accept: "text/event-stream", "Last-Event-ID": "4" };
    expect((await fetch(`${url}/ask?q=ferry`, { headers: ended })).status).toBe(204);
  });

  it("a passage that is no longer in its file", async () => {
    const { url } = await serve(pilcrow);
    const path = join(folder, "2005-10-02-autumn.txt");
    await writeFile(path, "Other words.\n");
    const found = await described("/search", await fetch(`${url}/search?q=ferry`));
    const refused = await asked(url, { question: "What was said of the ferry in 2005?" });
    await writeFile(path, FILES["2005-10-02-autumn.txt"]);
    expect(JSON.stringify(found)).toContain('"check":"not-found"');
    expect(refused).toMatchObject({ refusal: { reason: "no-evidence" } });
  });

  it("a chat completion, whole and in chunks", async () => {
    const { url } = await serve(pilcrow);
    const address = `${url}/v1/chat/completions`;
    const messages = [{ role: "user", content: "Who reported on the ferry in 2004?" }];
    const path = "/v1/chat/completions";
    const whole = await described(path, await post(address, { model: "pilcrow", messages }), "post");
    expect(whole).toMatchObject({ choices: [{ message: { role: "assistant" } }], pilcrow: { answered: true } });
    const request = { model: "pilcrow", messages, stream: true, stream_options: { include_usage: true } };
    const chunks = (await (await post(address, { ...request, pilcrow: { trace: true } })).text())
      .split("\n\n")
      .filter((block) => block.startsWith("data: {"))
      .map((block): Json => JSON.parse(block.slice("data: ".length)));
    expect(chunks.length).toBeGreaterThan(3);
    const schema = ["paths", path, "post", "responses", "200", "content", "text/event-stream", "schema"];
    for (const chunk of chunks) expect(faults(schema, chunk)).toEqual([]);
  });

  it("a message of the Model Context Protocol", async () => {
    const { url } = await serve(pilcrow);
    const both = "application/json, text/event-stream";
    const message = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    expect(await described("/mcp", await post(`${url}/mcp`, message, both), "post")).toMatchObject({
      id: 1,
      result: {},
    });
    await described("/mcp", await post(`${url}/mcp`, message, "application/json"), "post");
    expect(await described("/mcp", await post(`${url}/mcp`, [message], both), "post")).toMatchObject({ error: {} });
    expect(await described("/mcp", await post(`${url}/mcp`, { id: 1 }, both), "post")).toMatchObject({ error: {} });
    const headers = { "Content-Type": "application/json", Accept: both };
    const broken = await fetch(`${url}/mcp`, { method: "POST", headers, body: "{" });
    expect(await described("/mcp", broken, "post")).toMatchObject({ status: 400, code: "invalid-json" });
    const large = await fetch(`${url}/mcp`, { method: "POST", headers, body: " ".repeat(2 ** 20 + 1) });
    expect(await described("/mcp", large, "post")).toEqual(
      at(document, "paths", "/mcp", "post", "responses", "413", "content", "application/problem+json", "example"),
    );
  });

  it("a message of the Model Context Protocol that is answered with its progress", async () => {
    const { url } = await serve(pilcrow);
    const ask = { name: "ask", arguments: { question: "Who reported on the ferry in 2004?" } };
    const params = { ...ask, _meta: { progressToken: "t" } };
    const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
    const stream = await post(`${url}/mcp`, message, "application/json, text/event-stream");
    const events = await eventsOf(stream);
    expect(events.map(({ data }) => data)).toMatchObject([
      { method: "notifications/progress" },
      { method: "notifications/progress" },
      { id: 1, result: {} },
    ]);
    const schema = ["paths", "/mcp", "post", "responses", "200", "content", "text/event-stream", "schema"];
    for (const { data } of events) expect(faults(schema, data)).toEqual([]);
    expect(faults(schema, { jsonrpc: "2.0", method: "notifications/other" })).not.toEqual([]);
  });

  it.each<[path: string, method: string, address: string, init: RequestInit, status: number, code: string]>([
    ["/ask", "get", "/ask", {}, 400, "invalid-request"],
    [
      "/ask",
      "post",
      "/ask",
      { method: "POST", body: "{", headers: { "Content-Type": "application/json" } },
      400,
      "invalid-json",
    ],
    ["/ask", "post", "/ask", { method: "POST", body: "{}" }, 415, "unsupported-media-type"],
    [
      "/ask",
      "post",
      "/ask",
      { method: "POST", body: " ".repeat(33_000), headers: { "Content-Type": "application/json" } },
      413,
      "too-large",
    ],
    [
      "/ask",
      "post",
      "/ask",
      { method: "POST", headers: { Origin: "https://elsewhere.example" } },
      403,
      "forbidden-origin",
    ],
    ["/ask", "get", "/ask", { method: "DELETE" }, 405, "method-not-allowed"],
    ["/search", "get", "/search?q=a&limit=0", {}, 400, "invalid-request"],
    ["/documents/{id}", "get", "/documents/nope", {}, 404, "not-found"],
    ["/documents/{id}/raw", "get", "/documents/nope/raw", {}, 404, "not-found"],
    ["/v1/models/{model}", "get", "/v1/models/nope", {}, 404, "model_not_found"],
    [
      "/v1/chat/completions",
      "post",
      "/v1/chat/completions",
      { method: "POST", body: "{}" },
      415,
      "unsupported-media-type",
    ],
    ["/mcp", "post", "/mcp", { method: "POST", body: "{}" }, 415, "unsupported-media-type"],
  ])("%s (%s) refuses as described", async (path, method, address, init, status, code) => {
    const { url } = await serve(pilcrow);
    const response = await fetch(url + address, init);
    expect(response.status).toBe(status);
    expect(JSON.stringify(await described(path, response, method))).toContain(`"code":"${code}"`);
  });

  it("the problems that are shown are those that the server has", async () => {
    const { url } = await serve({ ...pilcrow, documents: () => Promise.reject(new Error("of the test")) });
    const empty = await serve(createPilcrow({ corpus: folder, index: await folderOf({}) }));
    const json = { "Content-Type": "application/json" };
    const large = { method: "POST", body: " ".repeat(33_000), headers: json };
    const provoked: Readonly<Record<string, Promise<Response>>> = {
      BadRequest: fetch(`${url}/ask?q=a&limit=0`),
      NotFound: fetch(`${url}/documents/nope`),
      MethodNotAllowed: fetch(`${url}/health`, { method: "DELETE" }),
      ContentTooLarge: fetch(`${url}/ask`, large),
      UnsupportedMediaType: fetch(`${url}/ask`, { method: "POST", body: "{}" }),
      InternalError: fetch(`${url}/documents`),
      Unavailable: fetch(`${empty.url}/documents`),
    };
    const shown = entries(at(document, "components", "responses")).filter(([name]) => !name.startsWith("Chat"));
    for (const [name, response] of shown) {
      const example = at(response, "content", "application/problem+json", "example");
      if (name === "Forbidden") {
        const request = "GET /health HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n";
        expect(await exchange(url, [request])).toContain(JSON.stringify(example));
      } else expect(await (await provoked[name])?.json(), name).toEqual(example);
    }
  });

  it("a stream that breaks off in the middle", async () => {
    const { url } = await serve({
      ...pilcrow,
      async *askEvents(request) {
        for await (const event of pilcrow.askEvents(request)) {
          yield event;
          throw new Error("of the test");
        }
      },
    });
    const messages = [{ role: "user", content: "ferry?" }];
    const chat = await post(`${url}/v1/chat/completions`, { model: "pilcrow", stream: true, messages });
    const chunks = (await eventsOf(chat)).map(({ data }) => data);
    expect(chunks).toMatchObject([{ choices: [{}] }, { error: { code: "internal" } }]);
    const path = [
      "paths",
      "/v1/chat/completions",
      "post",
      "responses",
      "200",
      "content",
      "text/event-stream",
      "schema",
    ];
    for (const chunk of chunks) expect(faults(path, chunk)).toEqual([]);
    const stream = await fetch(`${url}/ask?q=ferry`, { headers: { Accept: "text/event-stream" } });
    const events = await eventsOf(stream);
    expect(events.map(({ name }) => name)).toEqual(["retrieval", "error"]);
    expect(problemSchema.parse(events[1]?.data)).toMatchObject({ status: 500, code: "internal" });
  });

  it("no index", async () => {
    const { url } = await serve(createPilcrow({ corpus: folder, index: await folderOf({}) }));
    for (const [path, address] of [
      ["/ask", "/ask?q=a"],
      ["/search", "/search?q=a"],
      ["/documents", "/documents"],
    ] as const) {
      const response = await fetch(url + address);
      expect(response.status).toBe(503);
      expect(await described(path, response)).toMatchObject({ code: "index-missing" });
    }
    expect(await described("/health", await fetch(`${url}/health`))).toMatchObject({ status: "no-index" });
  });
});

it("a field too many, or one too few, would be seen", () => {
  const schema = ["components", "schemas", "SearchHit"];
  const [hit] = Object.values(
    at(document, "paths", "/search", "get", "responses", "200", "content", "application/json", "example", "passages") ??
      [],
  );
  const found = hit !== null && typeof hit === "object" ? { ...hit } : {};
  expect(faults(schema, found)).toEqual([]);
  expect(faults(schema, { ...found, more: 1 })).toHaveLength(1);
  const { check: _, ...fewer }: Record<string, unknown> = found;
  expect(faults(schema, fewer)).toHaveLength(1);
});
