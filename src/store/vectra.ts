import { rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { errno, IndexError } from "../errors.ts";
import { readGeneration, writeGeneration } from "./generation.ts";
import { generationFolder, generationsIn, MANIFEST, type Manifest, readManifest } from "./manifest.ts";
import { snapshotOf, writing } from "./snapshot.ts";
import type { IndexContent, Snapshot, VectorStore } from "./vector-store.ts";
import { lockForWriting } from "./writer-lock.ts";

/** An index in files under `folder`, its vectors in vectra's own format. The layout is in index/README.md. */
export function vectraStore(folder: string): VectorStore {
  const path = resolve(folder);
  let seen: { readonly stamp: string; readonly generation: string } | null = null;

  async function open(): Promise<Snapshot | null> {
    for (let manifest = await readManifest(path); manifest; ) {
      try {
        return snapshotOf(await readGeneration(path, manifest), manifest.generation, manifest.createdAt);
      } catch (error) {
        // Two commits while it was being read have removed it under us: the newest is another.
        const newer = await readManifest(path);
        if (newer?.generation === manifest.generation) throw error;
        manifest = newer;
      }
    }
    return null;
  }

  return {
    name: "vectra",
    open,
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
      try {
        await unwritable(path, () => removeLeftovers(path));
        return await writing(write, (content) => unwritable(path, () => commit(path, content)));
      } finally {
        await unlock();
      }
    },
  };
}

async function commit(folder: string, content: IndexContent): Promise<void> {
  await refuseForeign(folder);
  const before = await readable(folder);
  const manifest = await writeGeneration(folder, content, before?.generation ?? null);
  await removeGenerationsBut(folder, [manifest.generation, manifest.previous]).catch(() => undefined);
}

/** What a writer left that died before its manifest was in place. */
async function removeLeftovers(folder: string): Promise<void> {
  const manifest = await readable(folder);
  const isFirst = !manifest && !(await stampOf(join(folder, MANIFEST)));
  if (manifest) await removeGenerationsBut(folder, [manifest.generation, manifest.previous]);
  else if (isFirst) await removeGenerationsBut(folder, []);
}

async function removeGenerationsBut(folder: string, kept: readonly (string | null)[]): Promise<void> {
  for (const generation of await generationsIn(folder)) {
    if (!kept.includes(generation))
      await rm(join(folder, generationFolder(generation)), { recursive: true, force: true });
  }
}

/** null also for a damaged manifest: a rebuild may replace it. */
async function readable(folder: string): Promise<Manifest | null> {
  return readManifest(folder).catch(() => null);
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
