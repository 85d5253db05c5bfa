import { type BigIntStats, constants } from "node:fs";
import { access, type FileHandle, open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { byPath } from "../by-path.ts";
import { CorpusError, DocumentError, errno } from "../errors.ts";
import type { FileFailure } from "../types.ts";
import { METADATA_FILE } from "./corpus-metadata.ts";
import { isWithin, linkReason, realPathOf, slashed } from "./corpus-paths.ts";
import { isSupported, NOT_READ } from "./formats.ts";

/** A file that can be parsed, by its path relative to the corpus, with forward slashes. */
export interface CorpusFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Inode, size and times: while they are the same, so are the bytes. Empty for a file that was changed just before the
   * scan, whose next change might leave it the same time.
   */
  readonly stamp: string;
}

export interface ScanOptions {
  readonly maxFileBytes: number;
  /** Absolute folders that are passed over: the index, when it lies in the corpus. */
  readonly ignore?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Counts while the scan goes on. */
  readonly tally?: Tally;
}

/** How many files have been looked at. */
export interface Tally {
  files: number;
}

export interface Scan {
  readonly files: readonly CorpusFile[];
  readonly failures: readonly FileFailure[];
  /** Paths of files and folders among the failures that are there but could not be looked at, which may pass. */
  readonly unseen: readonly string[];
}

/** Longer than a tick of any file system's clock, in milliseconds. */
const SETTLED = 3000;
/** Entries of a folder that are looked at side by side. */
const AT_ONCE = 16;
const PASSED_OVER = new Set(["node_modules", METADATA_FILE]);
/** Stands for bytes of a name that are not UTF-8; no file is found by it. */
const REPLACED = "\ufffd";
const NOT_UTF8 = "cannot be opened, as its name is not in UTF-8: rename it";
/** How the `format` of an index's manifest begins. */
const INDEX_FORMAT = "pilcrow-index/";

/**
 * Lists the files of a folder and of those in it, by path. Hidden ones, documents.json and folders that hold an index are
 * passed over; links are not followed, and they and what cannot be a document are told, one by one. Throws CorpusError, and
 * what the signal is aborted with.
 */
export async function scanCorpus(
  folder: string,
  { maxFileBytes, ignore = [], signal, tally = { files: 0 } }: ScanOptions,
): Promise<Scan> {
  const root = await corpusRoot(folder);
  const ignored = await Promise.all(ignore.map((path) => realPathOf(resolve(path))));
  const files: CorpusFile[] = [];
  const failures: FileFailure[] = [];
  const unseen: string[] = [];
  const fail = (path: string, code: string, message: string): void => void failures.push({ path, code, message });

  async function enter(directory: string): Promise<void> {
    const entries = (await readdir(directory, { withFileTypes: true })).filter(
      ({ name }) => !name.startsWith(".") && !PASSED_OVER.has(name),
    );
    for (let at = 0; at < entries.length; at += AT_ONCE) {
      signal?.throwIfAborted();
      await Promise.all(
        entries.slice(at, at + AT_ONCE).map(async (entry) => {
          const absolute = join(directory, entry.name);
          const path = slashed(relative(root, absolute));
          try {
            await take(absolute, path, entry.isSymbolicLink());
          } catch (error) {
            signal?.throwIfAborted();
            if (errno(error) === "ENOENT") {
              // Else it went while it was looked at.
              if (entry.name.includes(REPLACED)) fail(path, "unreadable", NOT_UTF8);
              return;
            }
            unseen.push(path);
            fail(path, "unreadable", `cannot be read (${reason(error)})`);
          }
        }),
      );
    }
  }

  async function take(absolute: string, path: string, isLink: boolean): Promise<void> {
    const real = isLink ? await realPathOf(absolute) : absolute;
    if (ignored.some((folder) => folder === real || isWithin(folder, real))) return;
    if (isLink) return fail(path, "unreadable", await linkReason(root, absolute));
    const found = await stat(real, { bigint: true });
    const size = Number(found.size);
    if (!found.isDirectory()) tally.files += 1;
    if (found.isDirectory()) {
      if (!(await holdsIndex(real))) await enter(absolute);
    } else if (!found.isFile()) fail(path, "unreadable", "is not a regular file");
    else if (!isSupported(path)) fail(path, "unsupported-type", NOT_READ);
    else if (size === 0) fail(path, "empty", "is empty");
    else if (size > maxFileBytes) fail(path, "too-large", tooLarge(size, maxFileBytes));
    else {
      await access(real, constants.R_OK);
      files.push({ path, size, stamp: stampOf(found) });
    }
  }

  try {
    await enter(root);
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(folder, error);
  }
  return { files: files.sort(byPath), failures: failures.sort(byPath), unseen };
}

/**
 * The bytes of one file of the corpus. Throws DocumentError: `unreadable`, also for a path that leaves the folder, and
 * `too-large` where the file has more than `maxBytes`, of which no more are read.
 */
export async function readCorpusFile(
  folder: string,
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const absolute = resolve(folder, path);
  if (path.includes("\0") || isAbsolute(path) || !isWithin(resolve(folder), absolute)) throw outside(path);
  let file: FileHandle | null = null;
  try {
    const real = await realpath(absolute);
    if (!isWithin(await realpath(folder), real)) throw outside(path);
    file = await open(real, "r");
    const found = await file.stat();
    if (!found.isFile()) throw new DocumentError("unreadable", `${path} is not a regular file`);
    if (found.size > maxBytes) throw new DocumentError("too-large", `${path} ${tooLarge(found.size, maxBytes)}`);
    return await readAtMost(file, path, maxBytes);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError("unreadable", `${path} cannot be read (${reason(error)})`, "", { cause: error });
  } finally {
    await file?.close();
  }
}

/** Whether the system refused to read a file that is there, which says nothing of its content and may pass. */
export function isRefused(error: unknown): boolean {
  const code = error instanceof DocumentError && error.code === "unreadable" ? errno(error.cause) : null;
  return code !== null && !GONE.has(code);
}

/** What the system says where a path leads to no file any more. */
const GONE = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"]);

function stampOf({ ino, size, mtimeNs, ctimeNs, ctimeMs }: BigIntStats): string {
  return Date.now() - Number(ctimeMs) > SETTLED ? `${ino} ${size} ${mtimeNs} ${ctimeNs}` : "";
}

/** A file may grow while it is read. */
async function readAtMost(file: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
  if (maxBytes === Number.POSITIVE_INFINITY) return file.readFile();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.createReadStream({ end: maxBytes, autoClose: false })) {
    const bytes: Uint8Array = chunk;
    chunks.push(bytes);
    size += bytes.length;
  }
  if (size > maxBytes) throw new DocumentError("too-large", `${path} ${tooLarge(size, maxBytes)}`);
  return Buffer.concat(chunks);
}

function tooLarge(size: number, limit: number): string {
  return `has ${size} bytes, the limit is ${limit}`;
}

/** Whether a folder holds an index of Pilcrow's, which is no folder of documents. */
export async function holdsIndex(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    const format = typeof manifest === "object" && manifest !== null && "format" in manifest ? manifest.format : null;
    return typeof format === "string" && format.startsWith(INDEX_FORMAT);
  } catch {
    return false;
  }
}

/** Throws CorpusError where the corpus folder is not there or no folder. */
export async function requireCorpus(folder: string): Promise<void> {
  await corpusRoot(folder);
}

async function corpusRoot(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    if (reason(error) !== "ENOENT" && reason(error) !== "ENOTDIR") throw unreadable(folder, error);
    const advice = "Make it and put documents in it, or name another with --corpus.";
    throw new CorpusError("corpus-missing", `the corpus folder ${folder} does not exist`, advice, { cause: error });
  }
  throw new CorpusError("corpus-unreadable", `${folder} is not a folder`, "Name a folder of documents with --corpus.");
}

function unreadable(folder: string, cause: unknown): CorpusError {
  const message = `the corpus folder ${folder} cannot be read (${reason(cause)})`;
  return new CorpusError(
    "corpus-unreadable",
    message,
    "Give yourself the right to read it, or name another with --corpus.",
    { cause },
  );
}

function outside(path: string): DocumentError {
  return new DocumentError("unreadable", `${path} is not a file of the corpus`);
}

/** The system's code, such as EACCES; a message could hold a path of this machine. */
function reason(error: unknown): string {
  return errno(error) ?? "error";
}
