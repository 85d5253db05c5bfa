import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CorpusError } from "../errors.ts";
import type { IsoDate } from "../types.ts";
import { isoDate } from "./dates.ts";

export const METADATA_FILE = "documents.json";

/** What documents.json says of one file. */
export interface FileMetadata {
  readonly title: string;
  readonly date?: IsoDate | undefined;
  readonly source?: string | undefined;
}

const schema = z.strictObject({
  documents: z.array(
    z.strictObject({
      path: z.string().min(1),
      title: z.string().trim().min(1).max(500),
      date: z.string().refine(isIsoDate, "expected a date that exists: 1996-11-01, 1996-11 or 1996").optional(),
      source: z.string().trim().min(1).max(500).optional(),
    }),
  ),
});

function isIsoDate(value: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  return match !== null && isoDate(match[1], match[2], match[3]) === value;
}

/** The metadata in documents.json beside the files, by path; none where there is no such file. Throws CorpusError `bad-metadata`. */
export async function readMetadata(folder: string): Promise<ReadonlyMap<string, FileMetadata>> {
  let json: string;
  try {
    json = await readFile(join(folder, METADATA_FILE), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return new Map();
    throw badMetadata("it cannot be read", error);
  }
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch (error) {
    throw badMetadata(error instanceof Error ? error.message : "it is not JSON", error);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badMetadata(`${fieldName(issue?.path ?? [])}: ${issue?.message ?? "not as expected"}`, parsed.error);
  }
  const byPath = new Map<string, FileMetadata>();
  parsed.data.documents.forEach(({ path, title, date, source }, at) => {
    const key = path.replaceAll("\\", "/").replace(/^\.\//, "");
    if (byPath.has(key)) throw badMetadata(`documents[${at}].path: ${path} is named twice`, undefined);
    byPath.set(key, { title, ...(date !== undefined && { date }), ...(source !== undefined && { source }) });
  });
  return byPath;
}

/** `documents[3].date` */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}[${key}]` : `${name}.${String(key)}`),
    "",
  );
  return name.replace(/^\./, "") || "the whole";
}

function badMetadata(what: string, cause: unknown): CorpusError {
  const advice = 'It takes { "documents": [{ "path", "title", "date"?, "source"? }] }.';
  return new CorpusError("bad-metadata", `${METADATA_FILE} is not valid: ${what}`, advice, { cause });
}
