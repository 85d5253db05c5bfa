import { type FileHandle, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { CorpusError, DocumentError } from "../errors.ts";
import type { FileFailure } from "../types.ts";
import { METADATA_FILE } from "./corpus-metadata.ts";
import { isSupported, SUPPORTED_EXTENSIONS } from "./formats.ts";

/** A file that can be parsed, by its path relative to the corpus, with forward slashes. */
export interface CorpusFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

export interface ScanOptions {
  readonly maxFileBytes: number;
  /** Absolute folders that are passed over: the index, when it lies in the corpus. */
  readonly ignore?: readonly string[];
}

export interface Scan {
  readonly files: readonly CorpusFile[];
  readonly failures: readonly FileFailure[];
}

const PASSED_OVER = new Set(["node_modules", METADATA_FILE]);

/**
 * Lists the files of a folder and of those in it, by path. Hidden ones and documents.json are passed over, links that lead
 * out of the folder are not followed, and what cannot be a document is told, file by file. Throws CorpusError.
 */
export async function scanCorpus(folder: string, { maxFileBytes, ignore = [] }: ScanOptions): Promise<Scan> {
  const root = await corpusRoot(folder);
  const ignored = new Set(await Promise.all(ignore.map((path) => realpath(path).catch(() => resolve(path)))));
  const files: CorpusFile[] = [];
  const failures: FileFailure[] = [];
  const fail = (path: string, code: string, message: string): void => void failures.push({ path, code, message });

  async function enter(directory: string): Promise<void> {
    const entries = await readdir(directory, { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith(".") || PASSED_OVER.has(entry.name)) continue;
      const absolute = join(directory, entry.name);
      const path = slashed(relative(root, absolute));
      try {
        await take(absolute, path);
      } catch (error) {
        fail(path, "unreadable", `cannot be read (${reason(error)})`);
      }
    }
  }

  async function take(absolute: string, path: string): Promise<void> {
    const isLink = (await lstat(absolute)).isSymbolicLink();
    const real = await realpath(absolute);
    if (isLink && !isWithin(root, real)) return fail(path, "unreadable", "is a link that leads out of the corpus");
    const found = await stat(real);
    if (found.isDirectory()) {
      // A linked folder of the corpus is found where it lies; following it could go round in circles.
      if (!isLink && !ignored.has(real)) await enter(absolute);
    } else if (!found.isFile()) fail(path, "unreadable", "is not a regular file");
    else if (!isSupported(path))
      fail(path, "unsupported-type", `is none of the supported types (${SUPPORTED_EXTENSIONS.join(", ")})`);
    else if (found.size === 0) fail(path, "empty", "is empty");
    else if (found.size > maxFileBytes)
      fail(path, "too-large", `has ${found.size} bytes, the limit is ${maxFileBytes}`);
    else {
      await (await open(real, "r")).close();
      files.push({ path, size: found.size });
    }
  }

  try {
    await enter(root);
  } catch (error) {
    throw unreadable(folder, error);
  }
  return { files: files.sort(byPath), failures: failures.sort(byPath) };
}

/** The bytes of one file of the corpus. Throws DocumentError `unreadable`, also for a path that leaves the folder. */
export async function readCorpusFile(folder: string, path: string): Promise<Uint8Array> {
  const absolute = resolve(folder, path);
  if (path.includes("\0") || isAbsolute(path) || !isWithin(resolve(folder), absolute)) throw outside(path);
  let file: FileHandle | null = null;
  try {
    const real = await realpath(absolute);
    if (!isWithin(await realpath(folder), real)) throw outside(path);
    file = await open(real, "r");
    if (!(await file.stat()).isFile()) throw new DocumentError("unreadable", `${path} is not a regular file`);
    return await file.readFile();
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError("unreadable", `${path} cannot be read (${reason(error)})`, "", { cause: error });
  } finally {
    await file?.close();
  }
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

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

/** The system's code, such as EACCES; a message could hold a path of this machine. */
function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "error";
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
