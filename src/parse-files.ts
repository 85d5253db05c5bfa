import { isRefused, readCorpusFile } from "./documents/corpus.ts";
import { sha256 } from "./documents/parse.ts";
import { type Corpus, failureOf, parse, type ScannedCorpus } from "./read-corpus.ts";
import type { ChangedFile } from "./renamed-files.ts";
import { type ReadWords, wordReader } from "./retrieval/word-reader.ts";
import type { KnownFailure, NewDocument } from "./store/vector-store.ts";
import type { FileFailure } from "./types.ts";

/** What parsing needs to know of the corpus; it can be sent to another thread. */
export interface ParsingOptions extends Pick<Corpus, "folder" | "maxFileBytes">, Pick<ScannedCorpus, "metadata"> {
  /** The number of this parser among several. */
  readonly reader: number;
}

/** Some files, parsed, in their order. */
export interface ParsedFiles {
  readonly documents: readonly NewDocument[];
  readonly words: ReadWords;
  /** With the state that each failed in. */
  readonly failed: readonly KnownFailure[];
  /** Could not be read just now: what the index holds of them stays. */
  readonly unread: readonly FileFailure[];
}

export type FileParser = (files: readonly ChangedFile[]) => Promise<ParsedFiles>;

export function fileParser({ folder, maxFileBytes, metadata, reader }: ParsingOptions): FileParser {
  const words = wordReader(reader);
  return async (files) => {
    const documents: NewDocument[] = [];
    const failed: KnownFailure[] = [];
    const unread: FileFailure[] = [];
    for (const { file, listed } of files) {
      const { path, stamp } = file;
      let hash: string | null = null;
      try {
        const bytes = await readCorpusFile(folder, path, maxFileBytes);
        hash = sha256(bytes);
        documents.push({ ...parse(path, bytes, metadata), state: { hash, listed, stamp } });
      } catch (error) {
        const failure = failureOf(path, error);
        if (isRefused(error)) unread.push(failure);
        else failed.push({ ...failure, state: hash === null ? null : { hash, listed, stamp } });
      }
    }
    return { documents, words: words.read(documents), failed, unread };
  };
}
