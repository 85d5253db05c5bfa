import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

/** What a file must hold to be the one that was written. */
export interface FileSeal {
  readonly bytes: number;
  /** CRC-32, which finds what disks and torn writes do to a file and costs a third of reading it. */
  readonly crc: number;
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
    let crc = 0;
    let bytes = 0;
    let waiting: Uint8Array[] = [];
    let waitingBytes = 0;
    const flush = async () => {
      const [first = new Uint8Array()] = waiting;
      const chunk = waiting.length === 1 ? first : Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
      crc = crc32(chunk, crc);
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
    return { bytes, crc };
  } finally {
    await file.close();
  }
}

export function isSealed(bytes: Uint8Array, seal: FileSeal): boolean {
  return bytes.length === seal.bytes && crc32(bytes) === seal.crc;
}

/** Whether an open file is the one that was sealed; read piece by piece, so that it is never whole in memory. */
export async function isSealedFile(file: FileHandle, seal: FileSeal): Promise<boolean> {
  if ((await file.stat()).size !== seal.bytes) return false;
  const chunk = Buffer.allocUnsafe(Math.min(seal.bytes, BYTES_A_WRITE));
  let crc = 0;
  for (let at = 0; at < seal.bytes; ) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return false;
    crc = crc32(chunk.subarray(0, bytesRead), crc);
    at += bytesRead;
  }
  return crc === seal.crc;
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

/** Makes a folder that may be there already, and those it lies in, so that a power cut does not take them away again. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  // Those above may be closed to reading, and then cannot be flushed.
  for (let made = path; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made)).catch(() => undefined);
}
