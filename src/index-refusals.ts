import { stat } from "node:fs/promises";
import { realPathOf } from "./documents/corpus-paths.ts";
import { CorpusError, IndexError } from "./errors.ts";
import type { IndexIdentity } from "./store/vector-store.ts";
import type { FileFailure } from "./types.ts";

/** An index that shares no document with the folder is taken to be of another folder, and is not overwritten unasked. */
export function otherDocuments(folder: string, count: number): IndexError {
  return new IndexError(
    "index-of-other-documents",
    `the index holds ${count} documents, none of which is in ${folder}`,
    "Name another index with --index, or run `pilcrow index --rebuild` to replace it.",
  );
}

/** An index of another folder is not overwritten unasked. Throws IndexError. */
export async function requireSameCorpus(index: Pick<IndexIdentity, "corpus">, folder: string): Promise<void> {
  if (!(await isOfOtherCorpus(index, folder))) return;
  throw new IndexError(
    "index-of-other-documents",
    `the index is of the folder ${index.corpus}, not of ${folder}`,
    "Name that folder with --corpus or another index with --index, or run `pilcrow index --rebuild` to replace it.",
  );
}

/** Whether it was made of another folder that is still there: one that is gone was moved, and is the same; so is a link that leads elsewhere now. */
export async function isOfOtherCorpus({ corpus }: Pick<IndexIdentity, "corpus">, folder: string): Promise<boolean> {
  if (corpus === undefined || corpus === folder) return false;
  if ((await realPathOf(corpus)) === (await realPathOf(folder))) return false;
  return stat(corpus).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** None of the files can be indexed: most likely the folder is not the one that is meant. */
export function nothingToIndex(folder: string, failures: readonly FileFailure[]): CorpusError {
  const reasons = failures
    .map((failure) => `${failure.path}: ${failure.message}`)
    .slice(0, 3)
    .join("; ");
  return new CorpusError(
    "corpus-empty",
    failures.length === 0
      ? `the folder ${folder} holds no documents`
      : `none of the ${failures.length} files in ${folder} can be indexed (${reasons})`,
    "Put .txt or .md files into it, or name another folder with --corpus.",
  );
}
