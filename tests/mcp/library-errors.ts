import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { expect } from "vitest";

/** Errors that the library of the server raises by itself, as the library of the client gives them. */
export async function saysItOnce(client: Client): Promise<void> {
  const argument = { name: "id", value: "" };
  const asked = [
    client.readResource({ uri: "elsewhere://nothing" }),
    client.complete({ ref: { type: "ref/resource", uri: "pilcrow://other/{id}" }, argument }),
    client.complete({ ref: { type: "ref/prompt", name: "nope" }, argument }),
  ];
  const says = [
    "Resource elsewhere://nothing not found",
    "Resource template pilcrow://other/{id} not found",
    "Prompt nope not found",
  ];
  expect(await Promise.allSettled(asked)).toMatchObject(
    says.map((message) => ({ reason: { code: -32602, message: `MCP error -32602: ${message}` } })),
  );
}
