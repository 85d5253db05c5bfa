import { type Context, Hono } from "hono";
import { atMost, jsonBody, LARGE, onlyAllows, requireJson } from "../guard.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { INVALID_REQUEST, NO_BATCHES, rpcError } from "./rpc-error.ts";
import { saidOnce } from "./said-once.ts";

const EXAMPLE = 'Send a message of the Model Context Protocol: {"jsonrpc": "2.0", ...}.';

export interface McpRouteOptions {
  /** Of Pilcrow. */
  readonly version: string;
  /** What makes a permalink absolute. */
  readonly originOf: (c: Context) => string;
  /** What a client is told of an error. */
  readonly explain: (c: Context, error: unknown) => string;
}

/**
 * The Model Context Protocol over Streamable HTTP, without sessions: every message stands for itself. An answer is JSON,
 * and a stream of events where progress is asked for.
 */
export function mcpRoutes(pilcrow: Pilcrow, { version, originOf, explain }: McpRouteOptions): Hono {
  const app = new Hono();
  app
    .post("/", requireJson, atMost(LARGE), async (c) => {
      const body = await jsonBody(c, EXAMPLE);
      if (Array.isArray(body)) return c.json(rpcError(null, INVALID_REQUEST, NO_BATCHES), 400);
      // Loaded with the first message: a server that gets none starts without it.
      const [{ createMcpServer }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
        import("./server.ts"),
        import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
      ]);
      const origin = originOf(c);
      const server = createMcpServer({
        pilcrow,
        version,
        listChanged: false,
        ready: async () => {},
        link: (url) => origin + url,
        explain: (error) => explain(c, error),
      });
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: !asksForProgress(body) });
      await server.connect(saidOnce(transport));
      const { signal } = c.req.raw;
      // Who goes away is not answered any further: the work under way is aborted.
      const gone = new Promise<Response>((resolve) => {
        const leave = () => void server.close().then(() => resolve(new Response(null)));
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      });
      return Promise.race([transport.handleRequest(c.req.raw, { parsedBody: body }), gone]);
    })
    .all(onlyAllows("POST"));
  return app;
}

function asksForProgress(body: unknown): boolean {
  return fieldOf(fieldOf(fieldOf(body, "params"), "_meta"), "progressToken") !== undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
