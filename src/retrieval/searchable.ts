import type { Snapshot } from "../store/vector-store.ts";
import type { Document, IndexedDocument, Passage } from "../types.ts";
import { type LexicalIndex, lexicalIndexOf, passagesWith } from "./bm25.ts";

/** An opened index with all that retrieval needs at hand. Passages are numbered through: their ordinals. */
export interface SearchableIndex {
  readonly snapshot: Snapshot;
  readonly lexical: LexicalIndex;
  readonly documents: readonly IndexedDocument[];
  readonly passages: readonly Passage[];
  /** Position in `documents` of each passage's document, by ordinal. */
  readonly documentOf: Uint32Array;
  /** Ordinal of the first passage of each document, and one past the last of all. */
  readonly firstOrdinal: Uint32Array;
  readonly byDocumentId: ReadonlyMap<string, number>;
}

/** Makes a snapshot searchable. Throws IndexError `index-damaged` when its postings do not fit it. */
export function searchable(snapshot: Snapshot): SearchableIndex {
  const passages = snapshot.documents.flatMap((entry) => entry.passages);
  const documentOf = new Uint32Array(passages.length);
  const firstOrdinal = new Uint32Array(snapshot.documents.length + 1);
  let ordinal = 0;
  for (const [position, entry] of snapshot.documents.entries()) {
    firstOrdinal[position] = ordinal;
    documentOf.fill(position, ordinal, ordinal + entry.passages.length);
    ordinal += entry.passages.length;
  }
  firstOrdinal[snapshot.documents.length] = ordinal;
  return {
    snapshot,
    lexical: lexicalIndexOf(snapshot.segments, snapshot.places),
    documents: snapshot.documents,
    passages,
    documentOf,
    firstOrdinal,
    byDocumentId: new Map(snapshot.documents.map((entry, position) => [entry.document.documentId, position])),
  };
}

/** The document that the passage of this ordinal belongs to. */
export function documentAt(index: SearchableIndex, ordinal: number): IndexedDocument {
  const entry = index.documents[index.documentOf[ordinal] ?? -1];
  if (entry === undefined) throw new RangeError(`no passage ${ordinal}`);
  return entry;
}

/** The documents with a passage (of those that `allows`) that holds the term, in its text or its header. */
export function documentsWith(index: SearchableIndex, term: string, allows?: (ordinal: number) => boolean): Document[] {
  const found = new Set<Document>();
  for (const ordinal of passagesWith(index.lexical, term)) {
    if (allows === undefined || allows(ordinal)) found.add(documentAt(index, ordinal).document);
  }
  return [...found];
}
