import { CorpusError, IndexError } from "./errors.ts";
import type { FileFailure } from "./types.ts";

/** An index that shares no document with the folder is taken to be of another folder, and is not overwritten unasked. */
export function otherDocuments(folder: string, count: number): IndexError {
  return new IndexError(
    "index-of-other-documents",
    `the index holds ${count} documents, none of which is in ${folder}`,
    "Name another index with --index, or run `pilcrow index --rebuild` to replace it.",
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
