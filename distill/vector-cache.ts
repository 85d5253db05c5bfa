import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { errno } from "../src/errors.ts";
import { type Matrix, matrix } from "./matrix.ts";

/** Bytes of a text's hash: enough that two texts never share one. */
const KEY_BYTES = 16;
const ENDING = ".vectors";

/** Vectors by text, in a folder of files that are written whole or not at all. */
export interface VectorCache {
  /** Writes the vectors of some texts, [texts, columns], as one file. */
  write(texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
  /** The vectors that are known of some texts, in their order; the rows of the others are zero. */
  read(texts: readonly string[]): Promise<{ vectors: Matrix; missing: Int32Array }>;
}

/**
 * The cache of one teacher. A file is rows of the first 16 bytes of a text's SHA-256 and its vector as 32-bit floats;
 * it gets its name when it is complete, so a killed process leaves nothing half.
 */
export async function openVectorCache(folder: string, columns: number): Promise<VectorCache> {
  await mkdir(folder, { recursive: true });
  const rowBytes = KEY_BYTES + columns * Float32Array.BYTES_PER_ELEMENT;
  return {
    async write(texts, vectors) {
      const bytes = Buffer.concat(
        texts.flatMap((text, i) => {
          const { buffer, byteOffset, byteLength } = vectors[i] ?? new Float32Array(columns);
          return [keyOf(text), new Uint8Array(buffer, byteOffset, byteLength)];
        }),
      );
      const name = createHash("sha256")
        .update(bytes)
        .digest("hex")
        .slice(0, 2 * KEY_BYTES);
      await writeWhole(join(folder, name + ENDING), bytes);
    },
    async read(texts) {
      const wanted = new Map(texts.map((text, row) => [keyOf(text).toString("hex"), row]));
      const vectors = matrix(texts.length, columns);
      const known = new Uint8Array(texts.length);
      // Sorted, so that of two vectors of one text the same one is taken at every run.
      for (const name of (await readdir(folder)).filter((file) => file.endsWith(ENDING)).sort()) {
        const bytes = await readFile(join(folder, name));
        for (let at = 0; at + rowBytes <= bytes.length; at += rowBytes) {
          const row = wanted.get(bytes.toString("hex", at, at + KEY_BYTES));
          if (row === undefined || known[row]) continue;
          known[row] = 1;
          const target = vectors.data.subarray(row * columns, (row + 1) * columns);
          new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(
            bytes.subarray(at + KEY_BYTES, at + rowBytes),
          );
        }
      }
      return { vectors, missing: Int32Array.from(texts.keys()).filter((row) => !known[row]) };
    },
  };
}

function keyOf(text: string): Buffer {
  return createHash("sha256").update(text).digest().subarray(0, KEY_BYTES);
}

/** Replaces a file at once: whoever looks sees the old one or the new one. */
export async function writeWhole(path: string, ...parts: readonly Uint8Array[]): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  const file = await open(partial, "w");
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** The bytes of a file, null where there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errno(error) === "ENOENT") return null;
    throw error;
  }
}
