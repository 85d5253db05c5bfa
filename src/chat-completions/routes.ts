import { type Context, Hono } from "hono";
import { blockStream, EVENT_STREAM_HEADERS } from "../event-stream.ts";
import { atMost, jsonBody, LARGE, onlyAllows, requireJson } from "../guard.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { type ChatChunk, chunksOf } from "./chunks.ts";
import { completionOf, headOf } from "./completion.ts";
import { type ChatError, chatErrorOf } from "./error.ts";
import { modelOf, modeOf } from "./models.ts";
import { readChatRequest } from "./request.ts";

const EXAMPLE = 'Send {"model": "...", "messages": [{"role": "user", "content": "..."}]}.';

export interface ChatOptions {
  /** Of Pilcrow. */
  readonly version: string;
  /** Milliseconds of silence in a stream. */
  readonly heartbeatMs: number;
  /** What makes a permalink absolute. */
  readonly originOf: (c: Context) => string;
  /** Hears of every failure that breaks a stream off. */
  readonly report: (c: Context, error: unknown) => void;
}

/** The routes below `/v1`: Pilcrow for programs that speak to a model's service. A key is taken and not looked at. */
export function chatCompletions(pilcrow: Pilcrow, { version, heartbeatMs, originOf, report }: ChatOptions): Hono {
  const app = new Hono();

  app
    .post("/chat/completions", requireJson, atMost(LARGE), async (c) => {
      const request = readChatRequest(await jsonBody(c, EXAMPLE));
      const ask = { ...request.ask, mode: modeOf(request.model, pilcrow.modes) };
      const asked = { request, origin: originOf(c) };
      const { generation } = await pilcrow.status({ pending: false });
      const head = headOf(request.model, version, generation);
      const { signal } = c.req.raw;
      if (!request.stream) return c.json(completionOf(await pilcrow.ask(ask, { signal }), head, asked));
      const blocks = (signal: AbortSignal) => {
        const chunks = chunksOf(pilcrow.askEvents(ask, { signal }), head, asked);
        return toldAsBlocks(chunks, signal, (error) => report(c, error));
      };
      return c.body(await blockStream(blocks, { heartbeatMs, signal }), 200, EVENT_STREAM_HEADERS);
    })
    .all(onlyAllows("POST"));

  app
    .get("/models", async (c) => {
      const created = await createdAt();
      return c.json({ object: "list", data: pilcrow.modes.map((mode) => modelOf(mode, created)) });
    })
    .all(onlyAllows("GET, HEAD"));

  app
    .get("/models/:model", async (c) => {
      const mode = modeOf(c.req.param("model"), pilcrow.modes);
      return c.json(modelOf(mode, await createdAt()));
    })
    .all(onlyAllows("GET, HEAD"));

  async function createdAt(): Promise<string | null> {
    return (await pilcrow.status({ pending: false })).createdAt;
  }
  return app;
}

/** A stream ends with [DONE]; one that ends with an error, or with neither, was cut off. */
async function* toldAsBlocks(
  chunks: AsyncGenerator<ChatChunk, void>,
  signal: AbortSignal,
  report: (error: unknown) => void,
): AsyncGenerator<string, void> {
  let hasBegun = false;
  const block = (data: ChatChunk | ChatError) => `data: ${JSON.stringify(data)}\n\n`;
  try {
    for await (const chunk of chunks) {
      yield block(chunk);
      hasBegun = true;
    }
    yield "data: [DONE]\n\n";
  } catch (error) {
    if (!hasBegun || signal.aborted) throw error;
    report(error);
    yield block(chatErrorOf(error).body);
  }
}
