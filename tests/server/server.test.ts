import { describe, expect, it } from "vitest";
import { IndexError, ModelError, RequestError } from "../../src/errors.ts";
import { createServer, listen } from "../../src/server.ts";
import type { AskRequest, DocumentView } from "../../src/types.ts";
import { answerOf, cite, corpusDocument, documentOf, fakePilcrow } from "./fake-pilcrow.ts";
import { exchange, serve, webRoot } from "./serve.ts";

const call = corpusDocument("2017-02-07-yun-tillerson-call.txt", "Yun-Tillerson call", "2017-02-07");
const html: DocumentView = {
  ...documentOf("hostile.html", "<script>alert(1)</script>", "Hostile", null),
  mediaType: "text/html",
};
const pdf: DocumentView = {
  ...documentOf("a report.pdf", "%PDF", "Report", null),
  documentId: "a report",
  mediaType: "application/pdf",
};
const pilcrow = fakePilcrow([call, html, pdf], (request) =>
  answerOf(request.question, [cite(call, "agreed to deploy the system as planned", 1)]),
);

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  return response.json();
}

describe("POST /ask", () => {
  it("passes the request on, trimmed, and answers with what comes back", async () => {
    const seen: AskRequest[] = [];
    const { url } = await serve({
      ...pilcrow,
      ask: async (request) => {
        seen.push(request);
        return pilcrow.ask(request);
      },
    });
    const response = await post(url, {
      question: "  what was agreed?\n",
      history: [{ role: "user", content: "THAAD?" }],
      limit: 20,
      documents: [call.documentId],
      from: "2016-02",
      to: "2017",
      mode: "extractive",
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.json()).toEqual(await pilcrow.ask({ question: "what was agreed?" }));
    expect(seen).toEqual([
      {
        question: "what was agreed?",
        history: [{ role: "user", content: "THAAD?" }],
        limit: 20,
        documents: [call.documentId],
        from: "2016-02",
        to: "2017",
      },
    ]);
  });

  it.each<[name: string, body: unknown, field: string, expected: string]>([
    ["no question", {}, "question", "a text of 1 to 2000 characters"],
    ["an empty question", { question: " \n" }, "question", "a text of 1 to 2000 characters"],
    ["a long question", { question: "x".repeat(2001) }, "question", "a text of 1 to 2000 characters"],
    ["a question that is a number", { question: 5 }, "question", "a text of 1 to 2000 characters"],
    ["an unknown field", { question: "x", top_k: 3 }, "top_k", "one of question, history"],
    ["__proto__", '{"question":"x","__proto__":{"limit":3}}', "__proto__", "one of question"],
    ["a list", [], "", 'a JSON object with a "question"'],
    ["null", null, "", 'a JSON object with a "question"'],
    ["limit 0", { question: "x", limit: 0 }, "limit", "from 1 to 20"],
    ["limit 21", { question: "x", limit: 21 }, "limit", "from 1 to 20"],
    ["limit 1.5", { question: "x", limit: 1.5 }, "limit", "from 1 to 20"],
    ["limit as text", { question: "x", limit: "5" }, "limit", "from 1 to 20"],
    ["no such day", { question: "x", from: "2019-02-29" }, "from", "a calendar date"],
    ["no such month", { question: "x", to: "2019-13" }, "to", "a calendar date"],
    ["year 0", { question: "x", to: "0000" }, "to", "a calendar date"],
    ["a date with time", { question: "x", to: "2019-01-01T00:00" }, "to", "a calendar date"],
    ["dates out of order", { question: "x", from: "1997", to: "1996-12" }, "to", "not before"],
    ["a role", { question: "x", history: [{ role: "system", content: "" }] }, "history.0.role", '"user"'],
    ["a field of a turn", { question: "x", history: [{ role: "user", content: "", a: 1 }] }, "history.0.a", "role"],
    ["51 turns", { question: "x", history: Array(51).fill({ role: "user", content: "a" }) }, "history", "50 turns"],
    ["a document id", { question: "x", documents: [1] }, "documents.0", "a document id"],
    ["a generated answer", { question: "x", mode: "generative" }, "mode", "no language model is set up"],
  ])("refuses %s, naming the field and what it takes", async (_, body, field, expected) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, body);
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      code: "invalid-request",
      field,
      expected: expect.stringContaining(expected),
      detail: expect.stringContaining(expected),
    });
  });

  it("takes a leap day, and a month that holds the day before it", async () => {
    const { url } = await serve(pilcrow);
    expect((await post(url, { question: "x", from: "2020-02-29", to: "2020-02" })).status).toBe(200);
  });

  it.each(["", "{", "nonsense", '{"question": "x"', "\u0000"])("answers %j with invalid-json", async (body) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, body);
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: "invalid-json" });
  });

  it("takes UTF-8 only", async () => {
    const { url } = await serve(pilcrow);
    const body = Uint8Array.from([0x22, 0xff, 0xfe, 0x22]);
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${url}/ask`, { method: "POST", headers, body });
    expect(await problemOf(response)).toMatchObject({ code: "invalid-json", detail: expect.stringContaining("UTF-8") });
  });

  it.each([
    { "Content-Type": "text/plain" },
    { "Content-Type": "application/x-www-form-urlencoded" },
    { "Content-Type": "application/json; charset=utf-16" },
    { "Content-Type": "application/json", "Content-Encoding": "gzip" },
  ])("answers %j with 415", async (headers) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, { question: "x" }, headers);
    expect(response.status).toBe(415);
    expect(await problemOf(response)).toMatchObject({ code: "unsupported-media-type" });
  });
});

describe("a body over 32 KiB", () => {
  it("is refused by its stated length, and does not have to be sent", async () => {
    const { url } = await serve(pilcrow);
    const head =
      "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n";
    expect(await exchange(url, [head])).toMatch(/^HTTP\/1\.1 413 [\s\S]*"too-large"/);
  });

  it("is refused when chunked, before the end of 10 MB", async () => {
    const { url } = await serve(pilcrow);
    const head =
      "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const received = await exchange(url, [head, chunk]);
    expect(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*"too-large"/);
  });

  it("is read no further than a stated length that is too small", async () => {
    const { url } = await serve(pilcrow);
    const body = JSON.stringify({ question: "x".repeat(40_000) });
    const head =
      "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n";
    expect(await exchange(url, [head + body])).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("leaves the server able to answer after 10 MB", async () => {
    const { url } = await serve(pilcrow);
    const response = await post(url, { question: "x".repeat(10 * 1024 * 1024) }).catch(() => null);
    if (response !== null) expect(response.status).toBe(413);
    expect((await post(url, { question: "x" })).status).toBe(200);
  });

  it("is not mistaken for a body of exactly 32 KiB", async () => {
    const { url } = await serve(pilcrow);
    const body = JSON.stringify({ question: "x" });
    expect((await post(url, body + " ".repeat(32 * 1024 - body.length))).status).toBe(200);
    expect((await post(url, body + " ".repeat(32 * 1024 - body.length + 1))).status).toBe(413);
  });
});

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
    ["/search?q=a&from=2017", "from"],
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

describe("pages of other sites", () => {
  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::2]", "0.0.0.0:8787"])(
    "cannot reach it under the name %s",
    async (host) => {
      const { url } = await serve(pilcrow);
      const received = await exchange(url, [`GET /documents HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]);
      expect(received).toMatch(/^HTTP\/1\.1 403 [\s\S]*"forbidden-host"/);
    },
  );

  it.each(["localhost", "127.0.0.1:99", "[::1]:8787"])("this machine is %s", async (host) => {
    const { url } = await serve(pilcrow);
    const received = await exchange(url, [`GET /documents HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("any name will do on an address of the network", async () => {
    const app = createServer(pilcrow, { webRoot, version: "1", host: "0.0.0.0" });
    expect((await app.request("/health", { headers: { Host: "pilcrow.example" } })).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "http://localhost:1", "file://"])("%s cannot post", async (origin) => {
    const { url } = await serve(pilcrow);
    const response = await post(url, { question: "x" }, { Origin: origin });
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ code: "forbidden-origin" });
  });

  it("its own page can", async () => {
    const { url } = await serve(pilcrow);
    expect((await post(url, { question: "x" }, { Origin: url })).status).toBe(200);
  });

  it("cannot frame it, run in it or read from it", async () => {
    const { url } = await serve(pilcrow);
    const { headers } = await fetch(url);
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("errors of the layers below", () => {
  const secret = "/home/somebody/private";
  it.each([
    [
      new IndexError("index-missing", `No index in ${secret}`, `Run pilcrow index --index ${secret}`),
      503,
      "pilcrow index",
    ],
    [new IndexError("index-damaged", `${secret}/manifest is cut off`), 503, "--rebuild"],
    [new IndexError("index-mismatch", `${secret}: made by another model`), 503, "--rebuild"],
    [new ModelError("model-missing", `No model in ${secret}`), 503, "pilcrow doctor"],
    [new RequestError("documents.0", "a known id", 'There is no document "x".'), 400, "a known id"],
  ])("%s: no path, and what to do", async (error, status, advice) => {
    const { url, lines } = await serve({ ...pilcrow, ask: () => Promise.reject(error) });
    const response = await post(url, { question: "x" });
    expect(response.status).toBe(status);
    const problem = JSON.stringify(await problemOf(response));
    expect(problem).toContain(`"code":"${error.code}"`);
    expect(problem).toContain(advice);
    expect(problem).not.toContain(secret);
    expect(lines.join()).toBe(status === 503 ? `POST /ask: ${error.code}: ${error.message}` : "");
  });

  it.each([new Error(`ENOENT ${secret}`), "a thrown text"])(
    "%s is internal, and its stack is for the log",
    async (error) => {
      const { url, lines } = await serve({ ...pilcrow, ask: () => Promise.reject(error) });
      const response = await post(url, { question: "x" });
      expect(response.status).toBe(500);
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ code: "internal" });
      expect(JSON.stringify(problem)).not.toMatch(/ENOENT|private|thrown|\bat /);
      expect(lines).toHaveLength(error instanceof Error ? 1 : 0);
    },
  );
});

describe("listen", () => {
  const options = { webRoot, version: "1", host: "127.0.0.1" };

  it("says which port is taken, and what to do", async () => {
    const { url } = await serve(pilcrow);
    const port = Number(new URL(url).port);
    await expect(listen(createServer(pilcrow, options), { host: "127.0.0.1", port })).rejects.toMatchObject({
      name: "UsageError",
      code: "port-in-use",
      message: expect.stringContaining(String(port)),
      advice: expect.stringContaining("--port 0"),
    });
  });

  it("says so when the address is not of this machine", async () => {
    await expect(listen(createServer(pilcrow, options), { host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      code: "host-unavailable",
    });
  });

  it("closes when what is under way is answered, and takes nothing new", async () => {
    let release: () => void = () => {};
    const asked = new Promise<void>((entered) => {
      release = entered;
    });
    let finish: () => void = () => {};
    const gate = new Promise<void>((open) => {
      finish = open;
    });
    const app = createServer(
      {
        ...pilcrow,
        ask: async (request) => {
          release();
          await gate;
          return pilcrow.ask(request);
        },
      },
      options,
    );
    const server = await listen(app, { host: "127.0.0.1", port: 0 });
    const answer = post(server.url, { question: "x" });
    await asked;
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    const from = performance.now();
    finish();
    expect((await answer).status).toBe(200);
    await closed;
    // Node keeps an idle connection for 5 seconds unless it is told to close it.
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it("is not disturbed by a client that hangs up", async () => {
    const { url, lines } = await serve(pilcrow);
    const head =
      "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    await exchange(url, [head], 100);
    expect((await post(url, { question: "x" })).status).toBe(200);
    expect(lines).toEqual([]);
  });
});
