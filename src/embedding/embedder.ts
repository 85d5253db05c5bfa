/** What makes an embedder the same one: an index made with another is refused. */
export interface EmbedderIdentity {
  /** For people: the model's folder name. */
  readonly id: string;
  /** Length of each vector. */
  readonly dimension: number;
  /** SHA-256, in hex, of all that decides the vectors (weights, tokenizer, configuration, pooling, prefixes). */
  readonly hash: string;
  /** What the hash is made of, by name, to say in what two models differ: `pooling` is `mean`. */
  readonly details?: Readonly<Record<string, string>> | undefined;
}

/** Texts to vectors. Questions and passages may be embedded differently, so the kind is said. */
export interface Embedder extends EmbedderIdentity {
  /** How many texts are best given at once. */
  readonly batchSize: number;
  /** One vector of unit length and `dimension` numbers for each text, in order. Throws ModelError. */
  embed(texts: readonly string[], kind: "query" | "passage"): Promise<Float32Array[]>;
  /**
   * Only of a model whose vector of a text is the sum of its tokens' own: what each word adds to it, in order, to be read,
   * not changed. Its length is the word's weight, that of an everyday word being about 1; a word without tokens adds
   * nothing. Within .001 of a cosine. Throws ModelError.
   */
  words?(words: readonly string[]): Promise<Float32Array[]>;
  /**
   * Only of such a model, too: of each text, given as its words, the largest cosine of the question (of unit length) to
   * 2 × `step` of its words in a row, looked at every `step` words; -1 where no word adds anything. 25 paragraphs take half
   * a millisecond. Throws ModelError.
   */
  bestWindows?(question: Float32Array, texts: readonly (readonly string[])[], step: number): Promise<number[]>;
}

/** How far the download of one of a model's files is. */
export interface ModelDownload {
  readonly type: "download";
  /** The model's id. */
  readonly model: string;
  /** `onnx/model_quantized.onnx` */
  readonly file: string;
  /** Bytes that are here. */
  readonly bytes: number;
  /** null where the hub does not say. */
  readonly bytesTotal: number | null;
}

/** A model that is known by its files, and loaded when it is first needed. */
export interface ModelSource {
  /**
   * Downloads what is missing, telling how it goes; a model that needs no download has no `prepare`. The others wait
   * for it by themselves. Throws ModelError.
   */
  prepare?(signal?: AbortSignal): AsyncGenerator<ModelDownload>;
  /** Whether `load` needs no download. Where there is no `prepare`, it never does. */
  isHere?(): Promise<boolean>;
  /** Read from the files or the settings alone. Throws ModelError. */
  identity(): Promise<Pick<EmbedderIdentity, "id" | "hash" | "details">>;
  /** Loaded once; a failure is tried again by the next call. Throws ModelError. */
  load(): Promise<Embedder>;
}
