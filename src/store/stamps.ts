import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { writeNew } from "./durable.ts";
import type { Catalogue, FileStamp, FileState } from "./vector-store.ts";

/**
 * Stamps that files have been given since they were indexed: their segments are never changed. What the file says holds of
 * the files, whichever segments there are; without it some are read to be compared.
 */
const STAMPS = "stamps.json";
const ASIDE = "stamps.json.tmp";
const Contents = z.object({ stamps: z.array(z.tuple([z.string(), z.string(), z.string()])), seal: z.int() });

/** The catalogue with the stamps that were kept in a folder. */
export async function withStamps(folder: string, catalogue: Catalogue): Promise<Catalogue> {
  const stamps = await readStamps(folder);
  return stamps.length === 0 ? catalogue : stamped(catalogue, stamps);
}

/** The catalogue with these stamps, where they are of the very bytes that were indexed. */
export function stamped<
  D extends FileState & { readonly path: string },
  T extends { readonly documents: readonly D[] },
>(catalogue: T & Pick<Catalogue, "failures">, stamps: readonly FileStamp[]) {
  const byPath = new Map(stamps.map((one) => [one.path, one]));
  const newest = <S extends FileState>(path: string, state: S): S => {
    const found = byPath.get(path);
    return found?.hash === state.hash ? { ...state, stamp: found.stamp } : state;
  };
  return {
    ...catalogue,
    documents: catalogue.documents.map((entry) => newest(entry.path, entry)),
    failures: catalogue.failures.map((one) => ({ ...one, state: one.state && newest(one.path, one.state) })),
  };
}

/** Adds stamps to those in a folder, and leaves out what is of no file of the catalogue, where one is given. */
export async function addStamps(
  folder: string,
  catalogue: Pick<Catalogue, "documents" | "failures"> | null,
  added: readonly FileStamp[],
): Promise<void> {
  const all = new Map([...(await readStamps(folder)), ...added].map((one) => [one.path, one]));
  const paths = catalogue && new Set([...catalogue.documents, ...catalogue.failures].map(({ path }) => path));
  const current = [...all.values()].filter(({ path }) => paths === null || paths.has(path));
  const body = JSON.stringify(current.map(({ path, hash, stamp }) => [path, hash, stamp]));
  const aside = join(folder, ASIDE);
  try {
    // A writer that died may have left one; there is only one at a time.
    await rm(aside, { force: true });
    await writeNew(aside, [`{"stamps":${body},"seal":${crc32(body)}}\n`]);
    await rename(aside, join(folder, STAMPS));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** None where the file is not there, or not as it was written. */
async function readStamps(folder: string): Promise<FileStamp[]> {
  try {
    const { stamps, seal } = Contents.parse(JSON.parse(await readFile(join(folder, STAMPS), "utf8")));
    if (crc32(JSON.stringify(stamps)) !== seal) return [];
    return stamps.map(([path, hash, stamp]) => ({ path, hash, stamp }));
  } catch {
    return [];
  }
}
