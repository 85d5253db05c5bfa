import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { registerAsk } from "./ask-tool.ts";
import type { McpContext } from "./context.ts";
import { registerRead } from "./read-tool.ts";
import { registerDocuments } from "./resources.ts";
import { registerSearch } from "./search-tool.ts";

/** Pilcrow as a server of the Model Context Protocol: tools that answer, search and read, and the documents as resources. */
export function createMcpServer(context: McpContext): McpServer {
  const server = new McpServer({ name: "pilcrow", title: "Pilcrow", version: context.version });
  registerAsk(server, context);
  registerSearch(server, context);
  registerRead(server, context);
  registerDocuments(server, context);
  // The library promises of every list that its changes are told.
  server.server.registerCapabilities({
    tools: { listChanged: false },
    resources: { listChanged: context.listChanged },
  });
  return server;
}
