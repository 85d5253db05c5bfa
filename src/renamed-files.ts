import type { CorpusFile } from "./documents/corpus.ts";
import type { CatalogueEntry } from "./store/vector-store.ts";

/** A file that is to be indexed. */
export interface ChangedFile {
  readonly file: CorpusFile;
  readonly change: "added" | "changed" | "renamed";
  /** What documents.json says of it, as it is kept in the index. */
  readonly listed: string;
  /** Its version before, under whichever name, whose vectors may serve again. */
  readonly before: CatalogueEntry | null;
}

/**
 * A file with the bytes that another path had, one that is gone or has other bytes now, is that file renamed: also where it
 * was put over a third, and where names go round (b to old, a to b). `removed` are the documents that no file has any more.
 */
export function withRenamed(
  toIndex: readonly ChangedFile[],
  gone: readonly CatalogueEntry[],
  hashes: ReadonlyMap<string, string>,
): { readonly toIndex: ChangedFile[]; readonly removed: CatalogueEntry[] } {
  const isItself = ({ file, before }: ChangedFile) => before !== null && hashes.get(file.path) === before.hash;
  const replaced = toIndex.flatMap((one) => (one.before && !isItself(one) ? [one.before] : []));
  const free = new Map<string, CatalogueEntry[]>();
  for (const entry of [...gone, ...replaced]) free.set(entry.hash, [...(free.get(entry.hash) ?? []), entry]);
  const previous = toIndex.map((one) => {
    const hash = hashes.get(one.file.path);
    return hash === undefined || isItself(one) ? undefined : free.get(hash)?.shift();
  });
  const taken = new Set(previous);
  const found = toIndex.map((one, i): ChangedFile => {
    const before = previous[i];
    if (before) return { ...one, change: "renamed", before };
    // What it was has another name now, and it is a new file.
    return one.before && taken.has(one.before) ? { ...one, change: "added", before: null } : one;
  });
  const kept = new Set(found.map(({ before }) => before));
  return { toIndex: found, removed: [...gone, ...replaced].filter((entry) => !kept.has(entry)) };
}
