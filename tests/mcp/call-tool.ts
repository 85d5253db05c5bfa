import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { z } from "zod";

const resultSchema = z.object({
  isError: z.boolean().default(false),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional(), uri: z.string().optional() })),
  structuredContent: z
    .looseObject({
      passages: z.array(z.looseObject({ passageId: z.string() })).default([]),
      next: z.number().nullish(),
    })
    .default({ passages: [] }),
});

/** Calls a tool: its first text, its links, its structured content. */
export async function callTool(client: Client, name: string, args: Record<string, unknown>, options = {}) {
  const result = resultSchema.parse(await client.callTool({ name, arguments: args }, undefined, options));
  return {
    isError: result.isError,
    text: result.content.find(({ type }) => type === "text")?.text ?? "",
    links: result.content.filter(({ type }) => type === "resource_link"),
    data: result.structuredContent,
  };
}
