import type { IndexEvent } from "./index-corpus.ts";
import type {
  Answer,
  AskRequest,
  DocumentSummary,
  DocumentView,
  FileFailure,
  SearchHit,
  SearchRequest,
} from "./types.ts";

/** What an index holds and whether it still fits the corpus folder and the model. */
export interface Status {
  readonly corpus: string;
  readonly index: string;
  /** null while no index exists. */
  readonly generation: string | null;
  readonly createdAt: string | null;
  readonly documents: number;
  readonly passages: number;
  /** The embedder of the index. */
  readonly embedder: string | null;
  readonly failures: readonly FileFailure[];
  /** What `pilcrow index` would do now; null where the corpus cannot be read or there is no index. */
  readonly pending: { readonly added: number; readonly changed: number; readonly removed: number } | null;
}

/** Pilcrow with its parts chosen. Everything that the server and the command line can do. */
export interface Pilcrow {
  /** Brings the index up to date with the corpus folder, telling what it does. Throws CorpusError, IndexError, ModelError. */
  index(options?: { readonly rebuild?: boolean; readonly signal?: AbortSignal }): AsyncGenerator<IndexEvent>;
  /** Throws RequestError, and IndexError `index-missing` while there is none. */
  ask(request: AskRequest): Promise<Answer>;
  /** Best first. Throws like `ask`. */
  search(request: SearchRequest): Promise<SearchHit[]>;
  documents(): Promise<DocumentSummary[]>;
  /** Throws NotFoundError. */
  document(documentId: string): Promise<DocumentView>;
  /** The file's bytes as they are now. Throws NotFoundError. */
  raw(
    documentId: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly encoding: string }>;
  /** With `pending: false` the corpus folder is not looked at, which is quick; `pending` is then null. */
  status(options?: { readonly pending?: boolean }): Promise<Status>;
  /** Loads the model and the index now, so that the first question does not wait for them. */
  warm(): Promise<void>;
}
