import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ErrorCode, ListResourcesRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { NotFoundError } from "../errors.ts";
import type { DocumentSummary } from "../types.ts";
import { coded, type McpContext, teller, told } from "./context.ts";
import { DOCUMENT_URI, documentResource } from "./document-link.ts";
import { namedDocument } from "./named-document.ts";

const PAGE = 100;

/** The documents as resources: listed by pages, read as plain text, whole or one passage of it ("#p4"). */
export function registerDocuments(server: McpServer, context: McpContext): void {
  const { pilcrow } = context;
  const complete = (begun: string): Promise<string[]> =>
    told(context, async () => {
      // The library tells neither of the request's end nor of its progress.
      await context.ready(new AbortController().signal, () => {});
      const ids = (await pilcrow.documents()).map(({ documentId }) => documentId);
      const wanted = begun.toLowerCase();
      return ids.filter((id) => id.toLowerCase().startsWith(wanted));
    });
  server.registerResource(
    "document",
    // The library would give all documents at once; the list below has pages.
    new ResourceTemplate(DOCUMENT_URI, { list: undefined, complete: { id: complete } }),
    { title: "A document", description: "The text of one of the user's own documents.", mimeType: "text/plain" },
    async (uri, { id }, extra) => {
      await told(context, () => context.ready(extra.signal, teller(extra)));
      const text = await told(context, () => textOf(String(id)));
      return { contents: [{ uri: uri.href, mimeType: "text/plain", text }] };
    },
  );
  server.server.setRequestHandler(ListResourcesRequestSchema, async ({ params }, extra) => {
    await told(context, () => context.ready(extra.signal, teller(extra)));
    return pageOf(await told(context, () => pilcrow.documents()), params?.cursor);
  });

  async function textOf(id: string): Promise<string> {
    const [documentId = "", anchor] = id.split("#");
    const { text, passages } = await namedDocument(pilcrow, documentId);
    if (anchor === undefined) return text;
    const passage = passages.find(({ passageId }) => passageId === id);
    if (passage === undefined) throw new NotFoundError(`the passage ${id}`);
    return passage.text;
  }
}

/** A cursor is the id of the last document that was given: it holds while the index changes. */
function pageOf(documents: readonly DocumentSummary[], cursor: string | undefined) {
  const last = cursor === undefined ? -1 : documents.findIndex(({ documentId }) => documentId === cursor);
  if (cursor !== undefined && last < 0) {
    throw coded(ErrorCode.InvalidParams, "The list has changed and has no such cursor: begin again without one.");
  }
  const page = documents.slice(last + 1, last + 1 + PAGE);
  const isEnd = last + 1 + page.length >= documents.length;
  const nextCursor = isEnd ? undefined : page.at(-1)?.documentId;
  return { resources: page.map(documentResource), ...(nextCursor !== undefined && { nextCursor }) };
}
