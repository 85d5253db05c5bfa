import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errno } from "../errors.ts";
import {
  type Announced,
  announce,
  DownloadFailure,
  type FileOfHub,
  headersOf,
  request,
  SILENCE,
} from "./hub-request.ts";

interface Amount {
  readonly bytes: number;
  readonly bytesTotal: number | null;
}

/** Milliseconds between two reports. */
const REPORT = 100;
/** How many connections in a row may bring nothing. */
const TRIES = 3;

/**
 * Fetches a file into its place, which it takes only when it is whole: until then it is `<target>.<version>.<process>.part`.
 * What a dead process left is gone on with. Returns its size, or null where the hub has no such file.
 * Throws DownloadFailure, and what the file system throws.
 */
export async function* fetchFile(
  file: FileOfHub,
  signal: AbortSignal | undefined,
): AsyncGenerator<Amount, { readonly bytes: number; readonly commit: string | null } | null> {
  const announced = await announce(file, signal);
  if (announced === null) return null;
  await mkdir(dirname(file.target), { recursive: true });
  const part = await claimPart(file.target, announced.version);
  const handle = await open(part, "a+");
  let bytes: number;
  try {
    bytes = yield* fillPart(file, announced, handle, signal);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (announced.sha256 !== null && (await sha256Of(part)) !== announced.sha256) {
    await rm(part, { force: true });
    throw new DownloadFailure("changed");
  }
  await rename(part, file.target);
  return { bytes, commit: announced.commit };
}

/** Appends to the part until it is whole, over several connections where they break; returns its size. */
async function* fillPart(
  file: FileOfHub,
  { bytes: total }: Announced,
  handle: FileHandle,
  signal: AbortSignal | undefined,
): AsyncGenerator<Amount, number> {
  if (total !== null && (await sizeOf(handle)) > total) await handle.truncate(0);
  let most = 0;
  let tries = 0;
  while (true) {
    yield { bytes: await sizeOf(handle), bytesTotal: total };
    let failure: unknown = null;
    if (total === null || (await sizeOf(handle)) < total) {
      try {
        yield* append(file, total, handle, signal);
      } catch (error) {
        if (error instanceof DownloadFailure && error.kind !== "unreachable") throw error;
        if (errno(error) !== null) throw error;
        signal?.throwIfAborted();
        failure = error;
      }
    }
    const bytes = await sizeOf(handle);
    if (failure === null && (total === null || bytes === total)) return bytes;
    if (total !== null && bytes > total) throw new DownloadFailure("changed");
    // A connection that brought more than all before it does not count.
    tries = bytes > most ? 0 : tries + 1;
    most = Math.max(most, bytes);
    if (tries === TRIES) throw cutOff(bytes, total, failure);
  }
}

/** One connection: what it brings is appended, or begins anew where the server does not go on from there. */
async function* append(
  file: FileOfHub,
  total: number | null,
  handle: FileHandle,
  signal: AbortSignal | undefined,
): AsyncGenerator<Amount, void> {
  const start = await sizeOf(handle);
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    const response = await request(file.url, {
      headers: { ...headersOf(file), ...(start > 0 && { range: `bytes=${start}-` }) },
      signal: AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]),
    });
    const { status, headers, body } = response;
    if (status === 401 || status === 403) throw new DownloadFailure("refused", status);
    const goesOn = status === 206 && headers.get("content-range")?.startsWith(`bytes ${start}-`);
    if (!goesOn) await handle.truncate(0);
    if ((status !== 200 && !goesOn) || body === null) throw new Error(`it answers ${status}`);
    let bytes = goesOn ? start : 0;
    let reported = 0;
    for await (const chunk of body) {
      timer.refresh();
      await handle.write(chunk);
      bytes += chunk.length;
      if (performance.now() - reported < REPORT) continue;
      reported = performance.now();
      yield { bytes, bytesTotal: total };
    }
    yield { bytes, bytesTotal: total };
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(handle: FileHandle): Promise<number> {
  return (await handle.stat()).size;
}

function cutOff(bytes: number, total: number | null, cause: unknown): DownloadFailure {
  const megabytes = (value: number) => (value / 1e6).toFixed(1);
  const of = total === null ? "" : ` of ${megabytes(total)}`;
  const why = cause instanceof Error && cause.message.startsWith("it ") ? `, ${cause.message}` : "";
  return new DownloadFailure("cut-off", 0, `after ${megabytes(bytes)}${of} MB${why}`, { cause });
}

/** Takes over what a dead process left of this version, else begins anew; without a version nothing is taken over. */
async function claimPart(target: string, version: string | null): Promise<string> {
  const folder = dirname(target);
  const start = `${basename(target)}.`;
  const own = join(folder, `${start}${version ?? "unknown"}.${process.pid}.part`);
  for (const name of await readdir(folder)) {
    const [, of, pid] =
      (name.startsWith(start) ? /^([\w-]+)\.(\d+)\.part$/.exec(name.slice(start.length)) : null) ?? [];
    if (of === undefined || (pid !== String(process.pid) && isAlive(Number(pid)))) continue;
    if (version !== null && of === version) await rename(join(folder, name), own).catch(() => undefined);
    else await rm(join(folder, name), { force: true });
  }
  return own;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
