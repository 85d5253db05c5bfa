import { checkQuote, corpusReader, type FileReader } from "./answering/citations.ts";
import { extractiveAnswerer } from "./answering/extractive.ts";
import { generativeWriter } from "./answering/generative.ts";
import { type LanguageModel, languageModel } from "./answering/language-model.ts";
import { checkStatement, SIMILARITY_FLOOR } from "./answering/verification/check-statement.ts";
import type { Writer } from "./answering/writer.ts";
import { type AskParts, ask, askEvents, requireFilters } from "./ask.ts";
import type { Settings } from "./config.ts";
import { currentIndex } from "./current-index.ts";
import { readCorpusFile, requireCorpus } from "./documents/corpus.ts";
import type { Embedder, ModelDownload } from "./embedding/embedder.ts";
import { modelSource } from "./embedding/source.ts";
import { CorpusError, IndexError, NotFoundError } from "./errors.ts";
import { type FailureReport, reportOf } from "./failure-report.ts";
import { type ChangeCounts, INDEX_RULES, type IndexEvent, indexCorpus, pendingChanges } from "./index-corpus.ts";
import type { Corpus } from "./read-corpus.ts";
import { lexicalCodec } from "./retrieval/lexical-codec.ts";
import { hybridRetriever, type RankedPassage } from "./retrieval/retriever.ts";
import type { SearchableIndex } from "./retrieval/searchable.ts";
import { requireSameModel } from "./same-model.ts";
import type { Catalogue, IndexWriter } from "./store/vector-store.ts";
import { vectraStore } from "./store/vectra.ts";
import type {
  Answer,
  AskEvent,
  AskRequest,
  Document,
  DocumentSummary,
  DocumentView,
  Mode,
  SearchHit,
  SearchRequest,
} from "./types.ts";

/**
 * What an index holds and whether it still fits the corpus folder and the model. Where the folder is not looked at, only
 * failures of files that were read are known.
 */
export interface Status extends FailureReport {
  readonly corpus: string;
  readonly index: string;
  /** null while no index exists. */
  readonly generation: string | null;
  readonly createdAt: string | null;
  readonly documents: number;
  readonly passages: number;
  /** The embedder of the index. */
  readonly embedder: string | null;
  /** What `pilcrow index` would do now; null where the corpus cannot be read or there is no index. */
  readonly pending: ChangeCounts | null;
  /** Why the corpus cannot be read; null where it can, or was not looked at. */
  readonly pendingProblem: Pick<CorpusError, "code" | "message" | "advice"> | null;
  /** The process that writes the index now; null where none does, or it was not asked for. */
  readonly writer: IndexWriter | null;
  /**
   * What is done of an index that will take the place of this one when it is complete; null where none is being made, and
   * where the folder is not looked at.
   */
  readonly rebuilding: { readonly embedder: string; readonly documents: number; readonly passages: number } | null;
}

/** Pilcrow with its parts chosen. Everything that the server and the command line can do. */
export interface Pilcrow {
  /** What may be asked for here: "generative" where a language model is set. */
  readonly modes: readonly Mode[];
  /**
   * Downloads the model where it is one of the hub and not here yet, telling how it goes. The others wait for it by
   * themselves, in silence. Throws ModelError.
   */
  prepare(options?: { readonly signal?: AbortSignal }): AsyncGenerator<ModelDownload>;
  /** Brings the index up to date with the corpus folder, telling what it does. Throws CorpusError, IndexError, ModelError. */
  index(options?: { readonly rebuild?: boolean; readonly signal?: AbortSignal }): AsyncGenerator<IndexEvent>;
  /** Throws RequestError, IndexError `index-missing` while there is none, and CorpusError while no folder is there. */
  ask(request: AskRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<Answer>;
  /** The same answer as it comes about; the last event is its end. Throws like `ask`, before the first event. */
  askEvents(
    request: AskRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<AskEvent, void>;
  /** Best first. Throws like `ask`. */
  search(request: SearchRequest): Promise<SearchHit[]>;
  documents(): Promise<DocumentSummary[]>;
  /** Throws NotFoundError. */
  document(documentId: string): Promise<DocumentView>;
  /** The file's bytes as they are now. Throws NotFoundError. */
  raw(
    documentId: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly encoding: string }>;
  /**
   * With `pending: false` the corpus folder is not looked at, which is quick; `pending` is then null. Throws IndexError where
   * the index is damaged: every file of it is checked.
   */
  status(options?: { readonly pending?: boolean }): Promise<Status>;
  /** Goes over to a newer index, where there is one; questions are answered from the old one meanwhile. Throws IndexError. */
  refresh(): Promise<void>;
  /** Loads the model and the index now, so that the first question does not wait for them. */
  warm(): Promise<void>;
}

const SEARCH_LIMIT = 10;
/** No cosine is below it. */
const NO_FLOOR = -2;

/** The parts as the settings choose them. Nothing is read before it is needed. `toIndex` is how its user makes an index. */
export function createPilcrow(settings: Settings, toIndex = "Run `pilcrow index`"): Pilcrow {
  const corpus: Corpus = { folder: settings.corpus, ignore: [settings.index], maxFileBytes: settings.maxFileBytes };
  const store = vectraStore(settings.index, lexicalCodec);
  const model = modelSource(settings.model);
  const index = currentIndex(store);

  async function current(): Promise<SearchableIndex> {
    const current = await index.get();
    if (current === null) {
      throw new IndexError("index-missing", "there is no index yet", `${toIndex} to make one.`);
    }
    if (current.snapshot.rules !== INDEX_RULES) {
      throw new IndexError(
        "index-outdated",
        "the index was made by another version of Pilcrow",
        `${toIndex} to make it anew.`,
      );
    }
    return current;
  }

  async function withModel() {
    const [index, embedder] = await Promise.all([current(), model.load()]);
    requireSameModel(index.snapshot, embedder);
    return { index, embedder, retriever: hybridRetriever(index, embedder) };
  }

  let llm: LanguageModel | undefined;
  function writerWith(embedder: Embedder): Writer | null {
    if (settings.llm === null) return null;
    llm ??= languageModel(settings.llm);
    // Measured for models whose words have vectors, as the bundled one; of others nobody knows where their cosines lie.
    const floor = embedder.words !== undefined ? SIMILARITY_FLOOR : NO_FLOOR;
    return generativeWriter(llm, (text, cited) => checkStatement(text, cited, embedder, floor));
  }

  async function askParts({ mode }: AskRequest): Promise<AskParts> {
    await requireCorpus(corpus.folder);
    const { index, embedder, retriever } = await withModel();
    // What is wrong with the language model's settings is no matter of an extractive answer.
    const writer = mode === "generative" ? writerWith(embedder) : null;
    return { index, retriever, answerer: extractiveAnswerer(embedder), corpus, writer };
  }

  async function documentOf(documentId: string) {
    const index = await current();
    const entry = index.documents[index.byDocumentId.get(documentId) ?? -1];
    if (entry === undefined) throw new NotFoundError("that document", "GET /documents lists them.");
    return entry;
  }

  return {
    modes: settings.llm === null ? ["extractive"] : ["extractive", "generative"],
    async *prepare({ signal } = {}) {
      if (model.prepare) yield* model.prepare(signal);
    },
    async *index(options) {
      try {
        yield* indexCorpus(corpus, { model, store }, options);
      } finally {
        // Whoever asks next means the index that was just made.
        if (index.isOpen) await index.refresh().catch(() => undefined);
      }
    },
    async ask(request, { signal } = {}) {
      return ask(request, await askParts(request), signal);
    },
    async *askEvents(request, { signal } = {}) {
      yield* askEvents(request, await askParts(request), signal);
    },
    async search({ question, limit = SEARCH_LIMIT, ...filters }) {
      await requireCorpus(corpus.folder);
      const { index, retriever } = await withModel();
      requireFilters(filters, index);
      const read = corpusReader(corpus);
      const found = await retriever.retrieve(question, limit, filters);
      return Promise.all(found.map((one) => searchHit(one, read)));
    },
    async documents() {
      return (await current()).documents.map(({ document, passages }) => ({
        ...summaryOf(document),
        passages: passages.length,
      }));
    },
    async document(documentId) {
      const { document, passages } = await documentOf(documentId);
      return {
        ...summaryOf(document),
        text: document.text,
        passages: passages.map(({ passageId, label, start, end, text, page }) => ({
          passageId,
          label,
          start,
          end,
          text,
          ...(page !== undefined && { page }),
        })),
      };
    },
    async raw(documentId) {
      const { document } = await documentOf(documentId);
      const bytes = await readCorpusFile(settings.corpus, document.path, settings.maxFileBytes);
      return { bytes, mediaType: document.mediaType, encoding: document.encoding };
    },
    async status({ pending = true } = {}) {
      // To open it is to check it, and it stays open.
      const held = index.isOpen || !pending ? await index.get() : null;
      const catalogue = held && !pending ? null : await store.catalogue();
      const of = catalogue ?? held?.snapshot ?? null;
      const now = catalogue && pending ? await untilNow(catalogue) : null;
      const failures = now?.failures ?? of?.failures ?? [];
      return {
        corpus: settings.corpus,
        index: settings.index,
        generation: of && (catalogue?.generation ?? held?.snapshot.generation ?? null),
        createdAt: of && (catalogue?.createdAt ?? held?.snapshot.createdAt ?? null),
        documents: of?.documents.length ?? 0,
        passages: held?.passages.length ?? (catalogue ? passagesOf(catalogue) : 0),
        embedder: of?.embedder.id ?? null,
        ...reportOf(failures.map(({ path, code, message }) => ({ path, code, message }))),
        pending: now?.counts ?? null,
        pendingProblem: now?.problem ?? null,
        writer: pending ? await store.writer() : null,
        rebuilding: pending ? rebuildingOf(await store.replacement()) : null,
      };

      async function untilNow(catalogue: Catalogue) {
        try {
          return { ...(await pendingChanges(corpus, catalogue)), problem: null };
        } catch (error) {
          if (!(error instanceof CorpusError)) throw error;
          const { code, message, advice } = error;
          return { counts: null, failures: null, problem: { code, message, advice } };
        }
      }
    },
    async refresh() {
      if (index.isOpen) await index.refresh();
    },
    async warm() {
      const { retriever } = await withModel();
      await retriever.retrieve("warm", 1);
    },
  };
}

function passagesOf({ documents }: Catalogue): number {
  return documents.reduce((sum, { passages }) => sum + passages, 0);
}

function rebuildingOf(replacement: Catalogue | null): Status["rebuilding"] {
  if (replacement === null) return null;
  const { embedder, documents } = replacement;
  return { embedder: embedder.id, documents: documents.length, passages: passagesOf(replacement) };
}

function summaryOf({
  documentId,
  title,
  date,
  source,
  path,
  mediaType,
  hash,
}: Document): Omit<DocumentSummary, "passages"> {
  return { documentId, title, date, source, path, mediaType, hash };
}

/** What is no longer in the file is not shown as if it were: its text is empty. */
async function searchHit(
  { passage, document, score, dense, lexical, wording }: RankedPassage,
  read: FileReader,
): Promise<SearchHit> {
  const { passageId, documentId, label, start, end, text: indexed } = passage;
  const { check } = await checkQuote(document, { start, end, text: indexed }, read);
  const text = check === "not-found" ? "" : indexed;
  const { title, date, path } = document;
  return { passageId, documentId, title, date, path, label, start, end, text, check, score, dense, lexical, wording };
}
