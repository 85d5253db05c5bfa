import { byPath } from "./by-path.ts";
import { readCorpusFile, type Scan, type ScanOptions, scanCorpus } from "./documents/corpus.ts";
import { absentFiles, type FileMetadata, metadataOfFiles, readMetadata } from "./documents/corpus-metadata.ts";
import { atOrIn } from "./documents/corpus-paths.ts";
import { parseDocument } from "./documents/parse.ts";
import { DocumentError } from "./errors.ts";
import type { FileFailure, IndexedDocument } from "./types.ts";

/** The folder to index. `ignore` are absolute paths of folders in it that are not part of it. */
export interface Corpus {
  readonly folder: string;
  readonly ignore: readonly string[];
  readonly maxFileBytes: number;
}

/** The folder as it is, before any of its documents is read. */
export interface ScannedCorpus extends Scan {
  /** By the paths of the files. */
  readonly metadata: ReadonlyMap<string, FileMetadata>;
}

/** Lists the files of the folder. Throws CorpusError, and what the signal is aborted with. */
export async function scan(
  corpus: Corpus,
  progress: Pick<ScanOptions, "signal" | "tally"> = {},
): Promise<ScannedCorpus> {
  const listed = await readMetadata(corpus.folder);
  const { files, failures, unseen } = await scanCorpus(corpus.folder, { ...corpus, ...progress });
  const metadata = metadataOfFiles(listed, [...files, ...failures]);
  const isUnseen = atOrIn(unseen);
  const absent = absentFiles(metadata, [...files, ...failures]).filter(({ path }) => !isUnseen(path));
  return { metadata, files, failures: [...failures, ...absent], unseen };
}

/** The documents of the folder as they are now. Throws CorpusError. */
export async function readCorpus(corpus: Corpus): Promise<{ documents: IndexedDocument[]; failures: FileFailure[] }> {
  const { metadata, files, failures } = await scan(corpus);
  const documents: IndexedDocument[] = [];
  const failed = [...failures];
  for (const { path } of files) {
    try {
      documents.push(parse(path, await readCorpusFile(corpus.folder, path, corpus.maxFileBytes), metadata));
    } catch (error) {
      failed.push(failureOf(path, error));
    }
  }
  return { documents, failures: failed.sort(byPath) };
}

export function parse(path: string, bytes: Uint8Array, metadata: ScannedCorpus["metadata"]): IndexedDocument {
  const listed = metadata.get(path);
  return parseDocument({ path, bytes, ...(listed && { metadata: listed }) });
}

/** Throws what is no fault of the file. */
export function failureOf(path: string, error: unknown): FileFailure {
  if (!(error instanceof DocumentError)) throw error;
  // The path stands before the message wherever it is told.
  const { code, message } = error;
  return { path, code, message: message.startsWith(`${path} `) ? message.slice(path.length + 1) : message };
}
