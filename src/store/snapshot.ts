import { byPath } from "../by-path.ts";
import type { IndexedDocument } from "../types.ts";
import { type Change, DELETED, type IndexIdentity, type PassagePlaces } from "./vector-store.ts";

/** The documents of a segment and which of them live. */
export interface Part {
  readonly documents: readonly IndexedDocument[];
  /** Positions of those that are deleted, ascending. */
  readonly deleted: readonly number[];
}

/** The living documents of all parts by path, and the ordinal of each passage of each part, DELETED for those that are. */
export function arrange(parts: readonly Part[]): {
  readonly documents: IndexedDocument[];
  readonly ordinals: Uint32Array[];
  readonly passages: number;
} {
  const ordinals = parts.map(
    ({ documents }) => new Uint32Array(documents.reduce((sum, { passages }) => sum + passages.length, 0)),
  );
  const living: { entry: IndexedDocument; part: number; place: number }[] = [];
  for (const [part, { documents, deleted }] of parts.entries()) {
    const dead = new Set(deleted);
    let place = 0;
    for (const [position, entry] of documents.entries()) {
      if (dead.has(position)) ordinals[part]?.fill(DELETED, place, place + entry.passages.length);
      else living.push({ entry, part, place });
      place += entry.passages.length;
    }
  }
  living.sort((a, b) => byPath(a.entry.document, b.entry.document));
  let passages = 0;
  for (const { entry, part, place } of living) {
    const own = ordinals[part];
    if (own) for (let i = 0; i < entry.passages.length; i++) own[place + i] = passages + i;
    passages += entry.passages.length;
  }
  return { documents: living.map(({ entry }) => entry), ordinals, passages };
}

/** Where each passage stands, by ordinal: the other way round than `ordinals`. */
export function placesOf(ordinals: readonly Uint32Array[], passages: number): PassagePlaces {
  const [partOf, placeOf] = [new Uint16Array(passages), new Uint32Array(passages)];
  for (const [part, own] of ordinals.entries()) {
    for (let place = 0; place < own.length; place++) {
      const ordinal = own[place] ?? DELETED;
      if (ordinal === DELETED) continue;
      partOf[ordinal] = part;
      placeOf[ordinal] = place;
    }
  }
  return { partOf, placeOf };
}

/** Throws RangeError for a change that cannot be made, or given back as it is: a mistake of the caller. */
export function checkChange({ added, embedder, rules, replace }: Change, before: IndexIdentity | null): void {
  if (before !== null && !replace && (before.embedder.hash !== embedder.hash || before.rules !== rules))
    throw new RangeError("A change of another embedder or of other rules must replace the whole index");
  if (added === null) return;
  const expected = embedder.dimension * added.documents.reduce((sum, { passages }) => sum + passages.length, 0);
  if (added.vectors.length !== expected) {
    throw new RangeError(`The vectors hold ${added.vectors.length} numbers, not passages × dimension, ${expected}`);
  }
  for (const [position, entry] of added.documents.entries()) {
    const { document, passages } = entry;
    const before = added.documents[position - 1];
    if (before !== undefined && byPath(before.document, document) >= 0)
      throw new RangeError(`${document.path} does not come after ${before.document.path}`);
    for (const { passageId, documentId, start, end, text } of passages) {
      const isOwn = documentId === document.documentId && passageId.startsWith(`${documentId}#`);
      if (!isOwn || document.text.slice(start, end) !== text)
        throw new RangeError(`The passage ${passageId} is not what ${document.documentId} has from ${start} to ${end}`);
    }
  }
}
