import { readSync } from "node:fs";
import type { EmbedderIdentity } from "../embedding/embedder.ts";
import type { IndexedDocument } from "../types.ts";
import { decodeDocument, decodeText, stateOf } from "./documents-file.ts";
import {
  FORMAT,
  type Manifest,
  type ManifestSegment,
  newId,
  removeAllBut,
  replaceManifest,
  segmentFolder,
} from "./manifest.ts";
import { mergeSegments, nextMerge, type Source } from "./merge.ts";
import { layoutOf } from "./quantized.ts";
import { checkSegment, readStored, withFile } from "./read-segment.ts";
import { FILES, writeSegment } from "./segment-files.ts";
import { checkChange } from "./snapshot.ts";
import type { Catalogue, CatalogueEntry, Change, IndexIdentity, LexicalCodec, Writing } from "./vector-store.ts";

/** A manifest with the documents of its segments. */
interface Held {
  readonly manifest: Manifest;
  readonly sources: readonly Source[];
}

/** What holds of an index, without its texts and vectors. */
export function catalogueOf({ manifest, sources }: Held, damaged: readonly string[] = []): Catalogue {
  const { embedder, rules, generation, createdAt, failures } = manifest;
  const documents = sources.flatMap(({ segment, stored }): CatalogueEntry[] => {
    const deleted = new Set(segment.deleted);
    return stored.flatMap((document, position) => {
      if (deleted.has(position)) return [];
      const { documentId, path } = document.values.document;
      return [{ documentId, path, passages: document.values.ids.length, ...stateOf(document) }];
    });
  });
  documents.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { embedder, rules, generation, createdAt, failures, documents, damaged };
}

/** Reads the documents of what a manifest names. Throws IndexError `index-damaged`. */
export async function holding(folder: string, manifest: Manifest): Promise<Held> {
  const sources = await Promise.all(
    manifest.segments.map(async (segment) => ({ segment, stored: await readStored(folder, segment) })),
  );
  return { manifest, sources };
}

/** Writes an index whose lock is held. `newest` gives the manifest to build upon. */
export function writingTo(folder: string, lexical: LexicalCodec, newest: () => Promise<Manifest | null>): Writing {
  let checked: Promise<Held | null> | null = null;
  let damaged: string[] = [];

  /** What is there, its segments checked: once, as the only writer knows what it writes itself. */
  function checkedOnce(): Promise<Held | null> {
    checked ??= sound();
    return checked;
  }

  async function sound(): Promise<Held | null> {
    const manifest = await newest();
    if (manifest === null) return null;
    const segments: ManifestSegment[] = [];
    for (const segment of manifest.segments) {
      const lost = await checkSegment(folder, segment, manifest.embedder.dimension, lexical);
      if (lost === null) segments.push(segment);
      else damaged.push(`${segmentFolder(segment.id)}/${FILES[lost]}`);
    }
    return holding(folder, { ...manifest, segments });
  }

  async function put(identity: IndexIdentity & Pick<Change, "failures">, sources: readonly Source[]): Promise<Held> {
    const now = new Date();
    const manifest: Manifest = {
      format: FORMAT,
      generation: newId(now),
      createdAt: now.toISOString(),
      embedder: recorded(identity.embedder),
      rules: identity.rules,
      segments: sources.map(({ segment }) => segment),
      failures: [...identity.failures],
    };
    await replaceManifest(folder, manifest);
    const held = { manifest, sources };
    checked = Promise.resolve(held);
    damaged = [];
    // Readers that are opening one of those find that the manifest is another, and begin again.
    await removeAllBut(folder, manifest).catch(() => undefined);
    return held;
  }

  async function commit(change: Change): Promise<void> {
    const held = change.replace ? null : await checkedOnce();
    checkChange(change, held?.manifest ?? null);
    const { dimension } = change.embedder;
    const gone = new Set([
      ...change.removed,
      ...(change.added?.documents.map(({ document }) => document.documentId) ?? []),
    ]);
    const sources = (held?.sources ?? []).flatMap((source) => without(source, gone));
    if (change.added !== null && change.added.documents.length > 0) {
      const segment = await writeSegment(folder, change.added, dimension);
      sources.push({ segment, stored: await readStored(folder, segment) });
    }
    let now = await put(change, sources);
    for (let merging = nextMerge(now.sources); merging !== null; merging = nextMerge(now.sources)) {
      const merged = await mergeSegments(folder, merging, dimension, lexical);
      const rest = now.sources.filter((source) => !merging?.includes(source));
      now = await put(change, [...rest, { segment: merged, stored: await readStored(folder, merged) }]);
    }
  }

  return {
    async catalogue() {
      const held = await checkedOnce();
      return held && catalogueOf(held, damaged);
    },
    async read(documentIds) {
      const held = await checkedOnce();
      return held === null ? [] : readSome(folder, held, new Set(documentIds));
    },
    commit,
  };
}

/** An embedder may come with methods, which are not written. */
function recorded({ id, dimension, hash, details }: EmbedderIdentity): Manifest["embedder"] {
  return { id, dimension, hash, ...(details && { details: { ...details } }) };
}

/** The segment with these documents deleted; nothing where none is left. */
function without({ segment, stored }: Source, gone: ReadonlySet<string>): Source[] {
  const deleted = new Set(segment.deleted);
  for (const [position, { values }] of stored.entries())
    if (gone.has(values.document.documentId)) deleted.add(position);
  if (deleted.size === stored.length) return [];
  return [{ segment: { ...segment, deleted: [...deleted].sort((a, b) => a - b) }, stored }];
}

/** Some documents with their vectors: only their own part of each file is read. */
async function readSome(folder: string, { manifest, sources }: Held, wanted: ReadonlySet<string>) {
  const { dimension } = manifest.embedder;
  const found: { entry: IndexedDocument; vectors: Float32Array }[] = [];
  for (const { segment, stored } of sources) {
    const deleted = new Set(segment.deleted);
    const here = stored.filter(
      ({ values }, position) => wanted.has(values.document.documentId) && !deleted.has(position),
    );
    if (here.length === 0) continue;
    const { offsetsAt } = layoutOf(segment.passages, dimension);
    await withFile(folder, segment, "texts", (texts) =>
      withFile(folder, segment, "packed", (packed) =>
        withFile(folder, segment, "record", async (record) => {
          for (const document of here) {
            const { values, textAt, firstPlace } = document;
            const text = Buffer.alloc(values.bytes);
            if (text.length > 0) readSync(texts.fd, text, 0, text.length, textAt);
            const offsets = new Uint32Array(values.ids.length);
            const offsetBytes = new Uint8Array(offsets.buffer);
            if (offsets.length > 0) readSync(packed.fd, offsetBytes, 0, offsetBytes.length, offsetsAt + 4 * firstPlace);
            const vectors = new Float32Array(offsets.length * dimension);
            offsets.forEach((at, row) => {
              readSync(
                record.fd,
                new Uint8Array(vectors.buffer, row * dimension * 4, dimension * 4),
                0,
                dimension * 4,
                at,
              );
            });
            const whole = decodeText(document, text);
            found.push({
              entry: decodeDocument(document, (part) => (part ? whole.slice(part.start, part.end) : whole)),
              vectors,
            });
          }
        }),
      ),
    );
  }
  return found;
}
