import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { LlmSettings } from "../../src/config.ts";

/** A request as the service got it. */
export interface Got {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Record<string, unknown>;
  /** Everything that was said to the model, as one text. */
  readonly text: string;
}

/** Answers a request; `count` is how many there were before. */
export type LlmScript = (got: Got, response: ServerResponse, count: number) => unknown;

export interface ScriptedLlm {
  /** "http://127.0.0.1:PORT/v1" */
  readonly url: string;
  readonly got: readonly Got[];
  /** Resolves when the client has closed the connection of a request before its answer ended. */
  readonly closed: Promise<void>;
}

/** The service of a language model on this machine, that answers as the script says, until the test ends. */
export async function scriptedLlm(script: LlmScript): Promise<ScriptedLlm> {
  const got: Got[] = [];
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const server = createServer(async (request, response) => {
    response.on("close", () => {
      if (!response.writableEnded) close();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    got.push({ path: request.url ?? "", headers: request.headers, body, text: textsOf(body).join("\n") });
    const last = got.at(-1);
    if (last !== undefined) script(last, response, got.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1`, got, closed };
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** What an OpenAI-compatible service streams: the text in pieces, how it ended, what it took. */
export function streamChat(
  response: ServerResponse,
  text: string,
  { finish = "stop", pieces = 7 }: { finish?: string; pieces?: number } = {},
): void {
  startStream(response);
  for (let at = 0; at < text.length; at += pieces) sendDelta(response, text.slice(at, at + pieces));
  endStream(response, finish);
}

export function endStream(response: ServerResponse, finish = "stop"): void {
  send(response, { ...CHUNK, choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  send(response, { ...CHUNK, choices: [], usage: { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 } });
  response.end("data: [DONE]\n\n");
}

export function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
}

export function sendDelta(response: ServerResponse, content: string): void {
  send(response, { ...CHUNK, choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] });
}

export function send(response: ServerResponse, event: object): void {
  response.write(`data: ${JSON.stringify(event)}\n\n`);
}

const CHUNK = { id: "c1", object: "chat.completion.chunk", created: 1, model: "scripted" };

/** An error as such services tell it. */
export function refuse(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  message = "no",
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ error: { message, type: "scripted", code: null } }));
}

/** A statement as the model is asked to write it. */
export function said(text: string, passage: number, quote: string) {
  return { text, citations: [{ passage, quote }] };
}

export function answerJson(...statements: readonly object[]): string {
  return JSON.stringify({ answerable: true, statements });
}

/** The passages of a prompt, by number: what stands between its delimiters. */
export function passagesIn(text: string): { readonly number: number; readonly nonce: string; readonly text: string }[] {
  const blocks = text.matchAll(/<<passage (\d+) ([0-9a-f]{24})>>\n([\s\S]*?)\n<<end of passage \1 \2>>/g);
  return [...blocks].map(([, number, nonce = "", passage = ""]) => ({ number: Number(number), nonce, text: passage }));
}

/** The number of the first passage whose block holds the words; 0 where none does. */
export function passageWith(text: string, words: string): number {
  return passagesIn(text).find((passage) => passage.text.includes(words))?.number ?? 0;
}

/** Settings for a scripted service; a model that is not at hand is asked for no longer than some seconds. */
export function llmSettings(baseUrl: string, given: Partial<LlmSettings> = {}): LlmSettings {
  return {
    name: "openai-compatible:scripted",
    baseUrl,
    timeoutMs: 5_000,
    price: null,
    unsupported: "drop",
    key: () => undefined,
    ...given,
  };
}
