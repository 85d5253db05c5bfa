import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { IndexError } from "../errors.ts";
import { syncFolder } from "./durable.ts";
import { MANIFEST, type Manifest, REPLACEMENT, readManifest, removeAllBut, removePartsIn } from "./manifest.ts";
import type { IndexWriting, LexicalCodec, Writing } from "./vector-store.ts";
import type { WriterLock } from "./writer-lock.ts";
import { type WritingPlace, writingTo } from "./writing.ts";

/**
 * Writes the index in a folder whose lock is held, and the one that is to take its place. Both have their segments side by
 * side, each named by a manifest of its own, so that going over to the other is the renaming of one file.
 */
export async function indexWriting(folder: string, lexical: LexicalCodec, lock: WriterLock): Promise<IndexWriting> {
  const checkLock = () => lock.check();
  const places = {
    current: {
      folder,
      file: MANIFEST,
      newest: () => buildable(folder),
      generation: () => generationIn(folder),
      others: async () => (await readReplacement(folder))?.segments ?? [],
      checkLock,
    },
    replacement: {
      folder,
      file: REPLACEMENT,
      newest: () => readReplacement(folder),
      generation: async () => (await readReplacement(folder))?.generation ?? null,
      others: async () => (await readManifest(folder))?.segments ?? [],
      checkLock,
    },
  } satisfies Record<string, WritingPlace>;
  const begin = async (place: WritingPlace) => writingTo(place, lexical, await place.generation());
  let current = await begin(places.current);
  let replacement = await begin(places.replacement);

  /** Does something with both manifests, and begins anew with what is there then. */
  async function settle(step: () => Promise<void>): Promise<void> {
    await current.checkOnlyWriter();
    await replacement.checkOnlyWriter();
    await step();
    await syncFolder(folder);
    current = await begin(places.current);
    replacement = await begin(places.replacement);
    await removeLeftovers(folder).catch(() => undefined);
  }

  return {
    ...delegating(() => current),
    replacement: {
      ...delegating(() => replacement),
      async finish() {
        if ((await places.replacement.generation()) === null) throw new Error("there is no replacement to finish");
        await settle(() => rename(join(folder, REPLACEMENT), join(folder, MANIFEST)));
      },
      discard: () => settle(() => rm(join(folder, REPLACEMENT), { force: true })),
    },
  };
}

/** Whichever is asked for now. */
function delegating(writing: () => Writing): Writing {
  return {
    catalogue: () => writing().catalogue(),
    read: (documentIds) => writing().read(documentIds),
    commit: (change) => writing().commit(change),
    keepStamps: (stamps) => writing().keepStamps(stamps),
  };
}

/** What a writer left that died before its manifest was in place. */
export async function removeLeftovers(folder: string): Promise<void> {
  const manifest = await unlessOther(folder);
  if (manifest === "other") return;
  const replacement = await readReplacement(folder);
  const segments = [...(manifest?.segments ?? []), ...(replacement?.segments ?? [])];
  await removeAllBut(folder, { segments });
  await removePartsIn(folder, { segments });
}

/** null also where it is damaged or another version's: it is made again. Throws IndexError where it cannot be read. */
export async function readReplacement(folder: string): Promise<Manifest | null> {
  return readManifest(folder, REPLACEMENT).catch((error: unknown) => {
    if (error instanceof IndexError && error.code !== "index-unreadable") return null;
    throw error;
  });
}

const OTHER: ReadonlySet<string> = new Set(["index-damaged", "index-outdated", "index-mismatch"]);

/** `other` for a manifest that is damaged or of another format: a rebuild may replace it. Throws IndexError for all else. */
export async function unlessOther(folder: string): Promise<Manifest | "other" | null> {
  return readManifest(folder).catch((error: unknown) => {
    if (error instanceof IndexError && OTHER.has(error.code)) return "other";
    throw error;
  });
}

/** Names what is current; null where there is nothing, or it may be replaced. Throws IndexError for all else. */
async function generationIn(folder: string): Promise<string | null> {
  const manifest = await unlessOther(folder);
  return manifest === "other" ? null : (manifest?.generation ?? null);
}

/** null where there is nothing to build upon. Throws IndexError where it is of a later version, or cannot be read. */
async function buildable(folder: string): Promise<Manifest | null> {
  return readManifest(folder).catch((error: unknown) => {
    if (error instanceof IndexError && (error.code === "index-damaged" || error.code === "index-outdated")) return null;
    throw error;
  });
}
