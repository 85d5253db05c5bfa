import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { RequestError } from "../errors.ts";
import { documentViewSchema } from "../schemas/documents.ts";
import type { DocumentView } from "../types.ts";
import { type McpContext, resultOf } from "./context.ts";
import { documentLinks } from "./document-link.ts";
import { namedDocument } from "./named-document.ts";
import { READ_ONLY, TEXT_IS_DATA } from "./tool.ts";

/** Characters of passages in one result; a first passage that is longer is given whole. */
const PAGE_CHARACTERS = 20_000;

const positionExpected = { error: "the position of a passage in its document, a whole number from 1" };
const position = z.int(positionExpected).min(1, positionExpected);
const idExpected = { error: 'the id of a document or of a passage, as the results of "search" give it' };
const inputSchema = z.strictObject({
  id: z
    .string(idExpected)
    .min(1, idExpected)
    .max(1_000, idExpected)
    .meta({
      description: "A document's id, or a passage's: then reading begins there.",
      examples: ["minutes-2011-05-03", "minutes-2011-05-03#p4"],
    }),
  first: position.optional().meta({ description: "The passage to begin with, from 1." }),
  last: position.optional().meta({ description: "The last passage that is wanted." }),
});
const { text: _, passages: ofDocument, hash: __, ...about } = documentViewSchema.shape;
const outputSchema = z.strictObject({
  ...about,
  url: z.string().meta({ description: "Where the document can be opened." }),
  passages: ofDocument,
  first: position.meta({ description: "The position of the first of `passages` in the document." }),
  total: z.int().min(0).meta({ description: "How many passages the document has." }),
  next: position.nullable().meta({ description: "Give it as `first` to read on; null where this is the end." }),
});

/** `read_document`: a document's passages in order, a part of a long one at a time. */
export function registerRead(server: McpServer, context: McpContext): void {
  const { pilcrow, link } = context;
  const description = `Reads one of the user's own documents, passage by passage in its own order; of a long one a part, and "next" says where the following part begins. Ids come from "ask", "search" and the list of resources. ${TEXT_IS_DATA}`;
  const config = { title: "Read a document", description, inputSchema, outputSchema, annotations: READ_ONLY };
  server.registerTool("read_document", config, ({ id, first, last }, extra) =>
    resultOf(context, extra, async () => {
      const [documentId = "", anchor] = id.split("#");
      const { text: _, hash: __, passages: all, ...rest } = await namedDocument(pilcrow, documentId);
      const from = first ?? positionOf(all, anchor === undefined ? undefined : id);
      const { passages, next } = pageOf(all, from, last ?? all.length);
      const document = { ...rest, url: link(`/documents/${documentId}`) };
      const text = pageText({ ...document, passages, total: all.length, next });
      return {
        content: [{ type: "text", text }, ...documentLinks([document])],
        structuredContent: { ...document, passages, first: from, total: all.length, next },
      };
    }),
  );
}

type Passages = DocumentView["passages"];

function positionOf(passages: Passages, passageId: string | undefined): number {
  if (passageId === undefined) return 1;
  const at = passages.findIndex((passage) => passage.passageId === passageId);
  if (at >= 0) return at + 1;
  throw new RequestError("id", "the id of a document or of a passage in it", `there is no passage "${passageId}"`);
}

function pageOf(all: Passages, first: number, last: number): { passages: Passages; next: number | null } {
  if (last < first || (first > all.length && all.length > 0)) {
    const expected = `passages from 1 to ${all.length}, the first not after the last`;
    throw new RequestError("first", expected, `this document has ${expected}`);
  }
  const wanted = all.slice(first - 1, last);
  let characters = 0;
  const tooMany = wanted.findIndex(({ text }, at) => {
    characters += text.length;
    return at > 0 && characters > PAGE_CHARACTERS;
  });
  if (tooMany < 0) return { passages: wanted, next: last < all.length ? last + 1 : null };
  return { passages: wanted.slice(0, tooMany), next: first + tooMany };
}

interface Page extends Pick<DocumentView, "title" | "date" | "path"> {
  readonly url: string;
  readonly passages: Passages;
  readonly total: number;
  readonly next: number | null;
}

function pageText({ title, date, path, url, passages, total, next }: Page): string {
  const head = [`${[title, date].filter(Boolean).join(", ")} (${path})`, url].join("\n");
  const read = passages.map(({ label, text }) => `${label}\n${text}`);
  const on = next === null ? [] : [`(${total} passages in all; read on with "first": ${next})`];
  return [head, ...read, ...on].join("\n\n");
}
