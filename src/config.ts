/** Everything that can be set, parsed once. Paths are absolute. */
export interface Settings {
  /** The folder of documents. Never written to. */
  readonly corpus: string;
  /** Whether `corpus` is the example that ships with Pilcrow, taken because the working folder has none. */
  readonly exampleCorpus: boolean;
  /** The folder of the index. */
  readonly index: string;
  /** The folder of the embedding model. */
  readonly model: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Files larger than this many bytes are reported and not indexed. */
  readonly maxFileBytes: number;
}
