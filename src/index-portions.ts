import type { ChangedFile } from "./changes.ts";
import { readCorpusFile } from "./documents/corpus.ts";
import { sha256 } from "./documents/parse.ts";
import { type Corpus, failureOf, parse, type ScannedCorpus } from "./read-corpus.ts";
import { serializePostings } from "./retrieval/postings.ts";
import { wordCollector } from "./retrieval/word-collector.ts";
import { type ReadWords, wordReader } from "./retrieval/word-reader.ts";
import type { Change, IndexIdentity, KnownFailure, NewDocument } from "./store/vector-store.ts";
import type { IndexedDocument } from "./types.ts";

/** Passages that are embedded before progress is told, at least. */
const PORTION = 256;
/** What is done is written, and so safe from a kill, after so many passages or milliseconds. */
const PASSAGES_A_COMMIT = 16_384;
const MILLISECONDS_A_COMMIT = 15_000;

/** How far indexing is. */
export interface Progress {
  readonly documents: number;
  readonly documentsTotal: number;
  readonly passages: number;
  /** Estimated from the size of the files, until all are read. */
  readonly passagesTotal: number;
  /** Since the first file was read. */
  readonly elapsedMs: number;
}

/** Some of the files that are to be indexed, parsed. */
export interface Portion {
  readonly documents: readonly NewDocument[];
  readonly words: ReadWords;
  /** With the state that each failed in. */
  readonly failed: readonly KnownFailure[];
  /** The versions before of these documents. */
  readonly before: readonly { readonly documentId: string }[];
  readonly progress: Progress;
}

/** Reads and parses files, a portion at a time. */
export async function* portionsOf(
  { folder, maxFileBytes }: Pick<Corpus, "folder" | "maxFileBytes">,
  metadata: ScannedCorpus["metadata"],
  toIndex: readonly ChangedFile[],
): AsyncGenerator<Portion> {
  const started = performance.now();
  const bytesTotal = toIndex.reduce((sum, { file }) => sum + file.size, 0);
  let [bytesDone, passages] = [0, 0];
  let documents: NewDocument[] = [];
  let failed: KnownFailure[] = [];
  const reader = wordReader();
  let before: { documentId: string }[] = [];
  for (const [at, { file, listed, before: old }] of toIndex.entries()) {
    const { path, stamp, size } = file;
    let hash: string | null = null;
    try {
      const bytes = await readCorpusFile(folder, path, maxFileBytes);
      hash = sha256(bytes);
      const entry = parse(path, bytes, metadata);
      documents.push({ ...entry, state: { hash, listed, stamp } });
      passages += entry.passages.length;
      if (old) before.push(old);
    } catch (error) {
      failed.push({ ...failureOf(path, error), state: hash === null ? null : { hash, listed, stamp } });
    }
    bytesDone += size;
    const isLast = at === toIndex.length - 1;
    if (passagesOf(documents) < PORTION && !isLast) continue;
    const passagesTotal = isLast ? passages : Math.round((passages * bytesTotal) / Math.max(1, bytesDone));
    const counted = { documents: at + 1, documentsTotal: toIndex.length, passages, passagesTotal };
    const words = reader.read(documents);
    yield { documents, words, failed, before, progress: { ...counted, elapsedMs: performance.now() - started } };
    [documents, failed, before] = [[], [], []];
  }
}

/** What is indexed and not yet written. A class, as it is all state. */
export class Pending {
  readonly #identity: IndexIdentity;
  #replace: boolean;
  #documents: NewDocument[] = [];
  /** Collected as documents come, so that little is left to do when somebody waits for what is done to be kept. */
  readonly #words = wordCollector();
  #vectors: Float32Array[] = [];
  #passages = 0;
  #since = performance.now();

  /** `replace`: the first change that is written replaces what there is. */
  constructor(identity: IndexIdentity, replace: boolean) {
    this.#identity = identity;
    this.#replace = replace;
  }

  get isEmpty(): boolean {
    return this.#documents.length === 0;
  }

  get isDue(): boolean {
    const isLate = performance.now() - this.#since >= MILLISECONDS_A_COMMIT;
    return this.#passages >= PASSAGES_A_COMMIT || (isLate && !this.isEmpty);
  }

  /** Documents come by path; their vectors follow before anything is taken. */
  addDocuments({ documents, words }: Pick<Portion, "documents" | "words">): void {
    this.#documents.push(...documents);
    this.#words.add(words);
    this.#passages += passagesOf(documents);
  }

  addVectors(vectors: Float32Array): void {
    this.#vectors.push(vectors);
  }

  take(removed: readonly string[], failures: readonly KnownFailure[]): Change {
    const vectors = new Float32Array(this.#vectors.reduce((sum, rows) => sum + rows.length, 0));
    let at = 0;
    for (const rows of this.#vectors) {
      vectors.set(rows, at);
      at += rows.length;
    }
    const added = this.isEmpty
      ? null
      : { documents: this.#documents, vectors, postings: serializePostings(this.#words.take()) };
    const change = { ...this.#identity, added, removed, failures, replace: this.#replace };
    this.#replace = false;
    this.#documents = [];
    this.#vectors = [];
    this.#passages = 0;
    this.#since = performance.now();
    return change;
  }
}

export function passagesOf(documents: readonly IndexedDocument[]): number {
  return documents.reduce((sum, { passages }) => sum + passages.length, 0);
}
