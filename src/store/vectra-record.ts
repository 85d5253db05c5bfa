import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { IndexItem } from "vectra";
import type { IndexedDocument } from "../types.ts";

/** Bounds the memory that encoding takes. */
const ITEMS_AT_ONCE = 1000;

/**
 * The vectors as vectra itself keeps them: `new LocalIndex(folder, undefined, undefined, new ProtobufCodec())` reads it.
 * An item's id is the passage's, its metadata the document's id and the label. Its own insertItem looks at every item
 * for each one added, so the codec is used directly. Pieces of a protobuf message, put one after the other, are one message.
 */
export async function* writeRecord(
  documents: readonly IndexedDocument[],
  vectors: Float32Array,
  dimension: number,
): AsyncGenerator<Uint8Array> {
  const codec = vectraCodec();
  const encode = (items: IndexItem[]) => codec.serializeIndex({ version: 1, metadata_config: {}, items });
  let items: IndexItem[] = [];
  let place = 0;
  for (const { passages } of documents) {
    for (const { passageId, documentId, label } of passages) {
      const row = vectors.subarray(place * dimension, ++place * dimension);
      const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      items.push({ id: passageId, metadata: { documentId, label }, vector: Array.from(row), norm });
      if (items.length < ITEMS_AT_ONCE) continue;
      yield encode(items);
      items = [];
    }
  }
  yield encode(items);
}

type Vectra = typeof import("vectra");

/** The codec's own file: all of vectra, its tables of another tokenizer among it, takes most of a second to load. */
function vectraCodec(): InstanceType<Vectra["ProtobufCodec"]> {
  const load = createRequire(import.meta.url);
  const entry = load.resolve("vectra");
  const file = join(dirname(entry), "codecs", "ProtobufCodec.js");
  const { ProtobufCodec }: Pick<Vectra, "ProtobufCodec"> = load(existsSync(file) ? file : entry);
  return new ProtobufCodec();
}

/** Where an item of a record stands, and where in it the numbers of its vector. */
export interface RecordItem {
  readonly start: number;
  readonly end: number;
  readonly vectorAt: number;
}

/** Field 3 of IndexData, and of IndexItem, as vectra's index.proto has them. */
const ITEMS = 3;
const VECTOR = 3;
const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5];

/** The items of a record, in order, without decoding their numbers. Throws where it is no record of such vectors. */
export function itemsOf(record: Buffer, dimension: number): RecordItem[] {
  const items: RecordItem[] = [];
  for (const { number, start, from, to } of fieldsOf(record, 0, record.length)) {
    if (number !== ITEMS) continue;
    let vectorAt = -1;
    for (const part of fieldsOf(record, from, to)) {
      if (part.number === VECTOR && part.to - part.from === 4 * dimension) vectorAt = part.from;
    }
    if (vectorAt < 0) throw new Error(`item ${items.length} has no vector of ${dimension} numbers`);
    items.push({ start, end: to, vectorAt });
  }
  return items;
}

/** The fields of a protobuf message: each one's start, and where its content stands. */
function* fieldsOf(bytes: Buffer, start: number, end: number) {
  for (let at = start; at < end; ) {
    const begin = at;
    const [tag, afterTag] = varint(bytes, at);
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    let from = afterTag;
    let to = afterTag;
    if (type === VARINT) to = varint(bytes, from)[1];
    else if (type === FIXED64) to = from + 8;
    else if (type === FIXED32) to = from + 4;
    else if (type === DELIMITED) {
      const [length, afterLength] = varint(bytes, from);
      from = afterLength;
      to = from + length;
    } else throw new Error(`byte ${begin} begins no field`);
    if (to > end) throw new Error(`the field at byte ${begin} is cut off`);
    yield { number, start: begin, from, to };
    at = to;
  }
}

/** The number at a place, and the place after it. */
function varint(bytes: Buffer, start: number): [number, number] {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at + 1];
  }
  throw new Error(`the number at byte ${start} is cut off`);
}

/** The numbers of an item's vector; lowest byte first, on every machine. */
export function readVector(record: Buffer, at: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = record.readFloatLE(at + 4 * i);
}
