import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { getRequestListener, RequestError as InvalidRequest } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { chatErrorOf } from "./chat-completions/error.ts";
import { chatCompletions } from "./chat-completions/routes.ts";
import { ListenError, NotFoundError, PilcrowError } from "./errors.ts";
import { EVENT_STREAM_HEADERS, eventStream, HEARTBEAT_MS } from "./event-stream.ts";
import { atMost, type GuardOptions, guard, jsonBody, onlyAllows, requireJson, SMALL } from "./guard.ts";
import { mcpRoutes } from "./mcp/http.ts";
import type { Pilcrow } from "./pilcrow.ts";
import { HttpError, type Problem, toProblem } from "./problem.ts";
import { parseAskBody, parseAskQuery, parseSearchQuery } from "./schemas/parse-request.ts";
import type { AskRequest } from "./types.ts";

const READ = "GET, HEAD";

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  // The browser itself then refuses innerHTML and the like.
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ["'none'"],
};

export interface ServerOptions extends GuardOptions {
  /** The folder of the built pages: index.html, pilcrow.js, pilcrow.css, and reference.* alike. */
  readonly webRoot: string;
  /** Of Pilcrow, as `GET /health` tells it. */
  readonly version: string;
  /** Takes a line for the operator; standard error by default. */
  readonly log?: (line: string) => void;
  /** Milliseconds between the comments of a stream that has nothing to tell. */
  readonly heartbeatMs?: number;
}

/** The routes of Pilcrow: each reads the request, calls one method and gives its result. */
export function createServer(pilcrow: Pilcrow, options: ServerOptions): Hono {
  const { webRoot, version, log = console.error, heartbeatMs = HEARTBEAT_MS } = options;
  const app = new Hono();

  app.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      strictTransportSecurity: false,
      xFrameOptions: "DENY",
    }),
  );
  app.use(guard(options));
  app.use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });

  async function file(c: Context, name: string, type: string, status: ContentfulStatusCode = 200): Promise<Response> {
    const content = await readFile(join(webRoot, name)).catch((cause: unknown) => {
      log(`The page is not built: ${String(cause)}`);
      throw new HttpError(503, "page-missing", "The page of this server is not built.", "Run `node web/build.js`.");
    });
    return c.body(content, status, { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-cache" });
  }
  const page = (c: Context, status: ContentfulStatusCode = 200) => file(c, "index.html", "text/html", status);

  app.get("/", etag(), (c) => page(c)).all(onlyAllows(READ));
  app.get("/pilcrow.js", etag(), (c) => file(c, "pilcrow.js", "text/javascript")).all(onlyAllows(READ));
  app.get("/pilcrow.css", etag(), (c) => file(c, "pilcrow.css", "text/css")).all(onlyAllows(READ));

  app.get("/reference", etag(), (c) => file(c, "reference.html", "text/html")).all(onlyAllows(READ));
  app.get("/reference.js", etag(), (c) => file(c, "reference.js", "text/javascript")).all(onlyAllows(READ));
  app.get("/reference.css", etag(), (c) => file(c, "reference.css", "text/css")).all(onlyAllows(READ));

  /** The answer, whole or as it comes about. Who goes away is not answered any further. */
  async function answer(c: Context, request: AskRequest): Promise<Response> {
    c.header("Vary", "Accept");
    const { signal } = c.req.raw;
    const supports = ["application/json", "text/event-stream"];
    const wanted = accepts(c, { header: "Accept", supports, default: "application/json" });
    if (wanted === "application/json") return c.json(await pilcrow.ask(request, { signal }));
    // An EventSource that comes again after the end would ask the same again and again; this tells it to stop.
    if (c.req.header("Last-Event-ID") !== undefined) return c.body(null, 204);
    const problemOf = (error: unknown) => problemToTell(c, error);
    const ask = (signal: AbortSignal) => pilcrow.askEvents(request, { signal });
    return c.body(await eventStream(ask, { heartbeatMs, signal, problemOf }), 200, EVENT_STREAM_HEADERS);
  }

  app
    .get("/ask", (c) => answer(c, parseAskQuery(queryOf(c))))
    .post(requireJson, atMost(SMALL), async (c) => answer(c, parseAskBody(await jsonBody(c))))
    .all(onlyAllows(`${READ}, POST`));

  app
    .get("/search", async (c) => {
      const request = parseSearchQuery(queryOf(c));
      return c.json({ question: request.question, passages: await pilcrow.search(request) });
    })
    .all(onlyAllows(READ));

  app.get("/documents", async (c) => c.json({ documents: await pilcrow.documents() })).all(onlyAllows(READ));

  app
    .get("/documents/:id", async (c) => {
      c.header("Vary", "Accept");
      const supports = ["application/json", "text/html"];
      const wanted = accepts(c, { header: "Accept", supports, default: "application/json" });
      const document = pilcrow.document(c.req.param("id"));
      if (wanted === "application/json") return c.json(await document);
      // A permalink in a browser: the page opens the document, and says itself what is wrong with it.
      return document.then(
        () => page(c),
        (error: unknown) => page(c, toProblem(error).status),
      );
    })
    .all(onlyAllows(READ));

  app
    .get("/documents/:id/raw", async (c) => {
      const documentId = c.req.param("id");
      const { bytes, mediaType, encoding } = await pilcrow.raw(documentId);
      // As plain text no markup of a document is ever run, and what is not text is only ever saved.
      const isText = mediaType.startsWith("text/");
      const name = encodeURIComponent(documentId);
      return c.body(Uint8Array.from(bytes), 200, {
        "Content-Type": isText ? `text/plain; charset=${encoding}` : mediaType,
        "Content-Disposition": isText ? "inline" : `attachment; filename*=UTF-8''${name}`,
      });
    })
    .all(onlyAllows(READ));

  app
    .get("/health", async (c) => {
      const { generation, documents, passages, embedder } = await pilcrow.status({ pending: false });
      const status = generation === null ? "no-index" : "ok";
      return c.json({ status, version, documents, passages, embedder, generation, modes: pilcrow.modes });
    })
    .all(onlyAllows(READ));

  let description: Promise<unknown> | null = null;
  app
    .get("/openapi.json", async (c) => {
      // Loaded when it is first asked for: no answer needs it.
      description ??= import("./openapi.ts").then(({ openApiDocument }) => openApiDocument(version));
      return c.json(await description);
    })
    .all(onlyAllows(READ));

  /** What makes a permalink absolute. */
  const originOf = (c: Context) => options.publicUrl ?? new URL(c.req.url).origin;
  const explain = (c: Context, error: unknown) => inWords(problemToTell(c, error));
  app.route("/v1", chatCompletions(pilcrow, { version, heartbeatMs, originOf, report: problemToTell }));
  app.route("/mcp", mcpRoutes(pilcrow, { version, originOf, explain }));

  app.notFound(() => {
    throw new NotFoundError(
      "The address",
      "The page is at /, the API at /ask, /search, /documents and /health; /reference describes it.",
    );
  });

  /** What a client is told of an error; what is a fault of the server, the operator is told too. */
  function problemToTell(c: Context, error: unknown): Problem {
    const problem = toProblem(error);
    // A client that hangs up is no fault of the server.
    if (problem.status >= 500 && !c.req.raw.signal.aborted) {
      const isOurs = error instanceof PilcrowError;
      const trace = error instanceof Error ? error.stack : undefined;
      log(isOurs ? `${c.req.method} ${c.req.path}: ${error.code}: ${error.message}` : (trace ?? String(error)));
    }
    return problem;
  }

  app.onError((error, c) => {
    const problem = problemToTell(c, error);
    const headers = error instanceof HttpError ? error.headers : {};
    if (c.req.path.startsWith("/v1/")) return c.json(chatErrorOf(error).body, problem.status, headers);
    return c.body(JSON.stringify(problem), problem.status, {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...headers,
    });
  });
  return app;
}

function inWords({ detail, advice = "" }: Problem): string {
  return `${detail} ${advice}`.trim();
}

function queryOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

export interface RunningServer {
  /** Where a browser on this machine finds it: "http://127.0.0.1:8787". */
  readonly url: string;
  /** Takes no new request, and resolves when those under way are answered, or cut off because they take too long. */
  close(): Promise<void>;
}

/** Milliseconds that answers under way have when the server is closed. */
const LEAVE_MS = 4_000;

/** Starts to answer; port 0 takes a free one. Throws ListenError `port-in-use`, `port-forbidden` or `host-unavailable`. */
export async function listen(
  app: Hono,
  { host, port, leaveMs = LEAVE_MS }: { host: string; port: number; leaveMs?: number },
): Promise<RunningServer> {
  // What does not reach the routes: a `Host` that is no host name, or something thrown that is no Error.
  const errorHandler = (error: unknown) => {
    const invalid = new HttpError(400, "invalid-request", "This is not a valid HTTP request.");
    const problem = toProblem(error instanceof InvalidRequest ? invalid : error);
    return Response.json(problem, {
      status: problem.status,
      headers: {
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
    });
  };
  const listener = getRequestListener(app.fetch, { errorHandler });
  let closing = false;
  const server = createHttpServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    response.on("close", () => {
      if (closing) server.closeIdleConnections();
    });
    void listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(toListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = address !== null && typeof address === "object" ? address.port : port;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : isIPv6(host) ? `[${host}]` : host;
  return {
    url: `http://${name}:${actualPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        closing = true;
        // A slow model, or a client that does not read, may hold up its own answer and not the end of the server.
        const cutOff = setTimeout(() => server.closeAllConnections(), leaveMs);
        server.close((error) => {
          clearTimeout(cutOff);
          return error === undefined ? resolve() : reject(error);
        });
      }),
  };
}

function toListenError(error: Error & { code?: string }, host: string, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new ListenError(
        "port-in-use",
        `Port ${port} of ${host} is taken by another program`,
        "Stop it, choose another with `--port <number>`, or take a free one with `--port 0`.",
      );
    case "EACCES":
      return new ListenError(
        "port-forbidden",
        `Port ${port} of ${host} may not be used`,
        "Choose one above 1023 with `--port <number>`, or take a free one with `--port 0`.",
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new ListenError("host-unavailable", `${host} is no address of this machine`, "Use 127.0.0.1 or 0.0.0.0.");
    default:
      return error;
  }
}
