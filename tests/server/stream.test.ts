import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { IndexError } from "../../src/errors.ts";
import { eventStream } from "../../src/event-stream.ts";
import { createServer, listen } from "../../src/server.ts";
import type { Answer, AskEvent } from "../../src/types.ts";
import { PLEDGE, THAAD } from "../web/example.ts";
import { answerOf, cite, corpusDocument, eventsOf } from "./fake-pilcrow.ts";
import { call, pilcrow, post, problemOf } from "./requests.ts";
import { collectGarbage, FALLBACK, scripted, serverSent } from "./scripted.ts";
import { serve, webRoot } from "./serve.ts";

const EVENTS = { Accept: "text/event-stream" };
const communique = corpusDocument("2019-11-15-51st-scm-joint-communique.txt", "Communiqué of 2019", "2019-11-15");
const answer: Answer = answerOf("What was agreed?", [cite(call, THAAD, 1), cite(communique, PLEDGE, 2)]);
const [retrieval, ...others] = [...eventsOf(answer)];
if (retrieval === undefined) throw new Error("an answer begins with what was found");

describe("a stream of /ask", () => {
  it("gives each event when it happens, by its name, and the whole answer at the end", async () => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const { url } = await serve(slow);
    const response = post(url, { question: answer.question, mode: "generative" }, EVENTS);
    const question = await asked();
    expect(question.request).toMatchObject({ question: answer.question, mode: "generative" });
    question.tell(retrieval);
    const { status, headers } = await response;
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("text/event-stream");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Accel-Buffering")).toBe("no");
    expect(headers.get("Vary")).toBe("Accept");
    expect(headers.get("Content-Length")).toBeNull();
    const events = serverSent(await response);
    const { type: _, ...found } = retrieval;
    expect((await events.next()).value).toEqual({ id: "1", event: "retrieval", data: found });
    const [first, second] = answer.citations;
    const [one, two] = answer.statements;
    const expected = [
      { id: "2", event: "citation", data: first },
      { id: "3", event: "statement", data: one },
      { id: "4", event: "citation", data: second },
      { id: "5", event: "statement", data: two },
      { id: "6", event: "fallback", data: FALLBACK },
      { id: "7", event: "answer-end", data: answer },
    ];
    const told = [...others.slice(0, -1), { type: "fallback" as const, fallback: FALLBACK }, ...others.slice(-1)];
    expect(told).toHaveLength(expected.length);
    for (const [at, event] of told.entries()) {
      // The next event is told only when this one has come through.
      question.tell(event);
      expect((await events.next()).value).toEqual(expected[at]);
    }
    question.end();
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });

  it.each<[accept: string, type: string]>([
    ["text/event-stream", "text/event-stream"],
    ["text/event-stream, application/json;q=0.9", "text/event-stream"],
    ["application/json;q=0.2, text/event-stream;q=0.3", "text/event-stream"],
    ["application/json, text/event-stream", "application/json"],
    ["text/event-stream;q=0.5, application/json", "application/json"],
    ["text/event-stream;q=0", "application/json"],
    ["*/*", "application/json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"],
    ["image/png", "application/json"],
  ])("is what %s gets: %s", async (accept, type) => {
    const { url } = await serve(pilcrow);
    for (const response of [
      await fetch(`${url}/ask?q=agreed`, { headers: { Accept: accept } }),
      await post(url, { question: "agreed" }, { Accept: accept }),
    ]) {
      expect(response.headers.get("Content-Type")).toBe(type);
      expect(response.headers.get("Vary")).toBe("Accept");
      expect(await response.text()).toContain(type === "application/json" ? '"answered":true' : "event: answer-end");
    }
  });

  it("is no stream where the question fails before its first event", async () => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const { url, lines } = await serve(slow);
    expect((await post(url, { question: "" }, EVENTS)).status).toBe(400);
    const response = post(url, { question: "x" }, EVENTS);
    (await asked()).fail(new IndexError("index-damaged", "/secret/index is cut off"));
    expect((await response).status).toBe(503);
    expect(await problemOf(await response)).toMatchObject({ status: 503, code: "index-damaged" });
    expect(lines).toEqual(["POST /ask: index-damaged: /secret/index is cut off"]);
  });

  it("tells a failure in the middle as a problem, and ends without answer-end", async () => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const { url, lines } = await serve(slow);
    const response = fetch(`${url}/ask?q=x`, { headers: EVENTS });
    const { tell, fail } = await asked();
    tell(retrieval);
    const events = serverSent(await response);
    expect((await events.next()).value).toMatchObject({ event: "retrieval" });
    fail(new IndexError("index-damaged", "/secret/index is cut off"));
    const problem = { type: "about:blank", title: "Service Unavailable", status: 503, code: "index-damaged" };
    const { value } = await events.next();
    expect(value).toMatchObject({ id: "2", event: "error", data: problem });
    expect(JSON.stringify(value)).not.toContain("secret");
    expect((await events.next()).done).toBe(true);
    expect(lines).toEqual(["GET /ask: index-damaged: /secret/index is cut off"]);
  });

  it("sends a comment now and then while there is nothing to tell", async () => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const { url } = await serve(slow, webRoot, { heartbeatMs: 10 });
    const response = post(url, { question: "x" }, EVENTS);
    const { tell, end } = await asked();
    tell(retrieval);
    const { body } = await response;
    if (body === null) throw new Error("a stream has a body");
    let text = "";
    let told = false;
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (told || text.split(": heartbeat").length < 4) continue;
      tell(...others);
      end();
      told = true;
    }
    expect(text).toMatch(/^id: 1\nevent: retrieval\n.*\n\n(: heartbeat\n\n){3,}id: 2\nevent: citation\n/);
    expect(text).toMatch(/event: answer-end\ndata: .*\n\n$/);
  });

  it("is what the example of the README gets", async () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, name = "", value = "", path = ""] =
      /^curl -N -H "([\w-]+): ([^"]+)" "http:\/\/localhost:8787(\/[^"]+)"$/m.exec(readme) ?? [];
    const { url } = await serve(pilcrow);
    const names: unknown[] = [];
    for await (const { event, data } of serverSent(await fetch(`${url}${path}`, { headers: { [name]: value } }))) {
      names.push(event);
      if (event === "retrieval") expect(data).toMatchObject({ question: "what did Perry commit to in 1996" });
    }
    expect(names).toEqual(["retrieval", "citation", "statement", "answer-end"]);
  });

  it("is not asked again by an EventSource whose stream has ended", async () => {
    const { pilcrow: slow } = scripted(pilcrow);
    const { url } = await serve(slow);
    const response = await fetch(`${url}/ask?q=x`, { headers: { ...EVENTS, "Last-Event-ID": "7" } });
    expect(response.status).toBe(204);
  });

  it("asks for nothing that is not read, and ends the work when its reader cancels", async () => {
    let made = 0;
    let work: AbortSignal | undefined;
    let isOver = false;
    async function* endless(signal: AbortSignal): AsyncGenerator<AskEvent, void> {
      work = signal;
      try {
        for (;;) {
          made += 1;
          yield { type: "fallback", fallback: FALLBACK };
        }
      } finally {
        isOver = true;
      }
    }
    const { signal } = new AbortController();
    const problemOf = () => {
      throw new Error("nothing fails here");
    };
    const reader = (await eventStream(endless, { heartbeatMs: 1_000, signal, problemOf })).getReader();
    for (const read of [1, 2, 3]) {
      await reader.read();
      await new Promise(setImmediate);
      expect(made).toBe(read);
    }
    expect(work?.aborted).toBe(false);
    await reader.cancel();
    expect(work?.aborted).toBe(true);
    await expect.poll(() => isOver).toBe(true);
    expect(made).toBe(3);
  });
});

/** A request whose answer is not read, on a connection of its own. */
function send(url: string, head: readonly string[], body = "") {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  socket.write(`${[...head, "Host: localhost"].join("\r\n")}\r\n\r\n${body}`);
  return socket;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

describe("a client that goes away", () => {
  it.each(["before the first event", "in the middle"])("stops the work of its stream %s", async (when) => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const { url, lines } = await serve(slow);
    const socket = send(url, ["GET /ask?q=x HTTP/1.1", "Accept: text/event-stream"]);
    const { signal, tell } = await asked();
    if (when === "in the middle") {
      tell(retrieval);
      socket.resume();
      await new Promise((resolve) => socket.once("data", resolve));
    }
    expect(signal.aborted).toBe(false);
    collectGarbage();
    socket.destroy();
    await aborted(signal);
    expect(lines).toEqual([]);
  });

  it("stops the work of an answer that is not a stream", async () => {
    let work: (signal: AbortSignal) => void = () => {};
    const working = new Promise<AbortSignal>((resolve) => {
      work = resolve;
    });
    const ask: typeof pilcrow.ask = async (_, { signal = new AbortController().signal } = {}) => {
      work(signal);
      await aborted(signal);
      throw signal.reason;
    };
    const { url, lines } = await serve({ ...pilcrow, ask });
    const body = JSON.stringify({ question: "x" });
    const head = ["POST /ask HTTP/1.1", "Content-Type: application/json", `Content-Length: ${body.length}`];
    const socket = send(url, head, body);
    const signal = await working;
    collectGarbage();
    socket.destroy();
    await aborted(signal);
    expect((await post(url, { question: "" })).status).toBe(400);
    expect(lines).toEqual([]);
  });

  it("holds up its answer while it does not read, and gets all of it when it does", async () => {
    const MOST = 2_000;
    const fallback = { ...FALLBACK, message: "x".repeat(0x10000) };
    let made = 0;
    const { url } = await serve({
      ...pilcrow,
      async *askEvents() {
        for (; made < MOST; made += 1) yield { type: "fallback", fallback };
      },
    });
    const socket = send(url, ["GET /ask?q=x HTTP/1.1", "Accept: text/event-stream"]);
    let before = -1;
    // What the two ends of the connection hold by themselves fills up; then nothing more is made.
    const settled = () => {
      const isSettled = made > 0 && made === before;
      before = made;
      return isSettled;
    };
    await expect.poll(settled, { interval: 250, timeout: 10_000 }).toBe(true);
    expect(made).toBeLessThan(MOST / 4);
    let received = 0;
    socket.on("data", (chunk) => {
      received += chunk.length;
    });
    socket.resume();
    await expect.poll(() => received, { timeout: 10_000 }).toBeGreaterThan(MOST * 0x10000);
    socket.destroy();
  });
});

describe("a server that closes", () => {
  const close = async (leaveMs: number) => {
    const { pilcrow: slow, asked } = scripted(pilcrow);
    const host = "127.0.0.1";
    const app = createServer(slow, { webRoot, version: "1", host });
    const server = await listen(app, { host, port: 0, leaveMs });
    const response = post(server.url, { question: "x" }, EVENTS);
    const question = await asked();
    question.tell(retrieval);
    return { question, events: serverSent(await response), closed: server.close() };
  };

  it("waits for a stream", async () => {
    const { question, events, closed } = await close(10_000);
    question.tell(...others);
    question.end();
    const names: unknown[] = [];
    for await (const { event } of events) names.push(event);
    expect(names.at(-1)).toBe("answer-end");
    await closed;
  });

  it("cuts off a stream that takes too long, and stops its work", async () => {
    const { question, events, closed } = await close(50);
    await events.next();
    await closed;
    await aborted(question.signal);
    await expect(events.next()).rejects.toThrow();
  });
});
