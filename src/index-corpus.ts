import { type ChangedFile, type Changes, changesBetween } from "./changes.ts";
import { PARSING_RULES_VERSION } from "./documents/rules.ts";
import { embedDocuments, vectorsByText } from "./embed-documents.ts";
import type { Embedder, ModelDownload, ModelSource } from "./embedding/embedder.ts";
import { CorpusError, IndexError } from "./errors.ts";
import { Pending, type Progress, passagesOf, portionsOf } from "./index-portions.ts";
import { byPath, type Corpus, scan } from "./read-corpus.ts";
import { lexicalCodec } from "./retrieval/lexical-codec.ts";
import { TIMES } from "./retrieval/passage-times.ts";
import { TOKENIZER } from "./retrieval/tokenize.ts";
import { type ModelIdentity, requireSameModel } from "./same-model.ts";
import {
  type Catalogue,
  type Change,
  type IndexIdentity,
  type KnownFailure,
  type VectorStore,
  type Writer,
  writerOf,
} from "./store/vector-store.ts";
import type { FileFailure, IndexedDocument } from "./types.ts";

/** Names the rules by which files become passages and terms; an index made by others is made anew. */
export const INDEX_RULES = `${PARSING_RULES_VERSION} ${TOKENIZER} ${TIMES}`;

/** How many files of each kind there are. A renamed file is neither added nor removed. */
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly renamed: number;
  readonly removed: number;
}

/** What happens while a folder becomes an index, in order. */
export type IndexEvent =
  | ModelDownload
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
  | ({ readonly type: "progress" } & Progress)
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

export interface IndexOptions {
  /** Makes everything anew, whatever the index holds and whichever model made it. */
  readonly rebuild?: boolean | undefined;
  /** Stops between two portions; what is done until then is kept, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

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
    if (model.prepare) yield* model.prepare(signal);
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
    if (before !== null && !rebuild) requireSameModel(before, embedder);
    const isOther = before === null || before.embedder.dimension !== embedder.dimension;
    const identity = identityOf(embedder);
    const pending = new Pending(identity, isOther);
    const write = async (removed: readonly string[]) => {
      await writer.commit(pending.take(removed, [...failures].sort(byPath)));
    };
    signal?.throwIfAborted();
    for await (const portion of portionsOf(corpus, scanned.metadata, toIndex)) {
      failures.push(...portion.failed);
      for (const { path, code, message } of portion.failed)
        yield { type: "file-failed", failure: { path, code, message } };
      const old = portion.before.map(({ documentId }) => documentId);
      const known = rebuild || old.length === 0 ? undefined : vectorsByText(await writer.read(old));
      // Words are collected while the model computes.
      const vectors = embedDocuments(portion.documents, embedder, known);
      pending.addDocuments(portion);
      pending.addVectors(await vectors);
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

function identityOf({ id, dimension, hash, details }: Embedder): IndexIdentity {
  return { embedder: { id, dimension, hash, details }, rules: INDEX_RULES };
}

/** The index of documents that are at hand, embedded in one go. */
export async function indexDocuments(documents: readonly IndexedDocument[], embedder: Embedder): Promise<Change> {
  const sorted = documents.toSorted((a, b) => (a.document.path < b.document.path ? -1 : 1));
  const state = ({ document: { hash } }: IndexedDocument) => ({ hash, listed: "", stamp: "" });
  return {
    ...identityOf(embedder),
    added: {
      documents: sorted.map((entry) => ({ ...entry, state: state(entry) })),
      vectors: await embedDocuments(sorted, embedder),
      postings: lexicalCodec.build(sorted),
    },
    removed: [],
    failures: [],
    replace: true,
  };
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
