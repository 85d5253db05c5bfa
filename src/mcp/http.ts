import { type Context, Hono } from "hono";
import { atMost, jsonBody, LARGE, onlyAllows, requireJson } from "../guard.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { INVALID_REQUEST, NO_BATCHES, rpcError } from "./rpc-error.ts";
import { saidOnce } from "./said-once.ts";
import type { Sessions } from "./sessions.ts";

/** The header of the protocol that says whose a request is. */
const SESSION = "Mcp-Session-Id";
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
 * The Model Context Protocol over Streamable HTTP: every message stands for itself, with a session or without. An answer
 * is JSON, and a stream of events where progress is asked for. A session is there for giving requests up.
 */
export function mcpRoutes(pilcrow: Pilcrow, { version, originOf, explain }: McpRouteOptions): Hono {
  const app = new Hono();
  let sessions: Sessions | undefined;
  app
    .post("/", requireJson, atMost(LARGE), async (c) => {
      const body = await jsonBody(c, EXAMPLE);
      if (Array.isArray(body)) return c.json(rpcError(null, INVALID_REQUEST, NO_BATCHES), 400);
      // Loaded with the first message: a server that gets none starts without it.
      const [{ createMcpServer }, { mcpSessions }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
        import("./server.ts"),
        import("./sessions.ts"),
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
      sessions ??= mcpSessions();
      const session = c.req.header(SESSION);
      sessions.heed(session, body);
      const { signal } = c.req.raw;
      // Who goes away, or gives the request up, is not answered any further: the work under way is aborted.
      const left = new Promise<Response>((resolve) => {
        const leave = () => void server.close().then(() => resolve(new Response(null, { status: 202 })));
        sessions?.follow(session, transport, leave);
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      });
      const response = await Promise.race([transport.handleRequest(c.req.raw, { parsedBody: body }), left]);
      if (fieldOf(body, "method") === "initialize" && response.ok) response.headers.set(SESSION, sessions.begin());
      return response;
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
