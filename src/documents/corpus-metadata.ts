import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CorpusError, errno } from "../errors.ts";
import type { FileFailure, IsoDate } from "../types.ts";
import { isIsoDate } from "./dates.ts";

export const METADATA_FILE = "documents.json";

/** What documents.json says of one file. */
export interface FileMetadata {
  readonly title: string;
  readonly date?: IsoDate | undefined;
  readonly source?: string | undefined;
}

const DATE = "a date that exists: 1996-11-01, 1996-11 or 1996";
const text = z.string().trim().min(1).max(500);

const schema = z.strictObject({
  documents: z.array(
    z.strictObject({
      path: z.string().min(1),
      title: text,
      date: z.string().refine(isIsoDate, DATE).optional(),
      source: text.optional(),
    }),
  ),
});

/** The metadata in documents.json beside the files, by path; none where there is no such file. Throws CorpusError `bad-metadata`. */
export async function readMetadata(folder: string): Promise<ReadonlyMap<string, FileMetadata>> {
  const file = join(folder, METADATA_FILE);
  const badMetadata = (what: string, cause: unknown) =>
    new CorpusError("bad-metadata", `${file} is not valid: ${what}`, TAKES, { cause });
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (error) {
    // Where not even its name can be read there is none; the scan tells that the folder is closed.
    const isThere = await lstat(file).then(
      () => true,
      (cause: unknown) => !NOT_THERE.includes(errno(cause) ?? ""),
    );
    if (isThere) throw badMetadata("it cannot be read", error);
    return new Map();
  }
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof Error ? error.message : "it is not JSON";
    throw badMetadata(`line ${lineOfError(json.replace(/^\ufeff/, ""))}: ${why}`, error);
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badMetadata(issue ? inWords(issue) : "it is not as expected", parsed.error);
  }
  const byPath = new Map<string, FileMetadata>();
  parsed.data.documents.forEach(({ path, title, date, source }, at) => {
    const key = path.replaceAll("\\", "/").replace(/^\.\//, "");
    if (byPath.has(key)) throw badMetadata(`documents[${at}].path: ${path} is named twice`, undefined);
    byPath.set(key, { title, ...(date !== undefined && { date }), ...(source !== undefined && { source }) });
  });
  return byPath;
}

const NOT_THERE = ["ENOENT", "ENOTDIR", "EACCES"];

/**
 * The metadata by the paths that the files have. A name may be written with an accent as a sign of its own (NFD, as macOS
 * does) and listed without: where just one file has it but for that, that one is meant.
 */
export function metadataOfFiles(
  metadata: ReadonlyMap<string, FileMetadata>,
  files: readonly { readonly path: string }[],
): ReadonlyMap<string, FileMetadata> {
  const paths = new Set(files.map(({ path }) => path));
  if ([...metadata.keys()].every((path) => paths.has(path))) return metadata;
  const alike = new Map<string, string[]>();
  for (const path of paths) {
    if (metadata.has(path)) continue;
    const composed = path.normalize("NFC");
    alike.set(composed, [...(alike.get(composed) ?? []), path]);
  }
  return new Map(
    [...metadata].map(([path, listed]) => {
      const [found, another] = paths.has(path) ? [path] : (alike.get(path.normalize("NFC")) ?? []);
      return [found !== undefined && another === undefined ? found : path, listed];
    }),
  );
}

/** What documents.json names and the folder does not hold as a document: each is told, where it may be a misspelt path. */
export function absentFiles(
  metadata: ReadonlyMap<string, FileMetadata>,
  found: readonly { readonly path: string }[],
): FileFailure[] {
  const paths = new Set(found.map(({ path }) => path));
  return [...metadata.keys()]
    .filter((path) => !paths.has(path))
    .map((path) => ({
      path,
      code: "bad-metadata",
      message: `is named in ${METADATA_FILE}, but is no file of the corpus`,
    }));
}

/** "documents[3].date must be a date ..." */
function inWords(issue: z.core.$ZodIssue): string {
  const field = fieldName(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return `${field} has ${issue.keys.map((key) => `"${key}"`).join(", ")}, which is no field of it`;
    case "invalid_type":
      return issue.input === undefined && issue.path.length > 0
        ? `${field} is missing`
        : `${field} must be ${KINDS[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `${field} is empty`;
    case "too_big":
      return `${field} is longer than ${issue.maximum} characters`;
    default:
      return `${field} must be ${issue.message}`;
  }
}

const KINDS: Readonly<Record<string, string>> = { string: "a text", array: "a list", object: "an object" };

/** `documents[3].date` */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}[${key}]` : `${name}.${String(key)}`),
    "",
  );
  return name.replace(/^\./, "") || "it";
}

const TAKES = 'It takes { "documents": [{ "path", "title", "date"?, "source"? }] }.';

/** Where a text stops being JSON, from 1: not every message of Node tells that. */
function lineOfError(json: string): number {
  const lines = json.split("\n");
  let [first, last] = [1, lines.length];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (mayGoOn(lines.slice(0, middle).join("\n"))) first = middle + 1;
    else last = middle;
  }
  return first;
}

/** Whether nothing is wrong so far, but that it ends too early. */
function mayGoOn(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: "" };
    // No text of JSON goes on in the next line.
    if (message.startsWith("Unterminated string")) return false;
    return message.startsWith("Unexpected end") || Number(/at position (\d+)/.exec(message)?.[1]) === json.length;
  }
}
