import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPilcrow, type Pilcrow } from "../../src/library.ts";
import { described, eventsOf, postJson } from "./described.ts";
import { at, document, faults, type Json } from "./openapi-document.ts";
import { serve } from "./serve.ts";

const FILES = {
  "2004-03-01-spring.txt":
    "Harbour board, spring\n\n1. Harbour Master Ines Aldana reported that the ferry broke down.\n",
};

describe("what other programs are answered is what /openapi.json says", () => {
  let pilcrow: Pilcrow;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pilcrow-described-"));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    pilcrow = createPilcrow({ corpus: folder, index: join(folder, "index") });
    for await (const _ of pilcrow.index());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("a chat completion, whole and in chunks", async () => {
    const { url } = await serve(pilcrow);
    const address = `${url}/v1/chat/completions`;
    const messages = [{ role: "user", content: "Who reported on the ferry in 2004?" }];
    const path = "/v1/chat/completions";
    const whole = await described(path, await postJson(address, { model: "pilcrow", messages }), "post");
    expect(whole).toMatchObject({ choices: [{ message: { role: "assistant" } }], pilcrow: { answered: true } });
    const request = { model: "pilcrow", messages, stream: true, stream_options: { include_usage: true } };
    const chunks = (await (await postJson(address, { ...request, pilcrow: { trace: true } })).text())
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
    expect(await described("/mcp", await postJson(`${url}/mcp`, message, both), "post")).toMatchObject({
      id: 1,
      result: {},
    });
    await described("/mcp", await postJson(`${url}/mcp`, message, "application/json"), "post");
    expect(await described("/mcp", await postJson(`${url}/mcp`, [message], both), "post")).toMatchObject({ error: {} });
    expect(await described("/mcp", await postJson(`${url}/mcp`, { id: 1 }, both), "post")).toMatchObject({ error: {} });
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
    const stream = await postJson(`${url}/mcp`, message, "application/json, text/event-stream");
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

  it("a chat completion that breaks off in the middle", async () => {
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
    const chat = await postJson(`${url}/v1/chat/completions`, { model: "pilcrow", stream: true, messages });
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
  });
});
