import { NotFoundError } from "../errors.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { DocumentView } from "../types.ts";

/** The document of an id. Throws NotFoundError, which says where a client of this protocol finds ids. */
export async function namedDocument(pilcrow: Pilcrow, documentId: string): Promise<DocumentView> {
  try {
    return await pilcrow.document(documentId);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NotFoundError(
      `the document ${JSON.stringify(documentId.slice(0, 100))}`,
      'The results of "search" and the list of resources give ids.',
    );
  }
}
