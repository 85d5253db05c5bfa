import { type CorpusFile, readCorpusFile, scanCorpus } from "./documents/corpus.ts";
import { absentFiles, readMetadata } from "./documents/corpus-metadata.ts";
import { passageHeader } from "./documents/header.ts";
import { parseDocument } from "./documents/parse.ts";
import { PARSING_RULES_VERSION } from "./documents/rules.ts";
import type { Embedder, EmbedderIdentity, ModelDownload, ModelSource } from "./embedding/embedder.ts";
import { CorpusError, DocumentError, IndexError } from "./errors.ts";
import { buildLexicalIndex } from "./retrieval/bm25.ts";
import { serializeLexicalIndex } from "./retrieval/postings.ts";
import { TOKENIZER } from "./retrieval/tokenize.ts";
import { type IndexContent, type Snapshot, type VectorStore, writerOf } from "./store/vector-store.ts";
import type { Document, FileFailure, IndexedDocument, Passage } from "./types.ts";

/** Names the rules by which files become passages and terms; an index made by others is made anew. */
export const INDEX_RULES = `${PARSING_RULES_VERSION} ${TOKENIZER}`;

/** What happens while a folder becomes an index, in order. */
export type IndexEvent =
  | ModelDownload
  | {
      readonly type: "scan-end";
      readonly added: number;
      readonly changed: number;
      readonly removed: number;
      readonly unchanged: number;
    }
  | { readonly type: "file-failed"; readonly failure: FileFailure }
  | {
      readonly type: "progress";
      readonly documents: number;
      readonly documentsTotal: number;
      readonly passages: number;
      readonly passagesTotal: number;
      /** Since the first passage was embedded. */
      readonly elapsedMs: number;
    }
  | {
      readonly type: "index-end";
      /** Whether anything was written. */
      readonly written: boolean;
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
  /** Stops between two batches; the index stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What is embedded and indexed: the header, then the passage with its wrapped lines joined. Never quoted. */
function indexedText(document: Document, passage: Passage): string {
  const joined = passage.text.replace(/(\p{L})-\s*\n\s*(?=\p{L})/gu, "$1-").replace(/\s+/g, " ");
  return `${passageHeader(document, passage)}\n${joined}`;
}

/** The documents of the folder as they are now. Throws CorpusError. */
export async function readCorpus(corpus: Corpus): Promise<{ documents: IndexedDocument[]; failures: FileFailure[] }> {
  const metadata = await readMetadata(corpus.folder);
  const { files, failures } = await scanCorpus(corpus.folder, corpus);
  const documents: IndexedDocument[] = [];
  const failed: FileFailure[] = [...failures, ...absentFiles(metadata, [...files, ...failures])];
  for (const file of files) {
    try {
      documents.push(await readDocument(corpus, file, metadata.get(file.path)));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      failed.push({ path: file.path, code: error.code, message: error.message });
    }
  }
  return { documents, failures: failed.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function readDocument(
  corpus: Corpus,
  file: CorpusFile,
  metadata: Parameters<typeof parseDocument>[0]["metadata"],
) {
  const bytes = await readCorpusFile(corpus.folder, file.path, corpus.maxFileBytes);
  return parseDocument({ path: file.path, bytes, ...(metadata && { metadata }) });
}

/** What the index would gain and lose. */
export function compare(documents: readonly IndexedDocument[], before: Snapshot | null) {
  const known = new Map(before?.documents.map((entry) => [entry.document.documentId, JSON.stringify(entry)]));
  let added = 0;
  let changed = 0;
  for (const entry of documents) {
    const old = known.get(entry.document.documentId);
    known.delete(entry.document.documentId);
    if (old === undefined) added++;
    else if (old !== JSON.stringify(entry)) changed++;
  }
  return { added, changed, removed: known.size, unchanged: documents.length - added - changed };
}

/** The dimension is not known of every model before it is loaded. */
type ModelIdentity = Pick<EmbedderIdentity, "id" | "hash" | "details"> & Partial<Pick<EmbedderIdentity, "dimension">>;

/**
 * The index that is there, if it can be built upon: null where there is none, and where it was made by other rules or is
 * damaged, since the documents are there to make it anew. Throws IndexError when another model made it.
 */
async function previous(store: VectorStore, model: ModelIdentity): Promise<Snapshot | null> {
  let snapshot: Snapshot | null;
  try {
    snapshot = await store.open();
  } catch (error) {
    if (error instanceof IndexError && error.code === "index-damaged") return null;
    throw error;
  }
  if (snapshot === null) return null;
  requireSameModel(snapshot, model);
  return snapshot.rules === INDEX_RULES ? snapshot : null;
}

/** Throws IndexError `index-mismatch`, naming both and what differs, when the index was made with another model. */
export function requireSameModel({ embedder }: Snapshot, model: ModelIdentity): void {
  const isSameLength = model.dimension === undefined || model.dimension === embedder.dimension;
  if (embedder.hash === model.hash && isSameLength) return;
  const name = ({ id, hash }: ModelIdentity) => `${id} (${hash.slice(0, 8)})`;
  const differs = differencesOf(embedder, model);
  throw new IndexError(
    "index-mismatch",
    `the index was made with the model ${name(embedder)}, but the model in use is ${name(model)}${differs}`,
    "Run `pilcrow index --rebuild` to make it anew with this model, or set PILCROW_MODEL to the other.",
  );
}

/** ": pooling cls there, mean here"; empty where nobody wrote down what the index was made with. */
function differencesOf(index: EmbedderIdentity, model: ModelIdentity): string {
  const [before, now] = [index.details ?? {}, model.details ?? {}];
  // The names say it where neither the model nor its files are the same.
  if (index.id !== model.id && before.files !== now.files) return "";
  const names = Object.keys(now).filter((name) => name in before && before[name] !== now[name]);
  const said = names.map((name) =>
    name === "files" ? "other files" : `${name} ${before[name]} there, ${now[name]} here`,
  );
  if (model.dimension !== undefined && model.dimension !== index.dimension)
    said.push(`dimension ${index.dimension} there, ${model.dimension} here`);
  return said.length === 0 ? "" : `: ${said.join("; ")}`;
}

/** Makes the index of a folder, or brings it up to date; only passages that are new to it are embedded. */
export async function* indexCorpus(
  corpus: Corpus,
  { model, store }: { readonly model: ModelSource; readonly store: VectorStore },
  { rebuild = false, signal }: IndexOptions = {},
): AsyncGenerator<IndexEvent> {
  const started = performance.now();
  const writer = await writerOf(store);
  try {
    if (model.prepare) yield* model.prepare(signal);
    const before = rebuild ? null : await previous(store, await model.identity());
    const { documents, failures } = await readCorpus(corpus);
    for (const failure of failures) yield { type: "file-failed", failure };
    if (documents.length === 0) throw nothingToIndex(corpus.folder, failures);
    const changes = compare(documents, before);
    if (changes.removed > 0 && changes.removed === before?.documents.length)
      throw otherDocuments(corpus.folder, changes.removed);
    yield { type: "scan-end", ...changes };

    const texts = textsOf(documents);
    const documentOf = documents.flatMap(({ document, passages }) => passages.map(() => document));
    const summary = { documents: documents.length, passages: texts.length, failures };
    const same = changes.unchanged === documents.length && changes.removed === 0;
    if (before !== null && same && JSON.stringify(failures) === JSON.stringify(before.failures)) {
      yield { type: "index-end", written: false, ...summary, elapsedMs: performance.now() - started };
      return;
    }

    const embedder = await model.load();
    if (before !== null) requireSameModel(before, embedder);
    const embedding = performance.now();
    const steps = embedTexts(texts, embedder, vectorsByText(before));
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) {
      signal?.throwIfAborted();
      const { finished } = step.value;
      const current = documentOf[finished];
      yield {
        type: "progress",
        documents: current === undefined ? documents.length : documents.findIndex((e) => e.document === current),
        documentsTotal: documents.length,
        passages: finished,
        passagesTotal: texts.length,
        elapsedMs: performance.now() - embedding,
      };
    }
    signal?.throwIfAborted();
    await writer.commit(contentOf(documents, texts, step.value, embedder, failures));
    yield { type: "index-end", written: true, ...summary, elapsedMs: performance.now() - started };
  } finally {
    await writer.release();
  }
}

/** The index of documents that are at hand, embedded in one go. */
export async function indexDocuments(documents: readonly IndexedDocument[], embedder: Embedder): Promise<IndexContent> {
  const texts = textsOf(documents);
  const steps = embedTexts(texts, embedder, new Map());
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return contentOf(documents, texts, step.value, embedder, []);
}

function textsOf(documents: readonly IndexedDocument[]): string[] {
  return documents.flatMap(({ document, passages }) => passages.map((passage) => indexedText(document, passage)));
}

function contentOf(
  documents: readonly IndexedDocument[],
  texts: readonly string[],
  vectors: Float32Array,
  { id, dimension, hash, details }: Embedder,
  failures: readonly FileFailure[],
): IndexContent {
  const postings = serializeLexicalIndex(buildLexicalIndex(texts));
  return { embedder: { id, dimension, hash, details }, rules: INDEX_RULES, documents, vectors, postings, failures };
}

/** Row-major vectors of the texts, those that are known taken over; yields after each batch how many are finished. */
async function* embedTexts(
  texts: readonly string[],
  embedder: Embedder,
  known: ReadonlyMap<string, Float32Array>,
): AsyncGenerator<{ readonly finished: number }, Float32Array> {
  const { dimension, batchSize } = embedder;
  const vectors = new Float32Array(texts.length * dimension);
  const missing: number[] = [];
  for (const [ordinal, text] of texts.entries()) {
    const vector = known.get(text);
    if (vector === undefined) missing.push(ordinal);
    else vectors.set(vector, ordinal * dimension);
  }
  for (let done = 0; done < missing.length; ) {
    const batch = missing.slice(done, done + batchSize);
    const embedded = await embedder.embed(
      batch.map((ordinal) => texts[ordinal] ?? ""),
      "passage",
    );
    for (const [i, ordinal] of batch.entries()) vectors.set(embedded[i] ?? [], ordinal * dimension);
    done += batch.length;
    // Passages before the next missing one are finished, embedded now or known before.
    yield { finished: missing[done] ?? texts.length };
  }
  return vectors;
}

/** Each vector of the snapshot under the text that it was made of, so that a renamed or moved passage keeps it. */
function vectorsByText(snapshot: Snapshot | null): Map<string, Float32Array> {
  const known = new Map<string, Float32Array>();
  if (snapshot === null) return known;
  const { dimension } = snapshot.embedder;
  let ordinal = 0;
  for (const { document, passages } of snapshot.documents) {
    for (const passage of passages) {
      known.set(indexedText(document, passage), snapshot.vectors.subarray(ordinal * dimension, ++ordinal * dimension));
    }
  }
  return known;
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
