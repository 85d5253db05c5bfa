import type { EmbedderIdentity } from "../embedding/embedder.ts";
import type { FileFailure, IndexedDocument } from "../types.ts";

/** What everything in an index was made with. */
export interface IndexIdentity {
  readonly embedder: EmbedderIdentity;
  /** Names the rules by which passages, headers and terms were made; other rules need a rebuild. */
  readonly rules: string;
  /** The real path of the documents' folder; absent where that was not noted, or there is none. */
  readonly corpus?: string | undefined;
}

/** What decides whether a file has to be read, and whether to be indexed, again. */
export interface FileState {
  /** SHA-256 of its bytes, in hex. */
  readonly hash: string;
  /** What documents.json says of it, as JSON; empty where it says nothing. */
  readonly listed: string;
  /** Inode, size and times: while they are the same, so are the bytes. Empty where that cannot be relied on. */
  readonly stamp: string;
}

/** Says that a file with this stamp has the bytes of this hash. */
export interface FileStamp extends Pick<FileState, "hash" | "stamp"> {
  readonly path: string;
}

/** A document on its way into the index, and how its file was. */
export interface NewDocument extends IndexedDocument {
  readonly state: FileState;
}

/** Documents with their vectors and their lexical index. The ordinals in it count the passages, document by document. */
export interface SegmentContent {
  /** By path. */
  readonly documents: readonly NewDocument[];
  /** Row-major, one unit vector a passage: passages × dimension. */
  readonly vectors: Float32Array;
  /** As the LexicalCodec makes it. */
  readonly postings: Uint8Array;
}

/** A failure, with the state of its file where that could be read: it is tried again when that changes. */
export interface KnownFailure extends FileFailure {
  readonly state: FileState | null;
}

/** One step of an index, taken whole or not at all. */
export interface Change extends IndexIdentity {
  /** New documents, and new versions of those that the index holds. */
  readonly added: SegmentContent | null;
  /** Ids of documents that go. */
  readonly removed: readonly string[];
  /** Of all files that were read and could not be indexed; what a look at the folder tells anew is not kept. */
  readonly failures: readonly KnownFailure[];
  /** Everything that was there before goes. Needed where the identity is another. */
  readonly replace: boolean;
}

/** What the index holds, without the texts and vectors. */
export interface Catalogue extends IndexIdentity {
  readonly generation: string;
  readonly createdAt: string;
  /** By path. */
  readonly documents: readonly CatalogueEntry[];
  readonly failures: readonly KnownFailure[];
  /** Files whose segments are left out as they are damaged beyond repair: their documents have to be indexed again. */
  readonly damaged: readonly string[];
}

export interface CatalogueEntry extends FileState {
  readonly documentId: string;
  readonly path: string;
  /** How many. */
  readonly passages: number;
}

/** Stands in `ordinals` for a passage that was deleted. */
export const DELETED = 0xffff_ffff;

/** An immutable part of a snapshot. Its own passages are numbered from 0: their places. */
export interface SnapshotSegment {
  readonly postings: Uint8Array;
  /** The ordinal in the snapshot of the passage at each place, ascending but for those that are DELETED. */
  readonly ordinals: Uint32Array;
}

/** Where the passages of a snapshot stand, by ordinal. */
export interface PassagePlaces {
  /** Position in `segments`. */
  readonly partOf: Uint16Array;
  readonly placeOf: Uint32Array;
}

export interface VectorHit {
  /** The passage's ordinal. */
  readonly ordinal: number;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/** A complete index as it was when opened; a later commit does not change it. */
export interface Snapshot extends IndexIdentity {
  /** Changes with every commit. */
  readonly generation: string;
  /** ISO 8601 time of the commit. */
  readonly createdAt: string;
  /** By path, so that the ordinals are those of an index made in one go. */
  readonly documents: readonly IndexedDocument[];
  readonly failures: readonly FileFailure[];
  readonly segments: readonly SnapshotSegment[];
  readonly places: PassagePlaces;
  /** The nearest passages by cosine, best first, ties by ordinal; exact. Only those that `allows` where given. */
  search(query: Float32Array, limit: number, allows?: (ordinal: number) => boolean): VectorHit[];
  /** The cosine of each of these passages, in the order given. */
  similarities(query: Float32Array, ordinals: readonly number[]): number[];
  /** The vectors of these passages, row-major, in the order given. */
  vectorsOf(ordinals: readonly number[]): Float32Array;
}

/** Makes and joins lexical indexes, which a store keeps without reading them. The same passages give the same bytes. */
export interface LexicalCodec {
  build(documents: readonly IndexedDocument[]): Uint8Array;
  /** `places` is where each passage of a part goes, ascending, or DELETED; together they are 0 .. `passages` - 1. */
  merge(
    parts: readonly { readonly postings: Uint8Array; readonly places: Uint32Array }[],
    passages: number,
  ): Uint8Array;
}

/** The only writer of an index, for as long as it holds the lock. */
export interface Writing {
  /**
   * What the index holds after its files were checked: what is damaged is made again where the rest of its segment tells
   * how, else the segment is left out. null where there is no index to build upon.
   */
  catalogue(): Promise<Catalogue | null>;
  /** These documents with their vectors, those that are there. */
  read(documentIds: readonly string[]): Promise<{ readonly entry: IndexedDocument; readonly vectors: Float32Array }[]>;
  /** A reader sees the index as it was or as it is after the change, never a half. */
  commit(change: Change): Promise<void>;
  /**
   * Notes the stamps of files that were found to be as they were indexed, which the catalogue has from then on. It is no
   * change of the index; where it fails, or what it wrote is lost, those files are read once more to be compared.
   */
  keepStamps(stamps: readonly FileStamp[]): Promise<void>;
}

/** The index that is being made to take the place of the current one. It is read by nobody, and outlives its writer. */
export interface Replacement extends Writing {
  /** Makes it the current index, in one step. */
  finish(): Promise<void>;
  /** Removes what there is of it. */
  discard(): Promise<void>;
}

/** Writes the current index, or the one that is to take its place. */
export interface IndexWriting extends Writing {
  readonly replacement: Replacement;
}

/** A process that writes an index. */
export interface IndexWriter {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Where an index is kept. */
export interface VectorStore {
  readonly name: string;
  /** Names the newest complete index, cheaply; null where there is none. Throws IndexError. */
  generation(): Promise<string | null>;
  /** Opens the newest complete index; null where there is none. Throws IndexError when it is damaged. */
  open(): Promise<Snapshot | null>;
  /** What the newest complete index holds, its files checked; null where there is none. Throws IndexError. */
  catalogue(): Promise<Catalogue | null>;
  /** What is done of the index that will take its place; null where none is being made. Throws IndexError. */
  replacement(): Promise<Catalogue | null>;
  /** Who writes it now, as far as can be told at once; null where nobody does. */
  writer(): Promise<IndexWriter | null>;
  /** Runs `write` as the only writer. Throws IndexError `index-locked` while another lives, naming it. */
  exclusively<T>(write: (writing: IndexWriting) => Promise<T>): Promise<T>;
}

export interface Writer extends IndexWriting {
  release(): Promise<void>;
}

/** Takes the writer's place for as long as it is held, where a callback would not do: in a generator. */
export async function writerOf(store: VectorStore): Promise<Writer> {
  return new Promise<Writer>((resolve, reject) => {
    const ended = store.exclusively(
      (writing) =>
        new Promise<void>((release) => {
          resolve({
            ...writing,
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
