import { createHash } from "node:crypto";
import { DocumentError } from "../errors.ts";
import type { IndexedDocument } from "../types.ts";
import type { FileMetadata } from "./corpus-metadata.ts";
import { documentId } from "./document-id.ts";
import { formatOf, NOT_READ } from "./formats.ts";
import { metadataOf } from "./metadata.ts";
import { passagesOf } from "./passages.ts";
import { peopleIntroduced } from "./people.ts";

/** A file to be parsed. `path` is relative to the corpus; `metadata` is what documents.json says of it. */
export interface FileToParse {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly metadata?: FileMetadata;
}

/** Bytes to a document and its passages, by the format that the file's extension names. Throws DocumentError. */
export function parseDocument({ path, bytes, metadata }: FileToParse): IndexedDocument {
  const format = formatOf(path);
  if (!format) throw new DocumentError("unsupported-type", `${path} ${NOT_READ}`);
  const file = format.parse(bytes);
  const document = {
    documentId: documentId(path),
    path,
    ...metadataOf(path, file, metadata),
    mediaType: format.mediaType,
    encoding: file.encoding,
    hash: sha256(bytes),
    text: file.text,
    people: peopleIntroduced(file.text),
  };
  const passages = passagesOf(document, file);
  if (passages.length === 0) throw new DocumentError("no-passages", "the file holds no paragraph of text");
  return { document, passages };
}

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
