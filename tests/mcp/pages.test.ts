import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, it, onTestFinished } from "vitest";
import { documentOf, fakePilcrow } from "../server/fake-pilcrow.ts";
import { serve } from "../server/serve.ts";

it("gives a long list of documents by pages", async () => {
  const many = Array.from({ length: 250 }, (_, at) => documentOf(`d${at}.txt`, "Some text.", `Document ${at}`, null));
  const { url } = await serve(
    fakePilcrow(many, () => {
      throw new Error("nothing is asked");
    }),
  );
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  onTestFinished(() => client.close());
  const names: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listResources(cursor === undefined ? {} : { cursor });
    names.push(...page.resources.map(({ name }) => name));
    sizes.push(page.resources.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(sizes).toEqual([100, 100, 50]);
  expect(names).toEqual(many.map(({ documentId }) => documentId));
  await expect(client.listResources({ cursor: "nope" })).rejects.toMatchObject({
    code: -32602,
    message: "MCP error -32602: The list has changed and has no such cursor: begin again without one.",
  });
});
