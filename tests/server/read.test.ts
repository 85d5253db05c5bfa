import { describe, expect, it } from "vitest";
import type { AskRequest } from "../../src/types.ts";
import { answerOf, fakePilcrow } from "./fake-pilcrow.ts";
import { call, pilcrow, problemOf } from "./requests.ts";
import { exchange, serve } from "./serve.ts";

describe("GET", () => {
  it("asks by the query", async () => {
    const seen: AskRequest[] = [];
    const { url } = await serve({
      ...pilcrow,
      ask: async (request) => {
        seen.push(request);
        return pilcrow.ask(request);
      },
    });
    expect((await fetch(`${url}/ask?q=THAAD%3F&limit=3&from=2016&to=2017-02-07&document=a&document=b`)).status).toBe(
      200,
    );
    expect(seen).toEqual([{ question: "THAAD?", limit: 3, from: "2016", to: "2017-02-07", documents: ["a", "b"] }]);
  });

  it.each([
    ["/ask", "q"],
    ["/ask?q=", "q"],
    ["/ask?q=a&q=b", "q"],
    ["/ask?q=a&limit=", "limit"],
    ["/ask?q=a&limit=1e1", "limit"],
    ["/ask?q=a&limit=0x5", "limit"],
    ["/ask?q=a&question=b", "question"],
    ["/ask?q=a&__proto__=b", "__proto__"],
    ["/ask?q=a&document=", "document.0"],
    ["/ask?q=a&from=2018&to=2017", "to"],
    ["/search?q=a&limit=101", "limit"],
    ["/search?q=a&from=soon", "from"],
    ["/search", "q"],
  ])("%s is refused for its %s", async (path, field) => {
    const { url } = await serve(pilcrow);
    const response = await fetch(url + path);
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: "invalid-request", field });
  });

  it("searches", async () => {
    const { url } = await serve({
      ...pilcrow,
      search: async ({ limit }) => (limit === 100 ? [] : Promise.reject(limit)),
    });
    expect(await (await fetch(`${url}/search?q=a&limit=100`)).json()).toEqual({ question: "a", passages: [] });
  });

  it("lists the documents and gives one to a program", async () => {
    const { url } = await serve(pilcrow);
    expect(await (await fetch(`${url}/documents`)).json()).toEqual({ documents: await pilcrow.documents() });
    const response = await fetch(`${url}/documents/${call.documentId}`);
    expect(response.headers.get("Vary")).toBe("Accept");
    expect(await response.json()).toEqual(call);
  });

  it.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"],
    ["*/*", "application/json"],
    ["application/json, text/html;q=0.9", "application/json"],
    ["text/html;q=0.1, application/json", "application/json"],
    ["image/png", "application/json"],
  ])("gives a document to Accept: %s as %s", async (accept, type) => {
    const { url } = await serve(pilcrow);
    const response = await fetch(`${url}/documents/${call.documentId}`, { headers: { Accept: accept } });
    expect(response.headers.get("Content-Type")).toBe(type);
    expect(response.headers.get("Vary")).toBe("Accept");
    expect(response.status).toBe(200);
  });

  it("gives the page to a browser for an unknown document too, with the right status", async () => {
    const { url } = await serve(pilcrow);
    const response = await fetch(`${url}/documents/nope`, { headers: { Accept: "text/html" } });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("<title>Pilcrow");
  });

  it("gives a file's bytes as plain text, never as a page", async () => {
    const { url } = await serve(pilcrow);
    const text = await fetch(`${url}/documents/${call.documentId}/raw`);
    expect(text.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(text.headers.get("Content-Disposition")).toBe("inline");
    expect(await text.text()).toBe(call.text);
    const hostile = await fetch(`${url}/documents/hostile/raw`);
    expect(hostile.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(hostile.headers.get("X-Content-Type-Options")).toBe("nosniff");
    const binary = await fetch(`${url}/documents/a%20report/raw`);
    expect(binary.headers.get("Content-Type")).toBe("application/pdf");
    expect(binary.headers.get("Content-Disposition")).toBe("attachment; filename*=UTF-8''a%20report");
  });

  it("tells its health, without paths", async () => {
    const { url } = await serve(pilcrow);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({
      status: "ok",
      version: "1.2.3",
      documents: 3,
      passages: (await pilcrow.status()).passages,
      embedder: "pilcrow-static",
      generation: "7",
      modes: ["extractive"],
    });
    const empty = await serve(fakePilcrow([], () => answerOf("", [])));
    const response = await fetch(`${empty.url}/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "no-index", documents: 0, generation: null });
  });

  it("serves the page and its assets with validators", async () => {
    const { url } = await serve(pilcrow);
    for (const [path, type] of [
      ["/", "text/html"],
      ["/?q=anything", "text/html"],
      ["/pilcrow.js", "text/javascript"],
      ["/pilcrow.css", "text/css"],
      ["/reference", "text/html"],
      ["/reference.js", "text/javascript"],
      ["/reference.css", "text/css"],
    ]) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toBe(`${type}; charset=utf-8`);
      expect(response.headers.get("Cache-Control")).toBe("no-cache");
      const headers = { "If-None-Match": response.headers.get("ETag") ?? "" };
      expect((await fetch(url + path, { headers })).status).toBe(304);
    }
  });

  it("says so when the page is not built", async () => {
    const { url, lines } = await serve(pilcrow, "/nonexistent");
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(JSON.stringify(await problemOf(response))).not.toContain("/nonexistent");
    expect(lines.join()).toContain("/nonexistent");
  });

  it("answers HEAD as GET, without the body", async () => {
    const { url } = await serve(pilcrow);
    for (const path of ["/", "/ask?q=a", "/documents", "/health", "/pilcrow.js"]) {
      const response = await fetch(url + path, { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
    }
  });
});

describe("what is not there", () => {
  it.each([
    "/nope",
    "/documents/nope",
    "/documents/nope/raw",
    "/documents/%00",
    "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/documents/..%2f..%2fetc%2fpasswd/raw",
    "/documents/%E0%A4%A",
    "/documents/%",
    `/documents/${"x".repeat(5000)}`,
    "/documents/",
    "/documents/__proto__",
    "/pilcrow.js.map",
    "/../package.json",
    "//evil.example/",
  ])("%s is 404", async (path) => {
    const { url, lines } = await serve(pilcrow);
    const received = await exchange(url, [`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`]);
    expect(received).toMatch(/^HTTP\/1\.1 404 [\s\S]*"code":"not-found"/);
    expect(lines).toEqual([]);
  });

  it.each([
    ["DELETE", "/ask", "GET, HEAD, POST"],
    ["PUT", "/documents", "GET, HEAD"],
    ["POST", "/", "GET, HEAD"],
    ["OPTIONS", "/ask", "GET, HEAD, POST"],
    ["POST", "/documents/x/raw", "GET, HEAD"],
    ["PATCH", "/health", "GET, HEAD"],
  ])("%s %s is 405 and says what is allowed", async (method, path, allow) => {
    const { url } = await serve(pilcrow);
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe(allow);
    expect(await problemOf(response)).toMatchObject({ code: "method-not-allowed" });
  });

  it.each([
    "GET \\x HTTP/1.1\r\nHost: localhost\r\n",
    "GET / HTTP/1.1\r\nHost: a b\r\n",
    "GET / HTTP/1.1\r\nHost: localhost/x\r\n",
    "GET / HTTP/1.1\r\n",
    "nonsense\r\n",
    "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
  ])("%j is 400", async (head) => {
    const { url } = await serve(pilcrow);
    expect(await exchange(url, [`${head}Connection: close\r\n\r\n`])).toMatch(/^HTTP\/1\.1 400 /);
  });
});
