import { type CorpusFile, isRefused, readCorpusFile, type ScanOptions } from "./documents/corpus.ts";
import type { FileMetadata } from "./documents/corpus-metadata.ts";
import { atOrIn } from "./documents/corpus-paths.ts";
import { sha256 } from "./documents/parse.ts";
import { DocumentError } from "./errors.ts";
import { failureOf, type ScannedCorpus } from "./read-corpus.ts";
import { type ChangedFile, withRenamed } from "./renamed-files.ts";
import type { Catalogue, CatalogueEntry, FileStamp, KnownFailure } from "./store/vector-store.ts";
import type { FileFailure } from "./types.ts";

/** What has to be done for the index to be that of the folder. */
export interface Changes {
  readonly toIndex: readonly ChangedFile[];
  /** Documents whose path is no more; those of renamed files among them. */
  readonly gone: readonly CatalogueEntry[];
  /** Documents whose file is no more, under any name. */
  readonly removed: readonly CatalogueEntry[];
  /** Also what could not be looked at just now. */
  readonly unchanged: readonly CatalogueEntry[];
  /** Files that could not be indexed before, and are as they were. */
  readonly stillFailing: readonly KnownFailure[];
  /** Files that could not be read to be compared. */
  readonly unread: readonly FileFailure[];
  /** Files that had to be read to be found as they were, and that their stamp will tell of from now on. */
  readonly stamped: readonly FileStamp[];
}

export interface ComparingOptions extends Pick<ScanOptions, "signal" | "tally"> {
  readonly maxFileBytes: number;
}

/** Files that are read side by side to be hashed. */
const AT_ONCE = 8;

/**
 * Compares a folder with an index, by content: a file is read and hashed unless its stamp says that it is as it was. Throws
 * what the signal is aborted with.
 */
export async function changesBetween(
  folder: string,
  { files, metadata, unseen }: Pick<ScannedCorpus, "files" | "metadata" | "unseen">,
  before: Pick<Catalogue, "documents" | "failures"> | null,
  { maxFileBytes, signal, tally = { files: 0 } }: ComparingOptions,
): Promise<Changes> {
  const known = new Map(before?.documents.map((entry) => [entry.path, entry]));
  const failed = new Map(before?.failures.map((failure) => [failure.path, failure]));
  const hashOf = hasher(folder, maxFileBytes);
  const toIndex: ChangedFile[] = [];
  const unchanged: CatalogueEntry[] = [];
  const stillFailing: KnownFailure[] = [];
  const unread: FileFailure[] = [];
  const stamped: FileStamp[] = [];

  /** Whether a file is to be indexed; what it is else is noted. */
  async function isChanged(file: CorpusFile, listed: string): Promise<boolean> {
    const { path, stamp } = file;
    const entry = known.get(path);
    const failure = entry ? undefined : failed.get(path);
    const state = entry ?? failure?.state;
    if (!state || state.listed !== listed) return true;
    if (stamp === "" || stamp !== state.stamp) {
      const hash = await hashOf(path);
      if (entry && isRefused(hash)) unread.push(failureOf(path, hash));
      else if (hash !== state.hash) return true;
      else if (stamp !== "") stamped.push({ path, hash, stamp });
    }
    if (entry) unchanged.push(entry);
    if (failure) stillFailing.push(failure);
    return false;
  }

  await inOrder(files, async (file) => {
    signal?.throwIfAborted();
    const listed = listedAs(metadata.get(file.path));
    const entry = known.get(file.path) ?? null;
    const changed = await isChanged(file, listed);
    tally.files += 1;
    return () => changed && void toIndex.push({ file, listed, change: entry ? "changed" : "added", before: entry });
  });
  const there = new Set(files.map(({ path }) => path));
  const isUnseen = atOrIn(unseen);
  const missing = [...known.values()].filter(({ path }) => !there.has(path));
  unchanged.push(...missing.filter(({ path }) => isUnseen(path)));
  stillFailing.push(...[...failed.values()].filter(({ path, state }) => state && !there.has(path) && isUnseen(path)));
  const gone = missing.filter(({ path }) => !isUnseen(path));
  const renamed = withRenamed(toIndex, gone, await hashesOf(toIndex));
  return { ...renamed, gone, unchanged, stillFailing, unread, stamped };

  /** Of the files that may be others renamed. */
  async function hashesOf(changed: readonly ChangedFile[]): Promise<Map<string, string>> {
    const hashes = new Map<string, string>();
    const couldBe = gone.length > 0 || changed.some((one) => one.before !== null);
    await inOrder(couldBe ? changed : [], async ({ file: { path } }) => {
      signal?.throwIfAborted();
      const hash = await hashOf(path);
      return () => typeof hash === "string" && void hashes.set(path, hash);
    });
    return hashes;
  }
}

/** What documents.json says of a file, as it is compared; empty where it says nothing. */
function listedAs(metadata: FileMetadata | undefined): string {
  return metadata === undefined ? "" : JSON.stringify([metadata.title, metadata.date ?? null, metadata.source ?? null]);
}

/** Hashes each file once; gives why where it cannot be read. */
function hasher(folder: string, maxFileBytes: number): (path: string) => Promise<string | DocumentError> {
  const hashes = new Map<string, string>();
  return async (path) => {
    const hash = hashes.get(path);
    if (hash !== undefined) return hash;
    try {
      const read = sha256(await readCorpusFile(folder, path, maxFileBytes));
      hashes.set(path, read);
      return read;
    } catch (error) {
      if (error instanceof DocumentError) return error;
      throw error;
    }
  };
}

/** Looks at some side by side, and does with each what came of it in their order. */
async function inOrder<T>(all: readonly T[], look: (one: T) => Promise<() => unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    for (const act of await Promise.all(all.slice(at, at + AT_ONCE).map(look))) act();
  }
}
