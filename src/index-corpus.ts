import { type ChangedFile, type Changes, changesBetween } from "./changes.ts";
import { readCorpusFile, scanCorpus } from "./documents/corpus.ts";
import { absentFiles, type FileMetadata, readMetadata } from "./documents/corpus-metadata.ts";
import { parseDocument, sha256 } from "./documents/parse.ts";
import { PARSING_RULES_VERSION } from "./documents/rules.ts";
import { embedDocuments, segmentOf, vectorsByText } from "./embed-documents.ts";
import type { Embedder, EmbedderIdentity, ModelSource } from "./embedding/embedder.ts";
import { CorpusError, DocumentError, IndexError } from "./errors.ts";
import { TOKENIZER } from "./retrieval/tokenize.ts";
import {
  type Catalogue,
  type Change,
  type IndexIdentity,
  type KnownFailure,
  type NewDocument,
  type VectorStore,
  type Writer,
  writerOf,
} from "./store/vector-store.ts";
import type { FileFailure, IndexedDocument } from "./types.ts";

/** Names the rules by which files become passages and terms; an index made by others is made anew. */
export const INDEX_RULES = `${PARSING_RULES_VERSION} ${TOKENIZER}`;

/** How many files of each kind there are. A renamed file is neither added nor removed. */
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly renamed: number;
  readonly removed: number;
}

/** What happens while a folder becomes an index, in order. */
export type IndexEvent =
  /** Parts of the index that were damaged beyond repair: their documents are indexed again. */
  | { readonly type: "index-damaged"; readonly files: readonly string[] }
  | ({ readonly type: "scan-end"; readonly unchanged: number } & ChangeCounts)
  /** A file of a folder that was indexed before. */
  | {
      readonly type: "file-changed";
      readonly change: "added" | "changed" | "renamed" | "removed";
      readonly path: string;
      /** Of a renamed file. */
      readonly previousPath: string | null;
    }
  | { readonly type: "file-failed"; readonly failure: FileFailure }
  /** Of the files that have to be indexed now. */
  | {
      readonly type: "progress";
      readonly documents: number;
      readonly documentsTotal: number;
      readonly passages: number;
      /** Estimated from the size of the files, until all are read. */
      readonly passagesTotal: number;
      /** Since the first file was read. */
      readonly elapsedMs: number;
    }
  | {
      readonly type: "index-end";
      /** Whether anything was written. */
      readonly written: boolean;
      /** All that the index now holds. */
      readonly documents: number;
      readonly passages: number;
      readonly failures: readonly FileFailure[];
      readonly elapsedMs: number;
    };

/** The folder to index. `ignore` are absolute paths of folders in it that are not part of it. */
export interface Corpus {
  readonly folder: string;
  readonly ignore: readonly string[];
  readonly maxFileBytes: number;
}

export interface IndexOptions {
  /** Makes everything anew, whatever the index holds and whichever model made it. */
  readonly rebuild?: boolean | undefined;
  /** Stops between two portions; what is done until then is kept, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/** The folder as it is, before any of its documents is read. */
export interface ScannedCorpus {
  readonly metadata: ReadonlyMap<string, FileMetadata>;
  readonly files: Awaited<ReturnType<typeof scanCorpus>>["files"];
  readonly failures: readonly FileFailure[];
}

/** Passages that are embedded before progress is told, at least. */
const PORTION = 256;
/** What is done is written, and so safe from a kill, after so many passages or milliseconds. */
const PASSAGES_A_COMMIT = 16_384;
const MILLISECONDS_A_COMMIT = 15_000;

/** Lists the files of the folder. Throws CorpusError. */
export async function scan(corpus: Corpus): Promise<ScannedCorpus> {
  const metadata = await readMetadata(corpus.folder);
  const { files, failures } = await scanCorpus(corpus.folder, corpus);
  return { metadata, files, failures: [...failures, ...absentFiles(metadata, [...files, ...failures])] };
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

function parse(path: string, bytes: Uint8Array, metadata: ScannedCorpus["metadata"]): IndexedDocument {
  const listed = metadata.get(path);
  return parseDocument({ path, bytes, ...(listed && { metadata: listed }) });
}

/** Throws what is no fault of the file. */
function failureOf(path: string, error: unknown): FileFailure {
  if (!(error instanceof DocumentError)) throw error;
  return { path, code: error.code, message: error.message };
}

const byPath = (a: FileFailure, b: FileFailure) => (a.path < b.path ? -1 : 1);

/** What `indexCorpus` would do. Throws CorpusError. */
export async function pendingChanges(corpus: Corpus, before: Catalogue): Promise<ChangeCounts> {
  const { metadata, files } = await scan(corpus);
  const usable = before.rules === INDEX_RULES ? before : null;
  return counts(await changesBetween(corpus.folder, files, metadata, usable, corpus));
}

function counts({ toIndex, gone }: Changes): ChangeCounts {
  const of = (kind: ChangedFile["change"]) => toIndex.filter(({ change }) => change === kind).length;
  const renamed = of("renamed");
  return { added: of("added"), changed: of("changed"), renamed, removed: gone.length - renamed };
}

type ModelIdentity = Pick<EmbedderIdentity, "id" | "hash">;

/** Throws IndexError `index-mismatch`, naming both, when the index was made with another model. */
export function requireSameModel({ embedder }: IndexIdentity, model: ModelIdentity): void {
  if (embedder.hash === model.hash) return;
  const name = ({ id, hash }: ModelIdentity) => `${id} (${hash.slice(0, 8)})`;
  throw new IndexError(
    "index-mismatch",
    `the index was made with the model ${name(embedder)}, but the model in use is ${name(model)}`,
    "Run `pilcrow index --rebuild` to make it anew with this model, or set PILCROW_MODEL to the other.",
  );
}

/** What is there to build upon: null where there is nothing, or nothing that these rules and, to rebuild, this model made. */
async function previous(writer: Writer, model: ModelIdentity, rebuild: boolean): Promise<Catalogue | null> {
  const before = await writer.catalogue().catch((error: unknown) => {
    if (rebuild && error instanceof IndexError) return null;
    throw error;
  });
  if (before === null || (rebuild && before.embedder.hash !== model.hash)) return null;
  requireSameModel(before, model);
  return before.rules === INDEX_RULES ? before : null;
}

/**
 * Makes the index of a folder, or brings it up to date: only files that are new or have changed are parsed, only passages
 * that are new in them embedded. What is done is written now and then; a run that is stopped is gone on with by the next.
 */
export async function* indexCorpus(
  corpus: Corpus,
  { model, store }: { readonly model: ModelSource; readonly store: VectorStore },
  { rebuild = false, signal }: IndexOptions = {},
): AsyncGenerator<IndexEvent> {
  const started = performance.now();
  const writer = await writerOf(store);
  try {
    const before = await previous(writer, await model.identity(), rebuild);
    if (before && before.damaged.length > 0) yield { type: "index-damaged", files: before.damaged };
    const scanned = await scan(corpus);
    const { folder, maxFileBytes } = corpus;
    const changes = await changesBetween(folder, scanned.files, scanned.metadata, before, {
      all: rebuild,
      maxFileBytes,
    });
    const { toIndex, gone, unchanged, stillFailing } = changes;
    const failures: KnownFailure[] = [...scanned.failures.map((one) => ({ ...one, state: null })), ...stillFailing];
    for (const { path, code, message } of failures) yield { type: "file-failed", failure: { path, code, message } };
    if (unchanged.length + toIndex.length === 0) throw nothingToIndex(folder, failures);
    const { renamed, removed } = counts(changes);
    if (removed > 0 && removed === before?.documents.length && renamed === 0 && !rebuild)
      throw otherDocuments(folder, removed);
    if (before && !rebuild) for (const event of fileChanges(changes)) yield event;
    yield { type: "scan-end", ...counts(changes), unchanged: unchanged.length };

    const done = { documents: unchanged.length, passages: unchanged.reduce((sum, { passages }) => sum + passages, 0) };
    const end = (written: boolean): IndexEvent => {
      const told = failures.map(({ path, code, message }) => ({ path, code, message })).sort(byPath);
      return { type: "index-end", written, ...done, failures: told, elapsedMs: performance.now() - started };
    };
    const isSame = before && toIndex.length + gone.length + before.damaged.length === 0;
    if (isSame && sameFailures(before.failures, failures)) {
      yield end(false);
      return;
    }

    const embedder = await model.load();
    const identity = {
      embedder: { id: embedder.id, dimension: embedder.dimension, hash: embedder.hash },
      rules: INDEX_RULES,
    };
    const pending = new Pending(identity, before === null);
    const write = async (removed: readonly string[]) => {
      await writer.commit(pending.take(removed, [...failures].sort(byPath)));
    };
    signal?.throwIfAborted();
    for await (const portion of portionsOf(corpus, scanned, toIndex, failures)) {
      for (const failure of portion.failed) yield { type: "file-failed", failure };
      const old = portion.before.map(({ documentId }) => documentId);
      const known = rebuild || old.length === 0 ? undefined : vectorsByText(await writer.read(old));
      pending.add(portion.documents, await embedDocuments(portion.documents, embedder, known));
      done.documents += portion.documents.length;
      done.passages += passagesOf(portion.documents);
      yield { type: "progress", ...portion.progress };
      if (signal?.aborted && !pending.isEmpty) await write([]);
      signal?.throwIfAborted();
      if (pending.isDue) await write([]);
    }
    if (done.documents === 0) throw nothingToIndex(folder, failures);
    const failed = new Set(failures.map(({ path }) => path));
    const dropped = before?.documents.filter(({ path }) => failed.has(path)) ?? [];
    await write([...gone, ...dropped].map(({ documentId }) => documentId));
    yield end(true);
  } finally {
    await writer.release();
  }
}

function* fileChanges({ toIndex, gone }: Changes): Generator<IndexEvent> {
  const renamed = new Set<string>();
  for (const { file, change, before } of toIndex) {
    const previousPath = change === "renamed" ? (before?.path ?? null) : null;
    if (previousPath !== null) renamed.add(previousPath);
    yield { type: "file-changed", change, path: file.path, previousPath };
  }
  for (const { path } of gone) {
    if (!renamed.has(path)) yield { type: "file-changed", change: "removed", path, previousPath: null };
  }
}

function sameFailures(a: readonly FileFailure[], b: readonly FileFailure[]): boolean {
  const told = (failures: readonly FileFailure[]) =>
    JSON.stringify(failures.map(({ path, code, message }) => [path, code, message]).sort());
  return told(a) === told(b);
}

interface Portion {
  readonly documents: readonly NewDocument[];
  readonly failed: readonly FileFailure[];
  /** The versions before of these documents. */
  readonly before: readonly { readonly documentId: string }[];
  readonly progress: Omit<Extract<IndexEvent, { type: "progress" }>, "type">;
}

/** Reads and parses files, a portion at a time. Those that fail are added to `failures` with the state they failed in. */
async function* portionsOf(
  { folder, maxFileBytes }: Corpus,
  { metadata }: ScannedCorpus,
  toIndex: readonly ChangedFile[],
  failures: KnownFailure[],
): AsyncGenerator<Portion> {
  const started = performance.now();
  const bytesTotal = toIndex.reduce((sum, { file }) => sum + file.size, 0);
  let [bytesDone, passages] = [0, 0];
  let documents: NewDocument[] = [];
  let failed: FileFailure[] = [];
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
      const failure = failureOf(path, error);
      failed.push(failure);
      failures.push({ ...failure, state: hash === null ? null : { hash, listed, stamp } });
    }
    bytesDone += size;
    const isLast = at === toIndex.length - 1;
    if (passagesOf(documents) < PORTION && !isLast) continue;
    const passagesTotal = isLast ? passages : Math.round((passages * bytesTotal) / Math.max(1, bytesDone));
    const counted = { documents: at + 1, documentsTotal: toIndex.length, passages, passagesTotal };
    yield { documents, failed, before, progress: { ...counted, elapsedMs: performance.now() - started } };
    [documents, failed, before] = [[], [], []];
  }
}

/** What is indexed and not yet written. A class, as it is all state. */
class Pending {
  readonly #identity: IndexIdentity;
  #replace: boolean;
  #documents: NewDocument[] = [];
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

  /** Documents come by path. */
  add(documents: readonly NewDocument[], vectors: Float32Array): void {
    this.#documents.push(...documents);
    this.#vectors.push(vectors);
    this.#passages += passagesOf(documents);
  }

  take(removed: readonly string[], failures: readonly KnownFailure[]): Change {
    const vectors = new Float32Array(this.#vectors.reduce((sum, rows) => sum + rows.length, 0));
    let at = 0;
    for (const rows of this.#vectors) {
      vectors.set(rows, at);
      at += rows.length;
    }
    const added = this.isEmpty ? null : segmentOf(this.#documents, vectors);
    const change = { ...this.#identity, added, removed, failures, replace: this.#replace };
    this.#replace = false;
    this.#documents = [];
    this.#vectors = [];
    this.#passages = 0;
    this.#since = performance.now();
    return change;
  }
}

/** The index of documents that are at hand, embedded in one go. */
export async function indexDocuments(documents: readonly IndexedDocument[], embedder: Embedder): Promise<Change> {
  const sorted = documents.toSorted((a, b) => (a.document.path < b.document.path ? -1 : 1));
  const state = ({ document: { hash } }: IndexedDocument) => ({ hash, listed: "", stamp: "" });
  return {
    embedder: { id: embedder.id, dimension: embedder.dimension, hash: embedder.hash },
    rules: INDEX_RULES,
    added: segmentOf(
      sorted.map((entry) => ({ ...entry, state: state(entry) })),
      await embedDocuments(sorted, embedder),
    ),
    removed: [],
    failures: [],
    replace: true,
  };
}

function passagesOf(documents: readonly IndexedDocument[]): number {
  return documents.reduce((sum, { passages }) => sum + passages.length, 0);
}
/** An index that shares no document with the folder is taken to be of another folder, and is not overwritten unasked. */
function otherDocuments(folder: string, count: number): IndexError {
  return new IndexError(
    "index-of-other-documents",
    `the index holds ${count} documents, none of which is in ${folder}`,
    "Name another index with --index, or run `pilcrow index --rebuild` to replace it.",
  );
}

function nothingToIndex(folder: string, failures: readonly FileFailure[]): CorpusError {
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
