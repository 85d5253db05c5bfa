import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errno, IndexError } from "../errors.ts";
import { MANIFEST, type Manifest, readManifest, removeAllBut } from "./manifest.ts";
import { type OpenSegments, openSnapshot } from "./open-snapshot.ts";
import type { LexicalCodec, Snapshot, VectorStore } from "./vector-store.ts";
import { lockForWriting } from "./writer-lock.ts";
import { catalogueOf, holding, writingTo } from "./writing.ts";

/** An index in files under `folder`, its vectors in vectra's own format. The layout is in docs/index.md. */
export function vectraStore(folder: string, lexical: LexicalCodec): VectorStore {
  const path = resolve(folder);
  let seen: { readonly stamp: string; readonly generation: string } | null = null;
  let open: OpenSegments = new Map();

  /** Does it with the newest manifest, and again where a commit has meanwhile removed what was being read. */
  async function withNewest<T>(read: (manifest: Manifest) => Promise<T>): Promise<T | null> {
    for (let manifest = await readManifest(path); manifest; ) {
      try {
        return await read(manifest);
      } catch (error) {
        const newer = await readManifest(path);
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
    catalogue: () => withNewest(async (manifest) => catalogueOf(await holding(path, manifest))),
    async generation() {
      const stamp = await stampOf(join(path, MANIFEST));
      if (stamp && seen?.stamp === stamp) return seen.generation;
      const generation = (await readManifest(path))?.generation ?? null;
      seen = stamp && generation ? { stamp, generation } : null;
      return generation;
    },
    async exclusively(write) {
      await refuseForeign(path);
      const unlock = await unwritable(path, () => lockForWriting(path));
      let ended = false;
      try {
        await unwritable(path, () => removeLeftovers(path));
        const writing = writingTo(path, lexical, () => buildable(path));
        return await write({
          ...writing,
          async commit(change) {
            if (ended) throw new Error("commit was called after its writer had ended");
            await refuseForeign(path);
            await unwritable(path, () => writing.commit(change));
          },
        });
      } finally {
        ended = true;
        await unlock();
      }
    },
  };
}

/** What a writer left that died before its manifest was in place. */
async function removeLeftovers(folder: string): Promise<void> {
  const manifest = await readable(folder);
  const isFirst = !manifest && !(await stampOf(join(folder, MANIFEST)));
  if (manifest) await removeAllBut(folder, manifest);
  else if (isFirst) await removeAllBut(folder, { segments: [] });
}

/** null also for a manifest that is damaged or of another format: a rebuild may replace it. */
async function readable(folder: string): Promise<Manifest | null> {
  return readManifest(folder).catch(() => null);
}

/** null where there is nothing to build upon. Throws IndexError where it is of a later version, or cannot be read. */
async function buildable(folder: string): Promise<Manifest | null> {
  return readManifest(folder).catch((error: unknown) => {
    if (error instanceof IndexError && (error.code === "index-damaged" || error.code === "index-outdated")) return null;
    throw error;
  });
}

async function refuseForeign(folder: string): Promise<void> {
  await readManifest(folder).catch((error: unknown) => {
    if (error instanceof IndexError && (error.code === "index-foreign" || error.code === "index-unwritable"))
      throw error;
  });
}
/** Identifies a version of a file without reading it; null where it is not there. */
async function stampOf(path: string): Promise<string | null> {
  const details = await stat(path, { bigint: true }).catch(() => null);
  return details && `${details.ino} ${details.size} ${details.mtimeNs}`;
}

/** What the system refuses to write becomes an IndexError that says why. */
async function unwritable<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = errno(error);
    if (code === null || error instanceof IndexError) throw error;
    const why = REASONS[code] ?? (error instanceof Error ? error.message : code);
    throw new IndexError(
      "index-unwritable",
      `The index folder ${folder} cannot be written: ${why} (${code})`,
      "The index as it was is untouched. Make room or set its permissions, or choose another folder with --index (PILCROW_INDEX).",
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
