import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { expect, it } from "vitest";
import { mcpSessions } from "../../src/mcp/sessions.ts";

function transport(): Transport {
  return { start: async () => {}, send: async () => {}, close: async () => {}, onmessage: () => {}, onclose: () => {} };
}
const asked = (id: number) => ({ jsonrpc: "2.0", id, method: "tools/list" }) as const;
const cancelled = (requestId: number) => ({
  jsonrpc: "2.0",
  method: "notifications/cancelled",
  params: { requestId },
});

/** A request under way, and how often it was given up. */
function setUp() {
  const sessions = mcpSessions();
  const session = sessions.begin();
  const one = transport();
  const count = { left: 0 };
  sessions.follow(session, one, () => count.left++);
  one.onmessage?.(asked(1));
  return { sessions, session, one, count };
}

it("gives up what is under way, whatever comes besides", () => {
  const { sessions, session, count } = setUp();
  sessions.heed(session, asked(1));
  sessions.heed(session, cancelled(2));
  sessions.heed(undefined, cancelled(1));
  sessions.heed(sessions.begin(), cancelled(1));
  sessions.heed(`${session}x`, cancelled(1));
  expect(count.left).toBe(0);
  sessions.heed(session, cancelled(1));
  expect(count.left).toBe(1);
});

it("keeps nothing of a request that is answered, or whose connection is closed", async () => {
  const answered = setUp();
  await answered.one.send({ jsonrpc: "2.0", method: "notifications/progress", params: {} });
  await answered.one.send({ jsonrpc: "2.0", id: 1, result: {} });
  const failed = setUp();
  await failed.one.send({ jsonrpc: "2.0", id: 1, error: { code: 1, message: "no" } });
  const closed = setUp();
  closed.one.onclose?.();
  for (const { sessions, session, count } of [answered, failed, closed]) {
    sessions.heed(session, cancelled(1));
    expect(count.left).toBe(0);
  }
});

it("takes no session of another server for its own", () => {
  const { sessions, count } = setUp();
  const other = mcpSessions().begin();
  sessions.follow(other, transport(), () => count.left++);
  sessions.heed(other, cancelled(1));
  expect(count.left).toBe(0);
});
