import { z } from "zod";
import type { IndexedDocument } from "../types.ts";

const Line = z.object({
  // Loose, so that what is added to Document and Passage later comes back as it was.
  document: z.looseObject({
    documentId: z.string(),
    path: z.string(),
    title: z.string(),
    date: z.string().nullable(),
    source: z.string().nullable(),
    mediaType: z.string(),
    encoding: z.string(),
    hash: z.string(),
    text: z.string(),
    people: z.array(z.looseObject({ name: z.string(), role: z.string() })),
  }),
  passages: z.array(
    z.looseObject({
      passageId: z.string(),
      label: z.string(),
      start: z.int(),
      end: z.int(),
      section: z.string().exactOptional(),
      page: z.int().exactOptional(),
    }),
  ),
});

/** documents.jsonl: a document a line, its passages by their offsets, so that no text is stored twice. */
export function* writeDocuments(documents: readonly IndexedDocument[]): Generator<string> {
  for (const { document, passages } of documents) {
    yield `${JSON.stringify({ document, passages: passages.map(({ documentId: _, text: __, ...rest }) => rest) })}\n`;
  }
}

/**
 * The documents, their keys in the order of types.ts. Throws where a line is not what `writeDocuments` writes.
 * Decoded line by line: one string may not hold them all.
 */
export function readDocuments(bytes: Buffer): IndexedDocument[] {
  const documents: IndexedDocument[] = [];
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(0x0a, start);
    if (end < 0) throw new Error("the last line has no end");
    const { document, passages } = Line.parse(JSON.parse(bytes.toString("utf8", start, end)));
    const { documentId, text } = document;
    documents.push({
      document,
      passages: passages.map(({ passageId, label, start, end, ...rest }) => ({
        passageId,
        documentId,
        label,
        start,
        end,
        text: text.slice(start, end),
        ...rest,
      })),
    });
  }
  return documents;
}
