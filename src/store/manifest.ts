import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errno, IndexError } from "../errors.ts";

export const FORMAT = "pilcrow-index/1";
export const MANIFEST = "manifest.json";
export const REBUILD = "Run `pilcrow index --rebuild` to make it again from the documents.";

const Seal = z.object({ path: z.string(), bytes: z.int().nonnegative(), sha256: z.string() });

const ManifestSchema = z.object({
  format: z.literal(FORMAT),
  generation: z.string(),
  /** The one before, kept for readers that are still opening it. */
  previous: z.string().nullable(),
  createdAt: z.string(),
  embedder: z.object({
    id: z.string(),
    dimension: z.int().positive(),
    hash: z.string(),
    details: z.record(z.string(), z.string()).optional(),
  }),
  rules: z.string(),
  documents: z.int().nonnegative(),
  passages: z.int().nonnegative(),
  failures: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  files: z.object({ documents: Seal, record: Seal, vectors: Seal, postings: Seal }),
});

/** Names the newest complete index and seals every file of it. Replaced in one step; nothing else is ever rewritten. */
export type Manifest = z.infer<typeof ManifestSchema>;

const GENERATION_FOLDER = /^generation-(\d{8}T\d{9}-[0-9a-f]{8})$/;

export function newGeneration(now: Date): string {
  const random = crypto.getRandomValues(Buffer.alloc(4)).toString("hex");
  return `${now.toISOString().replace(/[-:.Z]/g, "")}-${random}`;
}

export function generationFolder(generation: string): string {
  return `generation-${generation}`;
}

/** The generations that have a folder, complete or not. */
export async function generationsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errno(error) === "ENOENT") return [];
    throw error;
  });
  return names.flatMap((name) => GENERATION_FOLDER.exec(name)?.[1] ?? []);
}

/**
 * null where the folder has none. Throws IndexError: `index-foreign` for a manifest.json that is not ours, `index-damaged`
 * for one that was, `index-mismatch` for another version's.
 */
export async function readManifest(folder: string): Promise<Manifest | null> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), "utf8");
  } catch (cause) {
    const code = errno(cause);
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR")
      throw new IndexError("index-unwritable", "The index folder is not a folder", PICK, { cause });
    if (code === "EISDIR") throw foreign("is a folder");
    throw new IndexError("index-damaged", `The file ${MANIFEST} of the index cannot be read (${code})`, PICK, {
      cause,
    });
  }
  const value = parse(text);
  const result = ManifestSchema.safeParse(value);
  if (result.success) return result.data;
  const format = typeof value === "object" && value !== null ? Reflect.get(value, "format") : null;
  if (typeof format === "string" && format.startsWith("pilcrow-index/") && format !== FORMAT) {
    throw new IndexError(
      "index-mismatch",
      `The index has the format ${format}, this Pilcrow writes ${FORMAT}`,
      REBUILD,
    );
  }
  if (format !== FORMAT && (await generationsIn(folder)).length === 0) throw foreign("was not written by Pilcrow");
  throw new IndexError("index-damaged", `The file ${MANIFEST} of the index is damaged`, REBUILD, {
    cause: result.error,
  });
}

const PICK = "Choose another folder with --index (PILCROW_INDEX).";

function foreign(why: string): IndexError {
  return new IndexError("index-foreign", `The index folder has a ${MANIFEST} that ${why}; it is left as it is`, PICK);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
