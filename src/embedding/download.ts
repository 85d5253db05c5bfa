import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errno } from "../errors.ts";

/** A file of the hub and where it goes. */
export interface FileOfHub {
  readonly url: string;
  /** Sent to the url's own host only. */
  readonly token: string | undefined;
  /** Absolute. */
  readonly target: string;
}

/** Why a file did not come. */
export class DownloadFailure extends Error {
  readonly kind: "absent" | "refused" | "unreachable" | "cut-off" | "changed";
  /** 0 where there was no answer. */
  readonly status: number;
  /** In a few words. */
  readonly said: string;

  constructor(kind: DownloadFailure["kind"], status = 0, said = "", options?: ErrorOptions) {
    super(`${kind} ${status} ${said}`, options);
    this.name = "DownloadFailure";
    this.kind = kind;
    this.status = status;
    this.said = said;
  }
}

/** What the hub says of a file before it is fetched. */
interface Announced {
  readonly bytes: number | null;
  /** Names this version of the file; null where the hub names none. */
  readonly version: string | null;
  /** In hex; the hub has it for large files. */
  readonly sha256: string | null;
  readonly commit: string | null;
}

interface Amount {
  readonly bytes: number;
  readonly bytesTotal: number | null;
}

/** Milliseconds without an answer, or without a byte, after which a connection counts as dead. */
const SILENCE = 30_000;
/** Milliseconds between two reports. */
const REPORT = 100;
/** How many connections in a row may bring nothing. */
const TRIES = 3;
const REDIRECTS = 5;

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

/** Whether the hub has the file; false also where it does not answer. */
export async function isThere(file: FileOfHub): Promise<boolean> {
  return announce(file, undefined).then(
    (announced) => announced !== null,
    () => false,
  );
}

/** Asks for a file's size and version. The hub's own redirects are followed; another host is not asked. */
async function announce(file: FileOfHub, signal: AbortSignal | undefined): Promise<Announced | null> {
  let { url } = file;
  let commit: string | null = null;
  for (let redirect = 0; redirect < REDIRECTS; redirect++) {
    const limit = AbortSignal.any([AbortSignal.timeout(SILENCE), ...(signal ? [signal] : [])]);
    const response = await request(url, {
      method: "HEAD",
      headers: headersOf(file),
      redirect: "manual",
      signal: limit,
    });
    const { status, headers } = response;
    commit ??= headers.get("x-repo-commit")?.match(/^[0-9a-f]{40}$/)?.[0] ?? null;
    if (status === 404) return null;
    if (status === 401 || status === 403) throw new DownloadFailure("refused", status);
    const next = status >= 300 && status < 400 ? new URL(headers.get("location") ?? url, url) : null;
    if (next && next.host === new URL(url).host && headers.get("x-linked-etag") === null) {
      url = next.href;
      continue;
    }
    if (status >= 400 && status !== 405) throw new DownloadFailure("unreachable", status, `it answers ${status}`);
    const etag = headers.get("x-linked-etag") ?? headers.get("etag");
    const bare = etag?.replace(/^W\//, "").replaceAll('"', "") ?? "";
    const size = headers.get("x-linked-size") ?? (next || status === 405 ? null : headers.get("content-length"));
    const isPlain = headers.get("content-encoding") === null;
    return {
      bytes: size !== null && isPlain && /^\d+$/.test(size) ? Number(size) : null,
      version: /^[\w-]+$/.test(bare) ? bare.slice(0, 64) : null,
      sha256: headers.has("x-linked-etag") && /^[0-9a-f]{64}$/.test(bare) ? bare : null,
      commit,
    };
  }
  throw new DownloadFailure("unreachable", 0, "it redirects in a circle");
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

/** Without compression, so that sizes are those of the file. */
function headersOf({ token }: FileOfHub): Record<string, string> {
  return { "accept-encoding": "identity", ...(token !== undefined && { authorization: `Bearer ${token}` }) };
}

async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const isSlow = error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name);
    throw new DownloadFailure("unreachable", 0, isSlow ? "it does not answer" : code || "no connection", {
      cause: error,
    });
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
