import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { endianness } from "node:os";
import { join } from "node:path";
import { encodeDocument } from "./documents-file.ts";
import { type FileSeal, syncFolder, writeNew } from "./durable.ts";
import { type ManifestSegment, newId, segmentFolder } from "./manifest.ts";
import { packVectors } from "./quantized.ts";
import type { SegmentContent } from "./vector-store.ts";
import { itemsOf, writeRecord } from "./vectra-record.ts";

export type SegmentFile = keyof ManifestSegment["files"];

/** The record has vectra's own name for its file, so that vectra finds it. */
export const FILES: Readonly<Record<SegmentFile, string>> = {
  documents: "documents.jsonl",
  texts: "texts.bin",
  record: "index.pb",
  packed: "packed.i8",
  postings: "postings.bin",
};

export function segmentPath(folder: string, id: string, file: SegmentFile): string {
  return join(folder, segmentFolder(id), FILES[file]);
}

type Parts = Parameters<typeof writeNew>[1];

/** Writes the files of a segment, each flushed, and the folder's list of them. Nothing names it yet. */
export async function writeSegmentFiles(
  folder: string,
  counts: { readonly documents: number; readonly passages: number },
  parts: {
    readonly documents: Parts;
    readonly texts: Parts;
    readonly postings: Parts;
    /** Asked for once the record is written: it says where in it the vectors are. */
    readonly record: Parts;
    readonly packed: () => Parts;
  },
): Promise<ManifestSegment> {
  const id = newId(new Date());
  const aside = join(folder, segmentFolder(id));
  await mkdir(aside);
  const write = (file: SegmentFile, content: Parts): Promise<FileSeal> =>
    writeNew(segmentPath(folder, id, file), content);
  const writing = [
    write("documents", parts.documents),
    write("texts", parts.texts),
    write("postings", parts.postings),
    write("record", parts.record),
  ] as const;
  try {
    const [documents, texts, postings, record] = await Promise.all(writing);
    const packed = await write("packed", parts.packed());
    await syncFolder(aside);
    return { id, ...counts, deleted: [], files: { documents, texts, record, packed, postings } };
  } catch (error) {
    await Promise.allSettled(writing);
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Writes new documents, which are by path, as a segment. */
export async function writeSegment(
  folder: string,
  { documents, vectors, postings }: SegmentContent,
  dimension: number,
): Promise<ManifestSegment> {
  const passages = documents.reduce((sum, each) => sum + each.passages.length, 0);
  const encoded = documents.map(encodeDocument);
  const offsets = new Uint32Array(passages);
  return writeSegmentFiles(
    folder,
    { documents: documents.length, passages },
    {
      documents: encoded.map(({ line }) => line),
      texts: encoded.map(({ text }) => text),
      postings: [postings],
      record: noting(writeRecord(documents, vectors, dimension), dimension, offsets),
      packed: () => [packVectors(vectors, dimension, offsets)],
    },
  );
}

/** The pieces of a record as they come, the places of the vectors in them put down on the way. */
async function* noting(pieces: AsyncIterable<Uint8Array>, dimension: number, offsets: Uint32Array) {
  let at = 0;
  let row = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (const { vectorAt } of itemsOf(bytes, dimension)) offsets[row++] = at + vectorAt;
    at += bytes.length;
    yield bytes;
  }
}

/** Puts a file that was made again in its place. Where the folder cannot be written it is left as it is. */
export async function putBack(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await writeNew(aside, [bytes])
    .then(() => rename(aside, path))
    .catch(() => rm(aside, { force: true }).catch(() => undefined));
}

/** Everything that is read as an array has the lowest byte first; a machine of the other kind would read it wrongly. */
export function requireLittleEndian(): void {
  if (endianness() !== "LE") throw new Error("Pilcrow runs on little-endian machines only");
}
