import type { IndexItem } from "vectra";
import type { IndexContent } from "./vector-store.ts";

/** Bounds the memory that encoding takes. */
const ITEMS_AT_ONCE = 2000;

/**
 * The vectors as vectra itself keeps them: `new LocalIndex(folder, undefined, undefined, new ProtobufCodec())` reads it.
 * An item's id is the passage's, its metadata the document's id and the label. Its own insertItem looks at every item
 * for each one added, so the codec is used directly. Pieces of a protobuf message, put one after the other, are one message.
 */
export async function* writeRecord({ documents, vectors, embedder }: IndexContent): AsyncGenerator<Uint8Array> {
  const { ProtobufCodec } = await import("vectra");
  const codec = new ProtobufCodec();
  const encode = (items: IndexItem[]) => codec.serializeIndex({ version: 1, metadata_config: {}, items });
  let items: IndexItem[] = [];
  let ordinal = 0;
  for (const { passages } of documents) {
    for (const { passageId, documentId, label } of passages) {
      const row = vectors.subarray(ordinal * embedder.dimension, ++ordinal * embedder.dimension);
      const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      items.push({ id: passageId, metadata: { documentId, label }, vector: Array.from(row), norm });
      if (items.length < ITEMS_AT_ONCE) continue;
      yield encode(items);
      items = [];
    }
  }
  yield encode(items);
}

/** The vectors of a record, row-major, in the order they were written in. */
export async function vectorsOfRecord(bytes: Buffer, dimension: number): Promise<Float32Array> {
  const { ProtobufCodec } = await import("vectra");
  const { items } = new ProtobufCodec().deserializeIndex(bytes);
  const vectors = new Float32Array(items.length * dimension);
  items.forEach(({ vector }, ordinal) => {
    vectors.set(vector, ordinal * dimension);
  });
  return vectors;
}
