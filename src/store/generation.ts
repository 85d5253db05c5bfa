import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { endianness } from "node:os";
import { join } from "node:path";
import type { EmbedderIdentity } from "../embedding/embedder.ts";
import { errno, IndexError } from "../errors.ts";
import { readDocuments, writeDocuments } from "./documents-file.ts";
import { type FileSeal, isSealed, syncFolder, writeNew } from "./durable.ts";
import { FORMAT, generationFolder, MANIFEST, type Manifest, newGeneration, REBUILD } from "./manifest.ts";
import { passageCount } from "./snapshot.ts";
import type { IndexContent } from "./vector-store.ts";
import { vectorsOfRecord, writeRecord } from "./vectra-record.ts";

/** vectra's own name for its file, so that vectra finds it. */
const RECORD = "index.pb";

/**
 * Writes a generation beside the others, flushes it, and only then puts its manifest in the place of the old one: whoever
 * dies on the way leaves the old index and a folder that the next writer removes.
 */
export async function writeGeneration(
  folder: string,
  content: IndexContent,
  previous: string | null,
): Promise<Manifest> {
  const now = new Date();
  const generation = newGeneration(now);
  const name = generationFolder(generation);
  const aside = join(folder, name);
  await mkdir(aside);
  try {
    const write = async (file: string, parts: Parameters<typeof writeNew>[1]) => ({
      path: `${name}/${file}`,
      ...(await writeNew(join(aside, file), parts)),
    });
    const manifest: Manifest = {
      format: FORMAT,
      generation,
      previous,
      createdAt: now.toISOString(),
      embedder: recorded(content.embedder),
      rules: content.rules,
      documents: content.documents.length,
      passages: passageCount(content),
      failures: content.failures.map(({ path, code, message }) => ({ path, code, message })),
      files: {
        documents: await write("documents.jsonl", writeDocuments(content.documents)),
        record: await write(RECORD, writeRecord(content)),
        vectors: await write("vectors.f32", [littleEndian(content.vectors)]),
        postings: await write("postings.bin", [content.postings]),
      },
    };
    await writeNew(join(aside, MANIFEST), [`${JSON.stringify(manifest, null, 2)}\n`]);
    await syncFolder(aside);
    await syncFolder(folder);
    await rename(join(aside, MANIFEST), join(folder, MANIFEST));
    await syncFolder(folder);
    return manifest;
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** An embedder may come with methods, which are not written. */
function recorded({ id, dimension, hash, details }: EmbedderIdentity): Manifest["embedder"] {
  return { id, dimension, hash, ...(details && { details: { ...details } }) };
}

/** Reads and checks everything a manifest names. Throws IndexError `index-damaged`, naming the file. */
export async function readGeneration(folder: string, manifest: Manifest): Promise<IndexContent> {
  const { files, embedder, rules, failures } = manifest;
  const [documentBytes, record, packed, postings] = await Promise.all([
    readSealed(folder, files.documents),
    readSealed(folder, files.record),
    readSealed(folder, files.vectors).catch(() => null),
    readSealed(folder, files.postings),
  ]);
  const documents = attempt(files.documents.path, () => readDocuments(documentBytes));
  const vectors = packed ? floatsOf(packed) : await rebuilt(folder, manifest, record);
  if (documents.length !== manifest.documents || passageCount({ documents }) !== manifest.passages) {
    throw damaged(MANIFEST, "counts other documents than are there");
  }
  if (vectors.length !== manifest.passages * embedder.dimension) {
    throw damaged(files.record.path, "has other vectors than the passages");
  }
  return { embedder, rules, failures, documents, vectors, postings: new Uint8Array(postings) };
}

/** The packed copy is made again from vectra's record; where the folder cannot be written, for this time only. */
async function rebuilt(folder: string, { files, embedder }: Manifest, record: Buffer): Promise<Float32Array> {
  const vectors = await vectorsOfRecord(record, embedder.dimension).catch((cause: unknown) => {
    throw damaged(files.record.path, "cannot be read by vectra", cause);
  });
  const bytes = littleEndian(vectors);
  if (!isSealed(bytes, files.vectors))
    throw damaged(files.vectors.path, "is damaged, and the record does not match it");
  const path = join(folder, files.vectors.path);
  const aside = `${path}.${randomUUID()}`;
  await writeNew(aside, [bytes])
    .then(() => rename(aside, path))
    .catch(() => rm(aside, { force: true }).catch(() => undefined));
  return vectors;
}

async function readSealed(folder: string, seal: FileSeal & { readonly path: string }): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, seal.path));
  } catch (error) {
    throw damaged(seal.path, errno(error) === "ENOENT" ? "is missing" : `cannot be read (${errno(error)})`, error);
  }
  if (bytes.length !== seal.bytes) throw damaged(seal.path, `has ${bytes.length} bytes instead of ${seal.bytes}`);
  if (!isSealed(bytes, seal)) throw damaged(seal.path, "is not as it was written (its checksum differs)");
  return bytes;
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw damaged(path, "cannot be understood", cause);
  }
}

function damaged(path: string, why: string, cause?: unknown): IndexError {
  return new IndexError("index-damaged", `The index is damaged: ${path} ${why}`, REBUILD, { cause });
}

/** vectors.f32 has the lowest byte first on every machine. */
function littleEndian(vectors: Float32Array): Uint8Array {
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32();
}

function floatsOf(bytes: Buffer): Float32Array {
  // A copy: a Buffer need not start at a multiple of four.
  const own = Uint8Array.from(endianness() === "LE" ? bytes : bytes.swap32());
  return new Float32Array(own.buffer);
}
