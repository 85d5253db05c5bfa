import { rm } from "node:fs/promises";
import { join } from "node:path";
import { byPath } from "../by-path.ts";
import type { EmbedderIdentity } from "../embedding/embedder.ts";
import { errno, IndexError } from "../errors.ts";
import { stateOf } from "./documents-file.ts";
import { syncFolder } from "./durable.ts";
import {
  FORMAT,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  type ManifestSegment,
  newId,
  removeAllBut,
  replaceManifest,
  segmentFolder,
} from "./manifest.ts";
import { mergeSegments, nextMerge, type Source } from "./merge.ts";
import { checkSegment, readStored } from "./read-segment.ts";
import { readSome } from "./read-some.ts";
import { FILES, writeSegment } from "./segment-files.ts";
import { checkChange } from "./snapshot.ts";
import { addStamps, withStamps } from "./stamps.ts";
import type { Catalogue, CatalogueEntry, Change, IndexIdentity, LexicalCodec, Writing } from "./vector-store.ts";

/** A manifest with the documents of its segments. */
interface Held {
  readonly manifest: Manifest;
  readonly sources: readonly Source[];
}

/** What holds of an index, without its texts and vectors. */
export function catalogueOf({ manifest, sources }: Held, damaged: readonly string[] = []): Catalogue {
  const { embedder, rules, corpus, generation, createdAt, failures } = manifest;
  const documents = sources.flatMap(({ segment, stored }): CatalogueEntry[] => {
    const deleted = new Set(segment.deleted);
    return stored.flatMap((document, position) => {
      if (deleted.has(position)) return [];
      const { documentId, path } = document.values.document;
      return [{ documentId, path, passages: document.values.ids.length, ...stateOf(document) }];
    });
  });
  documents.sort(byPath);
  return { embedder, rules, corpus, generation, createdAt, failures, documents, damaged };
}

/** Reads the documents of what a manifest names. Throws IndexError. */
export async function holding(folder: string, manifest: Manifest): Promise<Held> {
  const sources = await Promise.all(
    manifest.segments.map(async (segment) => ({ segment, stored: await readStored(folder, segment) })),
  );
  return { manifest, sources };
}

/** What a writer relies on. */
export interface WritingPlace {
  readonly folder: string;
  readonly file: ManifestFile;
  /** The manifest to build upon. */
  newest(): Promise<Manifest | null>;
  /** Names what is current now; null where that is nothing to build upon. */
  generation(): Promise<string | null>;
  /** The segments in the folder that are another manifest's. Throws IndexError where that cannot be known. */
  others(): Promise<readonly ManifestSegment[]>;
  /** Throws IndexError `index-locked` where this is no longer the only writer. */
  checkLock(): Promise<void>;
}

export interface CheckedWriting extends Writing {
  /** Throws IndexError `index-locked` where another process writes meanwhile. */
  checkOnlyWriter(): Promise<void>;
}

const AGAIN = "Run `pilcrow index` again, which goes on from what is there.";

/** Writes an index whose lock is held. `base` is its generation since that is so. */
export function writingTo(place: WritingPlace, lexical: LexicalCodec, base: string | null): CheckedWriting {
  const { folder } = place;
  let current = base;
  let checked: Promise<Held | null> | null = null;
  let damaged: string[] = [];

  /** What is there, its segments checked: once, as the only writer knows what it writes itself. */
  function checkedOnce(): Promise<Held | null> {
    checked ??= sound();
    return checked;
  }

  async function sound(): Promise<Held | null> {
    const manifest = await place.newest();
    damaged = [];
    if (manifest === null) return null;
    const segments: ManifestSegment[] = [];
    for (const segment of manifest.segments) {
      const lost = await checkSegment(folder, segment, manifest.embedder.dimension, lexical);
      if (lost === null) segments.push(segment);
      else damaged.push(`${segmentFolder(segment.id)}/${FILES[lost]}`);
    }
    return holding(folder, { ...manifest, segments });
  }

  /** Whoever was held to be dead, asleep for long for example, must not put its own in the place of another's work. */
  async function checkOnlyWriter(): Promise<void> {
    await place.checkLock();
    if ((await place.generation()) !== current)
      throw new IndexError("index-locked", "Another process has replaced the index meanwhile", AGAIN);
  }

  /** `fresh` is the segment that was written for it. */
  async function put(
    identity: IndexIdentity & Pick<Change, "failures">,
    sources: readonly Source[],
    fresh: ManifestSegment | null,
  ): Promise<Held> {
    const now = new Date();
    const manifest: Manifest = {
      format: FORMAT,
      generation: newId(now),
      createdAt: now.toISOString(),
      embedder: recorded(identity.embedder),
      rules: identity.rules,
      corpus: identity.corpus,
      segments: sources.map(({ segment }) => segment),
      failures: [...identity.failures],
    };
    await replaceManifest(folder, manifest, checkOnlyWriter, place.file).catch(async (error: unknown) => {
      if (fresh) await rm(join(folder, segmentFolder(fresh.id)), { recursive: true, force: true }).catch(() => null);
      throw error;
    });
    current = manifest.generation;
    const held = { manifest, sources };
    checked = Promise.resolve(held);
    damaged = [];
    await syncFolder(folder);
    // Readers that are opening one of those find that the manifest is another, and begin again.
    await removeUnnamed(manifest.segments).catch(() => undefined);
    return held;
  }

  async function removeUnnamed(own: readonly ManifestSegment[]): Promise<void> {
    await removeAllBut(folder, { segments: [...own, ...(await place.others())] });
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
    let fresh: ManifestSegment | null = null;
    if (change.added !== null && change.added.documents.length > 0) {
      fresh = await writeSegment(folder, change.added, dimension);
      sources.push({ segment: fresh, stored: await readStored(folder, fresh) });
    }
    const now = await put(change, sources, fresh);
    // The change is made. What hinders merging, a full disk say, does not undo it: the next commit tries again.
    await mergeAll(change, now).catch((error: unknown) => {
      if (errno(error) === null && !(error instanceof IndexError)) throw error;
    });
  }

  async function mergeAll(change: Change, from: Held): Promise<void> {
    let now = from;
    for (let merging = nextMerge(now.sources); merging !== null; merging = nextMerge(now.sources)) {
      const merged = await mergeSegments(folder, merging, change.embedder.dimension, lexical);
      const rest = now.sources.filter((source) => !merging?.includes(source));
      now = await put(change, [...rest, { segment: merged, stored: await readStored(folder, merged) }], merged);
    }
  }

  return {
    async catalogue() {
      const held = await checkedOnce();
      return held && withStamps(folder, catalogueOf(held, damaged));
    },
    async keepStamps(stamps) {
      const held = await checkedOnce();
      // Of the index that is not complete yet it cannot be said which are of no use any more.
      const all = held && place.file === MANIFEST ? catalogueOf(held) : null;
      await addStamps(folder, all, stamps).catch(() => undefined);
    },
    async read(documentIds) {
      const held = await checkedOnce();
      return held === null
        ? []
        : readSome(folder, held.sources, held.manifest.embedder.dimension, new Set(documentIds));
    },
    commit,
    checkOnlyWriter,
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
