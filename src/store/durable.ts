import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** What a file must hold to be the one that was written. */
export interface FileSeal {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** Small parts are put together: a call to the system costs more than they do. */
const BYTES_A_WRITE = 1 << 20;

/** Writes a new file and flushes it to the disk. Fails where it exists. */
export async function writeNew(
  path: string,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<FileSeal> {
  const file = await open(path, "wx");
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    const flush = async () => {
      const chunk = Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    };
    for await (const part of parts) {
      const chunk = typeof part === "string" ? Buffer.from(part) : part;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= BYTES_A_WRITE) await flush();
    }
    await flush();
    await file.sync();
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

export function isSealed(bytes: Uint8Array, seal: FileSeal): boolean {
  return bytes.length === seal.bytes && createHash("sha256").update(bytes).digest("hex") === seal.sha256;
}

/** Flushes a folder's list of names. Windows cannot, and does not need to. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
