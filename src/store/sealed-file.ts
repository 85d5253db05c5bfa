/** Reads the files of a segment. What is damaged is told from what the system does not give: see `attempt`. */
import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { errno, IndexError } from "../errors.ts";
import { isSealed, isSealedFile } from "./durable.ts";
import { type ManifestSegment, REINDEX, segmentFolder, unreadable } from "./manifest.ts";
import { FILES, type SegmentFile, segmentPath } from "./segment-files.ts";

/** Files that are no longer read are closed when the garbage is collected: readers keep a snapshot as long as they like. */
const openFiles = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/**
 * Checks a file and holds it open, so that it can be read after a later commit has removed it. The function fills bytes
 * with what stands at a place. Throws IndexError, and so does the function where the file was cut meanwhile.
 */
export async function openForReading(folder: string, segment: ManifestSegment, name: SegmentFile) {
  await withFile(folder, segment, name, (file) => requireSealed(file, segment, name));
  const descriptor = await attempt(segment, name, async () => openSync(segmentPath(folder, segment.id, name), "r"));
  const read = (bytes: Uint8Array, at: number) => readAt(descriptor, bytes, at, segment, name);
  openFiles.register(read, descriptor);
  return read;
}

/** Throws IndexError `index-damaged` where the file is not as it was written. */
export async function requireSealed(file: FileHandle, segment: ManifestSegment, name: SegmentFile): Promise<void> {
  if ((await file.stat()).size !== segment.files[name].bytes)
    throw damaged(segment, name, `has other than ${segment.files[name].bytes} bytes`);
  if (!(await isSealedFile(file, segment.files[name])))
    throw damaged(segment, name, "is not as it was written (its checksum differs)");
}

/** Fills bytes with what stands at a place of a file. Throws IndexError `index-damaged` where it ends before. */
export function readAt(
  descriptor: number,
  bytes: Uint8Array,
  at: number,
  segment: ManifestSegment,
  name: SegmentFile,
): void {
  if (bytes.length === 0) return;
  let read: number;
  try {
    read = readSync(descriptor, bytes, 0, bytes.length, at);
  } catch (error) {
    throw told(error, segment, name);
  }
  if (read < bytes.length) throw damaged(segment, name, "was cut while it was in use");
}

/** Fills bytes with the file from its beginning, as far as it goes. */
export async function fill(bytes: Uint8Array, file: FileHandle): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, at);
    if (bytesRead === 0) return;
    at += bytesRead;
  }
}

/** A whole file, as it was written. Throws IndexError. */
export async function readSealed(folder: string, segment: ManifestSegment, file: SegmentFile): Promise<Buffer> {
  const bytes = await attempt(segment, file, () => readFile(segmentPath(folder, segment.id, file)));
  const seal = segment.files[file];
  if (bytes.length !== seal.bytes) throw damaged(segment, file, `has ${bytes.length} bytes instead of ${seal.bytes}`);
  if (!isSealed(bytes, seal)) throw damaged(segment, file, "is not as it was written (its checksum differs)");
  return bytes;
}

/** Throws IndexError where the file cannot be opened, or read by `use`. */
export async function withFile<T>(
  folder: string,
  segment: ManifestSegment,
  name: SegmentFile,
  use: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await attempt(segment, name, () => open(segmentPath(folder, segment.id, name), "r"));
  try {
    return await attempt(segment, name, () => use(file));
  } finally {
    await file.close();
  }
}

/** Only what is not there is lost. What the system does not give now (no permission, no memory, too many open files) is not. */
async function attempt<T>(segment: ManifestSegment, file: SegmentFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw told(error, segment, file);
  }
}

function told(error: unknown, segment: ManifestSegment, file: SegmentFile): unknown {
  const code = errno(error);
  if (code === null) return error;
  if (code === "ENOENT") return damaged(segment, file, "is missing", error);
  if (code === "ENOTDIR" || code === "EISDIR") return damaged(segment, file, "has something else in its place", error);
  return unreadable(`${segmentFolder(segment.id)}/${FILES[file]}`, error);
}

/** null where the index is damaged; every other error is thrown on. */
export async function unlessDamaged<T>(read: Promise<T>): Promise<T | null> {
  return read.catch((error: unknown) => {
    if (error instanceof IndexError && error.code === "index-damaged") return null;
    throw error;
  });
}

export function damaged(segment: ManifestSegment, file: SegmentFile, why: string, cause?: unknown): IndexError {
  const path = `${segmentFolder(segment.id)}/${FILES[file]}`;
  return new IndexError("index-damaged", `The index is damaged: ${path} ${why}`, REINDEX, { cause });
}
