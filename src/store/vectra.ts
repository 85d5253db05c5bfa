import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errno, IndexError } from "../errors.ts";
import { indexWriting, readReplacement, removeLeftovers, unlessOther } from "./index-writing.ts";
import { MANIFEST, type Manifest, readManifest, unreadable } from "./manifest.ts";
import { type OpenSegments, openSnapshot } from "./open-snapshot.ts";
import { requireSound } from "./read-segment.ts";
import { withStamps } from "./stamps.ts";
import type { LexicalCodec, Snapshot, VectorStore } from "./vector-store.ts";
import { currentWriter, lockForWriting } from "./writer-lock.ts";
import { catalogueOf, holding } from "./writing.ts";

/** An index in files under `folder`, its vectors in vectra's own format. The layout is in docs/index.md. */
export function vectraStore(folder: string, lexical: LexicalCodec): VectorStore {
  const path = resolve(folder);
  let seen: { readonly stamp: string; readonly generation: string } | null = null;
  let open: OpenSegments = new Map();

  /** Does it with the newest manifest, and again where a commit has meanwhile removed what was being read. */
  async function withNewest<T>(read: (manifest: Manifest) => Promise<T>, newest = readManifest): Promise<T | null> {
    for (let manifest = await newest(path); manifest; ) {
      try {
        return await read(manifest);
      } catch (error) {
        const newer = await newest(path);
        if (newer?.generation === manifest.generation) throw error;
        manifest = newer;
      }
    }
    return null;
  }

  return {
    name: "vectra",
    async open(): Promise<Snapshot | null> {
      const opened = await withNewest((manifest) => openSnapshot(path, manifest, open, lexical));
      open = opened?.segments ?? new Map();
      return opened?.snapshot ?? null;
    },
    catalogue: () =>
      withNewest(async (manifest) => {
        const held = await holding(path, manifest);
        await requireSound(path, manifest);
        return withStamps(path, catalogueOf(held));
      }),
    replacement: () => withNewest(async (manifest) => catalogueOf(await holding(path, manifest)), readReplacement),
    async generation() {
      const stamp = await stampOf(join(path, MANIFEST));
      if (stamp && seen?.stamp === stamp) return seen.generation;
      const generation = (await readManifest(path))?.generation ?? null;
      seen = stamp && generation ? { stamp, generation } : null;
      return generation;
    },
    async writer() {
      const owner = await currentWriter(path);
      return owner && { pid: owner.pid, host: owner.host, since: owner.since };
    },
    async exclusively(write) {
      // Nothing is touched where the folder is another's.
      await unlessOther(path);
      const lock = await unwritable(path, () => lockForWriting(path));
      let ended = false;
      try {
        await unwritable(path, () => removeLeftovers(path));
        const { replacement, ...current } = await indexWriting(path, lexical, lock);
        /** What changes the folder, as long as this is its writer. */
        const changing =
          <A extends unknown[]>(change: (...given: A) => Promise<void>) =>
          async (...given: A): Promise<void> => {
            if (ended) throw new Error("something was written after its writer had ended");
            // Before a segment is written: with one beside it, another's manifest would look like a damaged one of ours.
            await unlessOther(path);
            await unwritable(path, () => change(...given));
          };
        return await write({
          ...current,
          commit: changing(current.commit),
          replacement: {
            ...replacement,
            commit: changing(replacement.commit),
            finish: changing(replacement.finish),
            discard: changing(replacement.discard),
          },
        });
      } finally {
        ended = true;
        await lock.release();
      }
    },
  };
}

/** Identifies a version of a file without reading it; null where it is not there. */
async function stampOf(path: string): Promise<string | null> {
  const details = await stat(path, { bigint: true }).catch((error: unknown) => {
    const code = errno(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(MANIFEST, error);
  });
  return details && `${details.ino} ${details.size} ${details.mtimeNs} ${details.ctimeNs}`;
}

/** What the system refuses to write becomes an IndexError that says why. */
async function unwritable<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = errno(error);
    if (code === null || error instanceof IndexError) throw error;
    const why = REASONS[code] ?? (error instanceof Error ? error.message : code);
    const isThere = await stat(join(folder, MANIFEST)).catch(() => null);
    throw new IndexError(
      "index-unwritable",
      `The index folder ${folder} cannot be written: ${why} (${code})`,
      `${isThere ? "The index as it was is untouched" : "No index was made"}. Make room or set its permissions, or choose another folder with --index (PILCROW_INDEX).`,
      { cause: error },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "a file would be larger than is allowed",
  EEXIST: "there is a file in its place",
  ENOTDIR: "there is a file in its place",
};
