import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** Answers a request; `count` is how many there were before. */
export type Script = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

export interface ScriptedServer {
  readonly url: string;
  /** "GET /path bytes=5-", in order. */
  readonly requests: readonly string[];
  readonly headers: readonly IncomingMessage["headers"][];
}

/** A server on this machine that answers as the script says, until the test ends. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    requests.push([request.method, request.url, request.headers.range].filter(Boolean).join(" "));
    headers.push(request.headers);
    script(request, response, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests, headers };
}

/** The address of a server that was just closed: nobody listens there. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
