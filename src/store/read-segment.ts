import type { IndexedDocument } from "../types.ts";
import {
  decodeDocument,
  placeOfPart,
  readDocumentLines,
  type StoredDocument,
  type TextPlace,
} from "./documents-file.ts";
import { isSealed, isSealedFile } from "./durable.ts";
import type { Manifest, ManifestSegment } from "./manifest.ts";
import { type Packed, packVectors, roomForPacked } from "./quantized.ts";
import { damaged, fill, openForReading, readSealed, requireSealed, unlessDamaged, withFile } from "./sealed-file.ts";
import { putBack, requireLittleEndian, type SegmentFile, segmentPath } from "./segment-files.ts";
import { textCache } from "./text-cache.ts";
import type { LexicalCodec } from "./vector-store.ts";
import { itemsOf, type RecordItem, readVector } from "./vectra-record.ts";

/** A segment opened for searching: postings and packed vectors are in memory; texts and record are held open, and read as needed. */
export interface OpenSegment {
  /** Those deleted since included. */
  readonly documents: readonly IndexedDocument[];
  readonly postings: Uint8Array;
  readonly packed: Packed;
  /** The vector at a place, exact; overwritten by the next call. */
  vector(place: number): Float32Array;
}

/**
 * Opens a segment, every file checked against its seal. What can be made from the rest of the segment (the packed copy,
 * the lexical index) is made again. Throws IndexError, naming the file: `index-damaged`, or `index-unreadable` where the
 * system does not let it be read.
 */
export async function openSegment(
  folder: string,
  segment: ManifestSegment,
  dimension: number,
  lexical: LexicalCodec,
): Promise<OpenSegment> {
  requireLittleEndian();
  const [documents, packed, record] = await Promise.all([
    readDocuments(folder, segment),
    openPacked(folder, segment, dimension),
    openRecord(folder, segment, dimension),
  ]);
  const postings =
    (await unlessDamaged(readSealed(folder, segment, "postings"))) ??
    (await remade(folder, segment, "postings", () => lexical.build(documents)));
  return { documents, postings, packed, vector: (place) => record(packed.offsets[place] ?? 0) };
}

/** Characters of texts that are kept, of all indexes together: some hundred files, those that answers come from. */
const texts = textCache<TextPlace>(8_000_000);

/** The documents of a segment, their texts read when they are asked for. */
async function readDocuments(folder: string, segment: ManifestSegment): Promise<IndexedDocument[]> {
  const [stored, read] = await Promise.all([readStored(folder, segment), openForReading(folder, segment, "texts")]);
  const textAt = ({ textAt, bytes: length, encoding }: TextPlace) => {
    const bytes = Buffer.allocUnsafe(length);
    read(bytes, textAt);
    return bytes.toString(encoding);
  };
  return stored.map((document) => {
    // This alone is kept of the line: the document is made of the rest.
    const place = { textAt: document.textAt, bytes: document.values.bytes, encoding: document.values.encoding };
    const whole = () => texts.get(place, () => textAt(place));
    return decodeDocument(document, (part) => {
      if (part === undefined) return whole();
      const there = placeOfPart(place, part);
      return there ? textAt(there).slice(0, part.end - part.start) : whole().slice(part.start, part.end);
    });
  });
}

/** The documents of a segment without their texts. Throws IndexError. */
export async function readStored(folder: string, segment: ManifestSegment): Promise<StoredDocument[]> {
  const bytes = await readSealed(folder, segment, "documents");
  let stored: StoredDocument[];
  try {
    stored = readDocumentLines(bytes);
  } catch (cause) {
    throw damaged(segment, "documents", "cannot be understood", cause);
  }
  const passages = stored.reduce((sum, { values }) => sum + values.ids.length, 0);
  if (stored.length === segment.documents && passages === segment.passages) return stored;
  throw damaged(segment, "documents", "holds other documents than the manifest says");
}

/** Checks texts and records, which only the documents themselves can make again. Throws IndexError, as opening does. */
export async function requireSound(folder: string, { segments }: Pick<Manifest, "segments">): Promise<void> {
  for (const segment of segments) {
    for (const name of ["texts", "record"] as const)
      await withFile(folder, segment, name, (file) => requireSealed(file, segment, name));
  }
}

async function openPacked(folder: string, segment: ManifestSegment, dimension: number): Promise<Packed> {
  const room = roomForPacked(segment.passages, dimension);
  const reading = withFile(folder, segment, "packed", async (file) => {
    if ((await file.stat()).size !== room.file.length) return false;
    await fill(room.file, file);
    return isSealed(room.file, segment.files.packed);
  });
  const isRead = await unlessDamaged(reading);
  if (!isRead) room.file.set(await remade(folder, segment, "packed", () => repack(folder, segment, dimension)));
  const packed = room.opened();
  if (packed === null) throw damaged(segment, "packed", "does not fit the manifest");
  return packed;
}

/** The packed copy, made again from vectra's record. */
async function repack(folder: string, segment: ManifestSegment, dimension: number): Promise<Uint8Array> {
  const record = await readSealed(folder, segment, "record");
  let items: RecordItem[];
  try {
    items = itemsOf(record, dimension);
  } catch (cause) {
    throw damaged(segment, "record", "cannot be understood", cause);
  }
  const offsets = Uint32Array.from(items, ({ vectorAt }) => vectorAt);
  const vectors = new Float32Array(offsets.length * dimension);
  offsets.forEach((at, row) => {
    readVector(record, at, vectors.subarray(row * dimension, (row + 1) * dimension));
  });
  return packVectors(vectors, dimension, offsets);
}

/** A file as it was, made from others; put back where the folder can be written. Throws where it does not come out the same. */
async function remade(
  folder: string,
  segment: ManifestSegment,
  file: SegmentFile,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = await make();
  if (!isSealed(bytes, segment.files[file])) throw damaged(segment, file, "is damaged and cannot be made again");
  await putBack(segmentPath(folder, segment.id, file), bytes);
  return bytes;
}

/** The vector whose numbers stand at a place of the record; overwritten by the next call. */
async function openRecord(folder: string, segment: ManifestSegment, dimension: number) {
  const read = await openForReading(folder, segment, "record");
  const numbers = new Float32Array(dimension);
  const bytes = new Uint8Array(numbers.buffer);
  return (at: number): Float32Array => {
    read(bytes, at);
    return numbers;
  };
}

/**
 * Whether each file of a segment is as it was written; those that can be made from the others are. Names the first that is
 * lost. Throws IndexError `index-unreadable` where that cannot be told.
 */
export async function checkSegment(
  folder: string,
  segment: ManifestSegment,
  dimension: number,
  lexical: LexicalCodec,
): Promise<SegmentFile | null> {
  const isSound = (file: SegmentFile) =>
    unlessDamaged(withFile(folder, segment, file, (opened) => isSealedFile(opened, segment.files[file])));
  const names: readonly SegmentFile[] = ["documents", "texts", "record", "packed", "postings"];
  const sound = await Promise.all(names.map(isSound));
  const lost = names.filter((_, i) => !sound[i]);
  const beyondRepair = lost.find((file) => file !== "packed" && file !== "postings");
  if (beyondRepair !== undefined) return beyondRepair;
  for (const file of lost) {
    const make =
      file === "packed"
        ? () => repack(folder, segment, dimension)
        : async () => lexical.build(await readDocuments(folder, segment));
    const made = await unlessDamaged(remade(folder, segment, file, make));
    if (made === null) return file;
  }
  return null;
}
