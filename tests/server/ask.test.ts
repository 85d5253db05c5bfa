import { describe, expect, it } from "vitest";
import type { AskRequest } from "../../src/types.ts";
import { example } from "../web/example.ts";
import { call, pilcrow, post, problemOf } from "./requests.ts";
import { exchange, serve } from "./serve.ts";

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
        mode: "extractive",
        question: "what was agreed?",
        history: [{ role: "user", content: "THAAD?" }],
        limit: 20,
        documents: [call.documentId],
        from: "2016-02",
        to: "2017",
      },
    ]);
  });

  it("gives the groups of a comparison, a side without evidence among them", async () => {
    const { url } = await serve(example);
    const question = "compare 1996, 2017 and 2019";
    const answer = await (await post(url, { question })).json();
    expect(answer).toMatchObject({
      kind: "comparison",
      groups: [
        { title: "1996", statements: [], message: "No document of 1996 mentions it." },
        { title: "2017", statements: [0], message: null },
        { title: "2019", statements: [1], message: null },
      ],
    });
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
    ["another mode", { question: "x", mode: "poetic" }, "mode", '"extractive" or "generative"'],
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
