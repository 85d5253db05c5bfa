import type { ResourceLink } from "@modelcontextprotocol/sdk/types.js";
import type { DocumentSummary } from "../types.ts";

export const DOCUMENT_URI = "pilcrow://documents/{id}";

/** An id has no character that an address would need to escape. */
function documentUri(documentId: string): string {
  return DOCUMENT_URI.replace("{id}", documentId);
}

/** What "/documents/minutes#p4" is where no server gives permalinks: a resource, which can be read with its passage. */
export function resourceUri(url: string): string {
  return documentUri(url.replace(/^\/documents\//, ""));
}

type Named = Pick<DocumentSummary, "documentId" | "title" | "date" | "path">;

/** A document as it is listed: what it is read as is its text. */
export function documentResource({ documentId, title, date, path }: Named) {
  const description = date === null ? path : `${path}, of ${date}`;
  return { uri: documentUri(documentId), name: documentId, title, description, mimeType: "text/plain" };
}

/** A link to each document once, in order. */
export function documentLinks(places: readonly Named[]): ResourceLink[] {
  const byId = new Map(places.map((place) => [place.documentId, place]));
  return [...byId.values()].map((place) => ({ type: "resource_link" as const, ...documentResource(place) }));
}
