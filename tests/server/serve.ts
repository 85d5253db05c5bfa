import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, onTestFinished } from "vitest";
import type { Pilcrow } from "../../src/pilcrow.ts";
import { createServer, listen, type RunningServer } from "../../src/server.ts";

/** The page, built for this test file. */
export const webRoot = mkdtempSync(join(tmpdir(), "pilcrow-web-"));
execFileSync(process.execPath, [fileURLToPath(new URL("../../web/build.js", import.meta.url)), webRoot]);
afterAll(() => rmSync(webRoot, { recursive: true }));

/** A server of this test on a free port; `lines` are what it tells the operator. */
export async function serve(
  pilcrow: Pilcrow,
  root = webRoot,
  { leaveMs = 100, ...options }: { leaveMs?: number; heartbeatMs?: number; publicUrl?: string } = {},
): Promise<RunningServer & { lines: string[] }> {
  const lines: string[] = [];
  const host = "127.0.0.1";
  const log = (line: string) => lines.push(line);
  const app = createServer(pilcrow, { webRoot: root, version: "1.2.3", host, log, ...options });
  const server = await listen(app, { host, port: 0, leaveMs });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= server.close();
    return closed;
  };
  onTestFinished(close);
  return { ...server, close, lines };
}

/** Sends bytes as they are and gives all that comes back until the server closes or `ms` pass in silence. */
export function exchange(url: string, chunks: Iterable<string | Uint8Array>, ms = 1_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let received = "";
    const finish = () => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(ms, finish);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("error", finish);
    socket.on("close", finish);
    for (const chunk of chunks) socket.write(chunk);
  });
}
