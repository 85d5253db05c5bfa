import { setImmediate } from "node:timers/promises";
import { indexedText } from "./documents/indexed-text.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { IndexedDocument } from "./types.ts";

/** Vectors by the indexed text that each was made of. */
export type KnownVectors = ReadonlyMap<string, Float32Array>;

/** The vectors of documents that are indexed, one row a passage, by the texts they were made of. */
export function vectorsByText(
  stored: readonly { readonly entry: IndexedDocument; readonly vectors: Float32Array }[],
): KnownVectors {
  const known = new Map<string, Float32Array>();
  for (const { entry, vectors } of stored) {
    const dimension = vectors.length / entry.passages.length;
    entry.passages.forEach((passage, row) => {
      known.set(indexedText(entry.document, passage), vectors.subarray(row * dimension, (row + 1) * dimension));
    });
  }
  return known;
}

export interface EmbeddingOptions {
  readonly known?: KnownVectors | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Counts the passages that are done. */
  readonly tally?: { passages: number };
}

/**
 * The vectors of these documents' passages, row-major; only texts that are not known are embedded. Throws what the signal
 * is aborted with, between two batches.
 */
export async function embedDocuments(
  documents: readonly IndexedDocument[],
  embedder: Embedder,
  { known = new Map(), signal, tally = { passages: 0 } }: EmbeddingOptions = {},
): Promise<Float32Array> {
  const { dimension, batchSize } = embedder;
  const texts = documents.flatMap(({ document, passages }) =>
    passages.map((passage) => indexedText(document, passage)),
  );
  const vectors = new Float32Array(texts.length * dimension);
  const missing: { readonly row: number; readonly text: string }[] = [];
  for (const [row, text] of texts.entries()) {
    const vector = known.get(text);
    if (vector === undefined) missing.push({ row, text });
    else vectors.set(vector, row * dimension);
  }
  tally.passages += texts.length - missing.length;
  for (let at = 0; at < missing.length; at += batchSize) {
    // Ctrl-C is not heard while one batch follows the other without a turn.
    if (at > 0) await setImmediate();
    signal?.throwIfAborted();
    const batch = missing.slice(at, at + batchSize);
    const embedded = await embedder.embed(
      batch.map(({ text }) => text),
      "passage",
    );
    for (const [i, { row }] of batch.entries()) vectors.set(embedded[i] ?? [], row * dimension);
    tally.passages += batch.length;
  }
  return vectors;
}
