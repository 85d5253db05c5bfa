import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { errno, IndexError } from "../errors.ts";
import type { IndexedDocument } from "../types.ts";
import {
  decodeDocument,
  placeOfPart,
  readDocumentLines,
  type StoredDocument,
  type TextPlace,
} from "./documents-file.ts";
import { type FileSeal, isSealed, isSealedFile } from "./durable.ts";
import { type ManifestSegment, REINDEX, segmentFolder } from "./manifest.ts";
import { type Packed, packVectors, roomForPacked } from "./quantized.ts";
import { FILES, putBack, requireLittleEndian, type SegmentFile, segmentPath } from "./segment-files.ts";
import { textCache } from "./text-cache.ts";
import type { LexicalCodec } from "./vector-store.ts";
import { itemsOf, readVector } from "./vectra-record.ts";

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
 * the lexical index) is made again. Throws IndexError `index-damaged`, naming the file.
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
    (await readSealed(folder, segment, "postings").catch(() => null)) ??
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

/** The documents of a segment without their texts. Throws IndexError `index-damaged`. */
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

async function openPacked(folder: string, segment: ManifestSegment, dimension: number): Promise<Packed> {
  const room = roomForPacked(segment.passages, dimension);
  const isRead = await withFile(folder, segment, "packed", async (file) => {
    if ((await file.stat()).size !== room.file.length) return false;
    await fill(room.file, file);
    return isSealed(room.file, segment.files.packed);
  }).catch(() => false);
  if (!isRead) room.file.set(await remade(folder, segment, "packed", () => repack(folder, segment, dimension)));
  const packed = room.opened();
  if (packed === null) throw damaged(segment, "packed", "does not fit the manifest");
  return packed;
}

async function fill(bytes: Uint8Array, file: FileHandle): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, at);
    if (bytesRead === 0) return;
    at += bytesRead;
  }
}

/** The packed copy, made again from vectra's record. */
async function repack(folder: string, segment: ManifestSegment, dimension: number): Promise<Uint8Array> {
  const record = await readSealed(folder, segment, "record");
  const offsets = Uint32Array.from(itemsOf(record, dimension), ({ vectorAt }) => vectorAt);
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

/** Files that are no longer read are closed when the garbage is collected: readers keep a snapshot as long as they like. */
const openFiles = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/**
 * Checks a file and holds it open, so that it can be read after a later commit has removed it. The function fills bytes
 * with what stands at a place. Throws IndexError `index-damaged`, and so does the function where the file was cut meanwhile.
 */
async function openForReading(folder: string, segment: ManifestSegment, name: SegmentFile) {
  await withFile(folder, segment, name, async (file) => {
    if ((await file.stat()).size !== segment.files[name].bytes)
      throw damaged(segment, name, `has other than ${segment.files[name].bytes} bytes`);
    if (!(await isSealedFile(file, segment.files[name])))
      throw damaged(segment, name, "is not as it was written (its checksum differs)");
  });
  const descriptor = await attempt(segment, name, async () => openSync(segmentPath(folder, segment.id, name), "r"));
  const read = (bytes: Uint8Array, at: number): void => {
    if (bytes.length > 0 && readSync(descriptor, bytes, 0, bytes.length, at) < bytes.length)
      throw damaged(segment, name, "was cut while it was in use");
  };
  openFiles.register(read, descriptor);
  return read;
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

/** Whether each file of a segment is as it was written; those that can be made from the others are. Names the first that is lost. */
export async function checkSegment(
  folder: string,
  segment: ManifestSegment,
  dimension: number,
  lexical: LexicalCodec,
): Promise<SegmentFile | null> {
  const isSound = async (file: SegmentFile) =>
    withFile(folder, segment, file, (opened) => isSealedFile(opened, segment.files[file])).catch(() => false);
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
    const made = await remade(folder, segment, file, make).catch(() => null);
    if (made === null) return file;
  }
  return null;
}

export async function readSealed(folder: string, segment: ManifestSegment, file: SegmentFile): Promise<Buffer> {
  const bytes = await attempt(segment, file, () => readFile(segmentPath(folder, segment.id, file)));
  const seal: FileSeal = segment.files[file];
  if (bytes.length !== seal.bytes) throw damaged(segment, file, `has ${bytes.length} bytes instead of ${seal.bytes}`);
  if (!isSealed(bytes, seal)) throw damaged(segment, file, "is not as it was written (its checksum differs)");
  return bytes;
}

export async function withFile<T>(
  folder: string,
  segment: ManifestSegment,
  name: SegmentFile,
  use: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await attempt(segment, name, () => open(segmentPath(folder, segment.id, name), "r"));
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function attempt<T>(segment: ManifestSegment, file: SegmentFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw damaged(segment, file, errno(error) === "ENOENT" ? "is missing" : `cannot be read (${errno(error)})`, error);
  }
}

function damaged(segment: ManifestSegment, file: SegmentFile, why: string, cause?: unknown): IndexError {
  const path = `${segmentFolder(segment.id)}/${FILES[file]}`;
  return new IndexError("index-damaged", `The index is damaged: ${path} ${why}`, REINDEX, { cause });
}
