import { resolve } from "node:path";
import { byPath } from "./by-path.ts";
import { type Changes, changesBetween } from "./changes.ts";
import type { ScanOptions } from "./documents/corpus.ts";
import { PARSING_RULES_VERSION } from "./documents/rules.ts";
import { embedDocuments } from "./embed-documents.ts";
import type { Embedder, EmbedderIdentity, ModelDownload, ModelSource } from "./embedding/embedder.ts";
import { IndexError } from "./errors.ts";
import { type FailureReport, reportOf } from "./failure-report.ts";
import { PASSAGES_A_COMMIT, Pending, type Portion, type Progress, passagesOf, portionsOf } from "./index-portions.ts";
import { nothingToIndex, otherDocuments } from "./index-refusals.ts";
import { indexTarget } from "./index-target.ts";
import { meanwhile } from "./meanwhile.ts";
import { type Corpus, scan } from "./read-corpus.ts";
import type { ChangedFile } from "./renamed-files.ts";
import { lexicalCodec } from "./retrieval/lexical-codec.ts";
import { TIMES } from "./retrieval/passage-times.ts";
import { TOKENIZER } from "./retrieval/tokenize.ts";
import { requireSameModel } from "./same-model.ts";
import { MANIFEST } from "./store/manifest.ts";
import {
  type Catalogue,
  type CatalogueEntry,
  type Change,
  type IndexIdentity,
  type KnownFailure,
  type VectorStore,
  writerOf,
} from "./store/vector-store.ts";
import type { FileFailure, IndexedDocument } from "./types.ts";
import { versionsBefore } from "./versions-before.ts";

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
  /** Now and then while the files are looked at, where that takes longer than a moment: found, then compared. */
  | {
      readonly type: "scan-progress";
      readonly files: number;
      /** null until all are found. */
      readonly filesTotal: number | null;
    }
  | ({ readonly type: "scan-end"; readonly unchanged: number } & ChangeCounts)
  /** A file of a folder that was indexed before. */
  | {
      readonly type: "file-changed";
      readonly change: "added" | "changed" | "renamed" | "removed";
      readonly path: string;
      /** Of a renamed file. */
      readonly previousPath: string | null;
    }
  /** Of what the folder alone tells, only what the end has as well. */
  | { readonly type: "file-failed"; readonly failure: FileFailure }
  /** Of the files that have to be indexed now. */
  | ({ readonly type: "progress" } & Progress)
  | ({
      readonly type: "index-end";
      /** Whether anything was written. */
      readonly written: boolean;
      /** All that the index now holds. */
      readonly documents: number;
      readonly passages: number;
      readonly elapsedMs: number;
    } & FailureReport);

export interface IndexOptions {
  /** Makes everything anew, whatever the index holds and whichever model made it, and then takes its place. */
  readonly rebuild?: boolean | undefined;
  /** Stops the run soon; what is done until then is kept, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** What is done is written after so many passages: 16,384, but where a test says less. */
  readonly passagesACommit?: number;
}

/** What `indexCorpus` would do, and which files it could not index. Throws CorpusError. */
export async function pendingChanges(
  corpus: Corpus,
  before: Catalogue,
): Promise<{ readonly counts: ChangeCounts; readonly failures: readonly FileFailure[] }> {
  const scanned = await scan(corpus);
  const usable = before.rules === INDEX_RULES ? before : null;
  const changes = await changesBetween(corpus.folder, scanned, usable, corpus);
  return { counts: counts(changes), failures: [...scanned.failures, ...changes.unread, ...changes.stillFailing] };
}

function counts({ toIndex, removed }: Changes): ChangeCounts {
  const of = (kind: ChangedFile["change"]) => toIndex.filter(({ change }) => change === kind).length;
  return { added: of("added"), changed: of("changed"), renamed: of("renamed"), removed: removed.length };
}

/** Tells how many files have been looked at, where that takes longer than a moment. */
function looking<T>(
  work: (progress: Required<Pick<ScanOptions, "tally">>) => Promise<T>,
  filesTotal: number | null,
): AsyncGenerator<IndexEvent, T> {
  const tally = { files: 0 };
  return meanwhile(work({ tally }), () => ({ type: "scan-progress", files: tally.files, filesTotal }));
}

/**
 * Makes the index of a folder, or brings it up to date: only files that are new or have changed are parsed, only passages
 * that are new in them embedded. What is done is written now and then; a run that is stopped is gone on with by the next.
 */
export async function* indexCorpus(
  corpus: Corpus,
  { model, store }: { readonly model: ModelSource; readonly store: VectorStore },
  { rebuild = false, signal, passagesACommit = PASSAGES_A_COMMIT }: IndexOptions = {},
): AsyncGenerator<IndexEvent> {
  const started = performance.now();
  const writer = await writerOf(store);
  try {
    if (model.prepare) yield* model.prepare(signal);
    const { folder, maxFileBytes } = corpus;
    const root = resolve(folder);
    const isLost = await isManifestDamaged(store);
    const { index, before, finish } = await indexTarget(writer, model, { rules: INDEX_RULES, corpus: root, rebuild });
    const damaged = isLost ? [MANIFEST] : (before?.damaged ?? []);
    if (damaged.length > 0) yield { type: "index-damaged", files: damaged };
    const scanned = yield* looking((progress) => scan(corpus, { signal, ...progress }), null);
    const changes = yield* looking(
      (progress) => changesBetween(folder, scanned, before, { maxFileBytes, signal, ...progress }),
      scanned.files.length,
    );
    const { toIndex, gone, unchanged, stillFailing } = changes;
    // What the folder tells is told anew by each run, and not kept.
    const told: FileFailure[] = [...scanned.failures, ...changes.unread, ...stillFailing];
    const kept: KnownFailure[] = [...stillFailing];
    for (const { path, code, message } of reportOf(told).failures)
      yield { type: "file-failed", failure: { path, code, message } };
    if (unchanged.length + toIndex.length === 0) throw nothingToIndex(folder, told);
    const { renamed, removed } = counts(changes);
    const mayBeOther = before !== null && before.corpus !== root && before.damaged.length === 0 && !rebuild;
    if (mayBeOther && removed > 0 && removed === before.documents.length && renamed === 0)
      throw otherDocuments(folder, removed);
    if (before && !finish) for (const event of fileChanges(changes)) yield event;
    yield { type: "scan-end", ...counts(changes), unchanged: unchanged.length };
    if (changes.stamped.length > 0) await index.keepStamps(changes.stamped);

    const done = { documents: unchanged.length, passages: passagesIn(unchanged) };
    const end = (written: boolean): IndexEvent => {
      const failures = told.map(({ path, code, message }) => ({ path, code, message }));
      return { type: "index-end", written, ...done, ...reportOf(failures), elapsedMs: performance.now() - started };
    };
    const isMoved = before?.corpus !== undefined && before.corpus !== root;
    const isSame = before && !isMoved && toIndex.length + gone.length + before.damaged.length === 0;
    if (isSame && sameFailures(before.failures, kept)) {
      await finish?.();
      yield end(finish !== null);
      return;
    }

    const embedder = await model.load();
    if (before) requireSameModel(before, embedder);
    // An index stays what it was made with, where a model differs in nothing that its passages know of.
    const identity = { ...identityOf(before?.embedder ?? embedder), corpus: root };
    const pending = new Pending(identity, before === null, passagesACommit);
    const versions = versionsBefore(index, toIndex);
    const write = async (removed: readonly string[]) => {
      await versions.keep(pending.documentIds);
      await index.commit(pending.take(removed, kept.toSorted(byPath)));
    };
    signal?.throwIfAborted();
    const begun = performance.now();
    const dropped = new Set<string>();
    const unread = new Set<string>();
    for await (const portion of portionsOf(corpus, scanned.metadata, toIndex, passagesACommit)) {
      kept.push(...portion.failed.filter(({ state }) => state !== null));
      for (const { path, code, message } of [...portion.failed, ...portion.unread]) {
        told.push({ path, code, message });
        yield { type: "file-failed", failure: { path, code, message } };
      }
      for (const { path } of portion.failed) dropped.add(path);
      for (const { path } of portion.unread) unread.add(path);
      const known = await versions.vectorsOf(portion.before.map(({ documentId }) => documentId));
      const tally = { passages: 0 };
      const progress = () => progressIn(portion, tally.passages, performance.now() - begun);
      const embedding = embedDocuments(portion.documents, embedder, { known, signal, tally });
      pending.collectWords();
      try {
        pending.add(portion, yield* meanwhile(embedding, progress));
      } catch (error) {
        // What is done is kept, whether it was Ctrl-C or the model that ended it.
        if (!pending.isEmpty) await write([]);
        throw error;
      }
      done.documents += portion.documents.length;
      done.passages += passagesOf(portion.documents);
      yield progress();
      if (signal?.aborted && !pending.isEmpty) await write([]);
      signal?.throwIfAborted();
      if (pending.isDue) await write([]);
    }
    const staying = before?.documents.filter(({ path }) => unread.has(path)) ?? [];
    done.documents += staying.length;
    done.passages += passagesIn(staying);
    if (done.documents === 0) throw nothingToIndex(folder, told);
    const lost = before?.documents.filter(({ path }) => dropped.has(path)) ?? [];
    await write([...gone, ...lost].map(({ documentId }) => documentId));
    await finish?.();
    yield end(true);
  } finally {
    await writer.release();
  }
}

/** Then nothing is left to build upon. */
async function isManifestDamaged(store: VectorStore): Promise<boolean> {
  return store.generation().then(
    () => false,
    (error: unknown) => error instanceof IndexError && error.code === "index-damaged",
  );
}

/** How far indexing is with so many passages of this portion done. */
function progressIn({ documents, progress }: Portion, embedded: number, elapsedMs: number): IndexEvent {
  const left = passagesOf(documents) - embedded;
  const open = left > 0 ? documents.length : 0;
  return {
    type: "progress",
    ...progress,
    documents: progress.documents - open,
    passages: progress.passages - left,
    elapsedMs,
  };
}

function passagesIn(entries: readonly CatalogueEntry[]): number {
  return entries.reduce((sum, { passages }) => sum + passages, 0);
}

function* fileChanges({ toIndex, removed }: Changes): Generator<IndexEvent> {
  // First, as another file may have its name now.
  for (const { path } of removed) yield { type: "file-changed", change: "removed", path, previousPath: null };
  for (const { file, change, before } of toIndex) {
    const previousPath = change === "renamed" ? (before?.path ?? null) : null;
    yield { type: "file-changed", change, path: file.path, previousPath };
  }
}

function sameFailures(a: readonly FileFailure[], b: readonly FileFailure[]): boolean {
  const told = (failures: readonly FileFailure[]) =>
    JSON.stringify(failures.map(({ path, code, message }) => [path, code, message]).sort());
  return told(a) === told(b);
}

function identityOf({ id, dimension, hash, details }: EmbedderIdentity): IndexIdentity {
  return { embedder: { id, dimension, hash, details }, rules: INDEX_RULES };
}

/** The index of documents that are at hand, embedded in one go. */
export async function indexDocuments(documents: readonly IndexedDocument[], embedder: Embedder): Promise<Change> {
  const sorted = documents.toSorted((a, b) => byPath(a.document, b.document));
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
