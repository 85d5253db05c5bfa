import { type CorpusFile, readCorpusFile } from "./documents/corpus.ts";
import type { FileMetadata } from "./documents/corpus-metadata.ts";
import { sha256 } from "./documents/parse.ts";
import { DocumentError } from "./errors.ts";
import type { Catalogue, CatalogueEntry, FileState, KnownFailure } from "./store/vector-store.ts";

/** A file that is to be indexed. */
export interface ChangedFile {
  readonly file: CorpusFile;
  readonly change: "added" | "changed" | "renamed";
  /** What documents.json says of it, as it is kept in the index. */
  readonly listed: string;
  /** Its version before, under whichever name, whose vectors may serve again. */
  readonly before: CatalogueEntry | null;
}

/** What has to be done for the index to be that of the folder. */
export interface Changes {
  readonly toIndex: readonly ChangedFile[];
  /** Documents that go; those of renamed files among them. */
  readonly gone: readonly CatalogueEntry[];
  readonly unchanged: readonly CatalogueEntry[];
  /** Files that could not be indexed before, and are as they were. */
  readonly stillFailing: readonly KnownFailure[];
}

/** Files that are read side by side to be hashed. */
const AT_ONCE = 8;

/**
 * Compares a folder with an index, by content: a file is read and hashed unless its stamp says that it is as it was.
 * With `all` every file is to be indexed, changed or not.
 */
export async function changesBetween(
  folder: string,
  files: readonly CorpusFile[],
  metadata: ReadonlyMap<string, FileMetadata>,
  before: Pick<Catalogue, "documents" | "failures"> | null,
  { all = false, maxFileBytes }: { readonly all?: boolean; readonly maxFileBytes: number },
): Promise<Changes> {
  const known = new Map(before?.documents.map((entry) => [entry.path, entry]));
  const failed = new Map(before?.failures.map((failure) => [failure.path, failure]));
  const hashOf = (path: string) => hashOfFile(folder, path, maxFileBytes);
  const toIndex: ChangedFile[] = [];
  const unchanged: CatalogueEntry[] = [];
  const stillFailing: KnownFailure[] = [];
  await inOrder(files, async (file) => {
    const listed = listedAs(metadata.get(file.path));
    const entry = known.get(file.path) ?? null;
    const failure = failed.get(file.path);
    const isAsItWas = async (state: FileState) =>
      !all && state.listed === listed && (isStamped(state, file) || state.hash === (await hashOf(file.path)));
    if (entry && (await isAsItWas(entry))) return () => void unchanged.push(entry);
    if (!entry && failure?.state && (await isAsItWas(failure.state))) return () => void stillFailing.push(failure);
    return () => void toIndex.push({ file, listed, change: entry ? "changed" : "added", before: entry });
  });
  const there = new Set([...unchanged, ...toIndex.map(({ file }) => file)].map(({ path }) => path));
  const gone = [...known.values()].filter(({ path }) => !there.has(path));
  return { toIndex: await withRenamed(toIndex, gone, hashOf), gone, unchanged, stillFailing };
}

/** What documents.json says of a file, as it is compared; empty where it says nothing. */
function listedAs(metadata: FileMetadata | undefined): string {
  return metadata === undefined ? "" : JSON.stringify([metadata.title, metadata.date ?? null, metadata.source ?? null]);
}

function isStamped({ stamp }: FileState, file: CorpusFile): boolean {
  return stamp !== "" && stamp === file.stamp;
}

/** null for a file that cannot be read. */
async function hashOfFile(folder: string, path: string, maxFileBytes: number): Promise<string | null> {
  try {
    return sha256(await readCorpusFile(folder, path, maxFileBytes));
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}

/** A new file with the bytes of one that is gone is that file renamed. */
async function withRenamed(
  toIndex: readonly ChangedFile[],
  gone: readonly CatalogueEntry[],
  hashOf: (path: string) => Promise<string | null>,
): Promise<ChangedFile[]> {
  if (gone.length === 0) return [...toIndex];
  const byHash = new Map<string, CatalogueEntry[]>();
  for (const entry of gone) byHash.set(entry.hash, [...(byHash.get(entry.hash) ?? []), entry]);
  const found: ChangedFile[] = [];
  await inOrder(toIndex, async (one) => {
    const hash = one.change === "added" ? await hashOf(one.file.path) : null;
    return () => {
      const before = hash === null ? null : (byHash.get(hash)?.shift() ?? null);
      found.push(before ? { ...one, change: "renamed", before } : one);
    };
  });
  return found;
}

/** Looks at some side by side, and does with each what came of it in their order. */
async function inOrder<T>(all: readonly T[], look: (one: T) => Promise<() => void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    for (const act of await Promise.all(all.slice(at, at + AT_ONCE).map(look))) act();
  }
}
