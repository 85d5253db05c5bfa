/** What makes an embedder the same one: an index made with another is refused. */
export interface EmbedderIdentity {
  /** For people: the model's folder name. */
  readonly id: string;
  /** Length of each vector. */
  readonly dimension: number;
  /** SHA-256, in hex, of the files that decide the vectors (weights, tokenizer, configuration). */
  readonly hash: string;
}

/** Texts to vectors. Questions and passages may be embedded differently, so the kind is said. */
export interface Embedder extends EmbedderIdentity {
  /** How many texts are best given at once. */
  readonly batchSize: number;
  /** One vector of unit length and `dimension` numbers for each text, in order. Throws ModelError. */
  embed(texts: readonly string[], kind: "query" | "passage"): Promise<Float32Array[]>;
  /**
   * Only of a model whose vector of a text is the weighted sum of its tokens' own: the unit vector of each word by itself
   * (the zero vector of a word without tokens), in order; to be read, not changed. Words come back from memory the second
   * time: 1,500 in under a millisecond, else in some eight. Throws ModelError.
   */
  words?(words: readonly string[]): Promise<Float32Array[]>;
}

/** A model that is known by its files, and loaded when it is first needed. */
export interface ModelSource {
  /** Read from the files alone. Throws ModelError. */
  identity(): Promise<Pick<EmbedderIdentity, "id" | "hash">>;
  /** Loaded once; a failure is tried again by the next call. Throws ModelError. */
  load(): Promise<Embedder>;
}
