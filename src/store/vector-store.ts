import type { EmbedderIdentity } from "../embedding/embedder.ts";
import type { FileFailure, IndexedDocument } from "../types.ts";

/** Everything an index holds. Passages are numbered through, document by document: their ordinals. */
export interface IndexContent {
  readonly embedder: EmbedderIdentity;
  /** Names the rules by which passages, headers and terms were made; other rules need a rebuild. */
  readonly rules: string;
  readonly documents: readonly IndexedDocument[];
  /** Row-major, one unit vector a passage, in order of their ordinals: passages × dimension. */
  readonly vectors: Float32Array;
  /** The lexical index, as the retriever serialised it. */
  readonly postings: Uint8Array;
  readonly failures: readonly FileFailure[];
}

export interface VectorHit {
  /** The passage's ordinal. */
  readonly ordinal: number;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/** A complete index as it was when opened; a later commit does not change it. */
export interface Snapshot extends IndexContent {
  /** Changes with every commit. */
  readonly generation: string;
  /** ISO 8601 time of the commit. */
  readonly createdAt: string;
  /** The nearest passages by cosine, best first, ties by ordinal; only those that `allows` where given. */
  search(query: Float32Array, limit: number, allows?: (ordinal: number) => boolean): VectorHit[];
  /** The cosine of each of these passages, in the order given. */
  similarities(query: Float32Array, ordinals: readonly number[]): number[];
}

/** Where an index is kept. */
export interface VectorStore {
  readonly name: string;
  /** Names the newest complete index, cheaply; null where there is none. Throws IndexError. */
  generation(): Promise<string | null>;
  /** Opens the newest complete index; null where there is none. Throws IndexError when it is damaged. */
  open(): Promise<Snapshot | null>;
  /**
   * Runs `write` as the only writer. Throws IndexError `index-locked` while another lives, naming it.
   * `commit` replaces the whole index in one step: a reader sees the old or the new one, never a half.
   */
  exclusively<T>(write: (commit: (content: IndexContent) => Promise<void>) => Promise<T>): Promise<T>;
}

/** The only writer of an index, until it is released. */
export interface Writer {
  commit(content: IndexContent): Promise<void>;
  release(): Promise<void>;
}

/** Takes the writer's place for as long as it is held, where a callback would not do: in a generator. */
export async function writerOf(store: VectorStore): Promise<Writer> {
  return new Promise<Writer>((resolve, reject) => {
    const ended = store.exclusively(
      (commit) =>
        new Promise<void>((release) => {
          resolve({
            commit,
            async release() {
              release();
              await ended;
            },
          });
        }),
    );
    ended.catch(reject);
  });
}
