import type { ParsedFiles } from "./parse-files.ts";
import { type Parsers, startParsers } from "./parsing-threads.ts";
import type { Corpus, ScannedCorpus } from "./read-corpus.ts";
import type { ChangedFile } from "./renamed-files.ts";
import { serializePostings } from "./retrieval/postings.ts";
import { wordCollector } from "./retrieval/word-collector.ts";
import type { ReadWords } from "./retrieval/word-reader.ts";
import type { Change, IndexIdentity, KnownFailure, NewDocument } from "./store/vector-store.ts";
import type { FileFailure, IndexedDocument } from "./types.ts";

/** Passages that are embedded before progress is told, at least. */
const PORTION = 256;
/** Bytes of files that another thread is asked for at once: a message costs more than a small file. */
const BATCH_BYTES = 64_000;
const BATCH_FILES = 64;
/** What is done is written, and so safe from a kill, after so many passages or milliseconds. */
export const PASSAGES_A_COMMIT = 16_384;
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
  readonly words: readonly ReadWords[];
  /** With the state that each failed in. */
  readonly failed: readonly KnownFailure[];
  readonly unread: readonly FileFailure[];
  /** The versions before of these documents. */
  readonly before: readonly { readonly documentId: string }[];
  /** How far indexing is after it. */
  readonly progress: Omit<Progress, "elapsedMs">;
}

/** Reads and parses files, a portion at a time; the next ones in other threads meanwhile where there are many. */
export async function* portionsOf(
  { folder, maxFileBytes }: Pick<Corpus, "folder" | "maxFileBytes">,
  metadata: ScannedCorpus["metadata"],
  toIndex: readonly ChangedFile[],
  passagesACommit: number,
): AsyncGenerator<Portion> {
  const bytesTotal = bytesOf(toIndex);
  let [files, bytes, passages] = [0, 0, 0];
  let gathered: [readonly ChangedFile[], ParsedFiles][] = [];
  const parsers = await startParsers({ folder, maxFileBytes, metadata }, bytesTotal);
  try {
    for await (const batch of inTurn(parsers, batchesOf(toIndex, parsers.count > 1))) {
      gathered.push(batch);
      files += batch[0].length;
      bytes += bytesOf(batch[0]);
      passages += passagesOf(batch[1].documents);
      const isLast = files === toIndex.length;
      const documents = gathered.flatMap(([, parsed]) => parsed.documents);
      if (passagesOf(documents) < Math.min(PORTION, passagesACommit) && !isLast) continue;
      const passagesTotal = isLast ? passages : Math.round((passages * bytesTotal) / Math.max(1, bytes));
      yield {
        documents,
        words: gathered.map(([, { words }]) => words),
        failed: gathered.flatMap(([, { failed }]) => failed),
        unread: gathered.flatMap(([, { unread }]) => unread),
        before: gathered.flatMap(versionsBefore),
        progress: { documents: files, documentsTotal: toIndex.length, passages, passagesTotal },
      };
      gathered = [];
    }
  } finally {
    await parsers.end();
  }
}

/** Of the files that did not fail. */
function versionsBefore([files, { failed, unread }]: readonly [readonly ChangedFile[], ParsedFiles]) {
  const lost = new Set([...failed, ...unread].map(({ path }) => path));
  return files.flatMap(({ file, before }) => (before && !lost.has(file.path) ? [before] : []));
}

/** What each batch parses to, in order. Each parser has the next batch at hand when it is done with one. */
async function* inTurn(
  parsers: Parsers,
  batches: readonly (readonly ChangedFile[])[],
): AsyncGenerator<[readonly ChangedFile[], ParsedFiles]> {
  // One parser is this thread itself, which nothing can be asked of ahead.
  const ahead = parsers.count === 1 ? 1 : AHEAD * parsers.count;
  const asked: Promise<ParsedFiles>[] = [];
  for (const [at, files] of batches.entries()) {
    for (let next = asked.length; next < Math.min(batches.length, at + ahead); next++) {
      const parsed = parsers.parse(next % parsers.count, batches[next] ?? []);
      // Told when its turn comes.
      parsed.catch(() => undefined);
      asked.push(parsed);
    }
    const parsed = asked[at];
    if (parsed === undefined) return;
    yield [files, await parsed];
    // What is embedded and written need not be kept here.
    asked[at] = NOTHING;
  }
}

/** Batches of files that each parser is asked for ahead. */
const AHEAD = 6;
const NOTHING = new Promise<ParsedFiles>(() => undefined);

/** One file each, or more where they are for other threads. */
function batchesOf(files: readonly ChangedFile[], isSent: boolean): ChangedFile[][] {
  const batches: ChangedFile[][] = [];
  let batch: ChangedFile[] = [];
  let bytes = 0;
  for (const one of files) {
    if (batch.length === 0 || !isSent || bytes >= BATCH_BYTES || batch.length >= BATCH_FILES) {
      batch = [];
      batches.push(batch);
      bytes = 0;
    }
    batch.push(one);
    bytes += one.file.size;
  }
  return batches;
}

const bytesOf = (files: readonly ChangedFile[]) => files.reduce((sum, { file }) => sum + file.size, 0);

/** What is indexed and not yet written. A class, as it is all state. */
export class Pending {
  readonly #identity: IndexIdentity;
  readonly #passagesACommit: number;
  #replace: boolean;
  #documents: NewDocument[] = [];
  /** Collected as documents come, so that little is left to do when somebody waits for what is done to be kept. */
  readonly #words = wordCollector();
  #uncollected: ReadWords[] = [];
  #vectors: Float32Array[] = [];
  #passages = 0;
  #since = performance.now();

  /** `replace`: the first change that is written replaces what there is. */
  constructor(identity: IndexIdentity, replace: boolean, passagesACommit: number) {
    this.#identity = identity;
    this.#passagesACommit = passagesACommit;
    this.#replace = replace;
  }

  get isEmpty(): boolean {
    return this.#documents.length === 0;
  }

  get isDue(): boolean {
    const isLate = performance.now() - this.#since >= MILLISECONDS_A_COMMIT;
    return this.#passages >= this.#passagesACommit || (isLate && !this.isEmpty);
  }

  get documentIds(): string[] {
    return this.#documents.map(({ document }) => document.documentId);
  }

  /** Documents come by path. */
  add({ documents, words }: Pick<Portion, "documents" | "words">, vectors: Float32Array): void {
    for (const entry of documents) this.#documents.push(entry);
    this.#uncollected.push(...words);
    this.#vectors.push(vectors);
    this.#passages += passagesOf(documents);
  }

  /** Does what there is to do for what was added: best while the model computes. */
  collectWords(): void {
    for (const words of this.#uncollected) this.#words.add(words);
    this.#uncollected = [];
  }

  take(removed: readonly string[], failures: readonly KnownFailure[]): Change {
    const vectors = new Float32Array(this.#vectors.reduce((sum, rows) => sum + rows.length, 0));
    let at = 0;
    for (const rows of this.#vectors) {
      vectors.set(rows, at);
      at += rows.length;
    }
    this.collectWords();
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
