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
import { described, eventsOf, postJson } from "./described.ts";
import { inMemory, writerOf } from "./in-memory.ts";
import { at, document, entries, faults } from "./openapi-document.ts";
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

  const asked = async (url: string, request: AskRequest) =>
    described("/ask", await postJson(`${url}/ask`, request), "post");

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
    const stream = await postJson(`${url}/ask`, request, "text/event-stream");
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
