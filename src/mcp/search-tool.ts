import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { searchHitSchema } from "../schemas/citations.ts";
import { parseAskBody } from "../schemas/parse-request.ts";
import { askBody, searchQuery } from "../schemas/requests.ts";
import { type McpContext, resultOf } from "./context.ts";
import { documentLinks } from "./document-link.ts";
import { READ_ONLY, TEXT_IS_DATA } from "./tool.ts";
import { hitsText } from "./words.ts";

const { question, documents, folders, from, to } = askBody.shape;
const { limit } = searchQuery.shape;
const inputSchema = z.strictObject({ question, documents, folders, from, to, limit });
const hit = searchHitSchema.extend({ url: z.string().meta({ description: "Where the passage can be opened." }) });
const outputSchema = z.strictObject({
  question: z.string(),
  passages: z.array(hit).meta({ description: "Best first." }),
});

/** `search`: the passages that come nearest. */
export function registerSearch(server: McpServer, context: McpContext): void {
  const { pilcrow, link } = context;
  const description = `Lists the passages of the user's own documents that come nearest to a question or to some words, best first, each read again from its file, with its scores. ${TEXT_IS_DATA}`;
  const config = { title: "Search the documents", description, inputSchema, outputSchema, annotations: READ_ONLY };
  server.registerTool("search", config, ({ limit, ...args }, extra) =>
    resultOf(context, extra, async () => {
      const request = parseAskBody(args);
      const hits = await pilcrow.search({ ...request, limit });
      const passages = hits.map((one) => ({ ...one, url: link(`/documents/${one.passageId}`) }));
      return {
        content: [{ type: "text", text: hitsText(hits, link) }, ...documentLinks(hits)],
        structuredContent: { question: request.question, passages },
      };
    }),
  );
}
