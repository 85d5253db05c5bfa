import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { errno, IndexError } from "../errors.ts";
import { syncFolder, writeNew } from "./durable.ts";

export const FORMAT = "pilcrow-index/2";
/** Formats of earlier versions: such an index is made anew without asking. */
const EARLIER = ["pilcrow-index/1"];
export const MANIFEST = "manifest.json";
/** Names the segments of the index that is being made to take the place of the current one, like that one's manifest. */
export const REPLACEMENT = "manifest-replacement.json";
export type ManifestFile = typeof MANIFEST | typeof REPLACEMENT;
export const REINDEX = "Run `pilcrow index`, which makes that part again from the documents.";
const REBUILD = "Run `pilcrow index --rebuild` to make it again from the documents.";

const Seal = z.object({ bytes: z.int().nonnegative(), crc: z.int().nonnegative() });
const State = z.object({ hash: z.string(), listed: z.string(), stamp: z.string() });

const Segment = z.object({
  id: z.string(),
  documents: z.int().nonnegative(),
  passages: z.int().nonnegative(),
  /** Positions, ascending, of its documents that have been deleted since it was written. */
  deleted: z.array(z.int().nonnegative()),
  files: z.object({ documents: Seal, texts: Seal, record: Seal, packed: Seal, postings: Seal }),
});

const ManifestSchema = z.object({
  format: z.literal(FORMAT),
  generation: z.string(),
  createdAt: z.string(),
  embedder: z.object({
    id: z.string(),
    dimension: z.int().positive(),
    hash: z.string(),
    details: z.record(z.string(), z.string()).optional(),
  }),
  rules: z.string(),
  corpus: z.string().optional(),
  segments: z.array(Segment),
  failures: z.array(z.object({ path: z.string(), code: z.string(), message: z.string(), state: z.nullable(State) })),
});

/** Names the segments of the newest complete index and seals every file of them. Replaced in one step, and the only file that is. */
export type Manifest = z.infer<typeof ManifestSchema>;
export type ManifestSegment = z.infer<typeof Segment>;

/** Of segments, and of the generations that earlier versions wrote. */
const OURS = /^(?:segment|generation)-\d{8}T\d{9}-[0-9a-f]{8}$/;
/** A file of a segment that was made again and not yet put in its place. */
const ASIDE_FILE = /^(?:packed\.i8|postings\.bin)\.[0-9a-f-]{36}$/;
const ASIDE = /^manifest-\d{8}T\d{9}-[0-9a-f]{8}\.tmp$/;

/** A name that no other has: the time and a random number. */
export function newId(now: Date): string {
  return `${now.toISOString().replace(/[-:.Z]/g, "")}-${randomBytes(4).toString("hex")}`;
}

export function segmentFolder(id: string): string {
  return `segment-${id}`;
}

/**
 * Puts a manifest in the place of the old one: written aside, flushed, and renamed. `check` is called right before that
 * one step, and may stop it. The folder is still to be flushed; when this fails, the old one is in its place.
 */
export async function replaceManifest(
  folder: string,
  manifest: Manifest,
  check: () => Promise<void>,
  file: ManifestFile = MANIFEST,
): Promise<void> {
  const aside = join(folder, `manifest-${manifest.generation}.tmp`);
  const body = sealedPart(manifest);
  try {
    await writeNew(aside, [`${body.slice(0, -1)},"seal":${crc32(body)}}\n`]);
    await syncFolder(folder);
    await check();
    await rename(aside, join(folder, file));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** All but the seal, the keys in the order of the schema. */
function sealedPart(manifest: Manifest): string {
  return JSON.stringify(ManifestSchema.parse(manifest));
}

/** Removes what no reader can come to any more: segments that the manifest does not name, and what dead writers left. */
export async function removeAllBut(folder: string, { segments }: Pick<Manifest, "segments">): Promise<void> {
  const kept = new Set(segments.map(({ id }) => segmentFolder(id)));
  for (const name of await namesIn(folder)) {
    if ((OURS.test(name) && !kept.has(name)) || ASIDE.test(name))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes what a process left that died while it put a file back. */
export async function removePartsIn(folder: string, { segments }: Pick<Manifest, "segments">): Promise<void> {
  for (const { id } of segments) {
    const within = join(folder, segmentFolder(id));
    for (const name of await namesIn(within)) if (ASIDE_FILE.test(name)) await rm(join(within, name), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (errno(error) === "ENOENT") return [];
    throw error;
  });
}

/**
 * null where the folder has none. Throws IndexError: `index-foreign` for a manifest.json that is not ours, `index-damaged`
 * for one that was, `index-outdated` for an earlier version's, `index-mismatch` for a later one's and `index-unreadable`
 * where the system does not let it be read.
 */
export async function readManifest(folder: string, file: ManifestFile = MANIFEST): Promise<Manifest | null> {
  let text: string;
  try {
    text = await readFile(join(folder, file), "utf8");
  } catch (cause) {
    const code = errno(cause);
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR")
      throw new IndexError("index-unwritable", "The index folder is not a folder", PICK, { cause });
    if (code === "EISDIR") throw foreign("is a folder");
    throw unreadable(file, cause);
  }
  const value = parse(text);
  const result = ManifestSchema.safeParse(value);
  if (result.success && field(value, "seal") === crc32(sealedPart(result.data))) return result.data;
  const format = field(value, "format");
  if (typeof format === "string" && format !== FORMAT && format.startsWith("pilcrow-index/")) throw otherFormat(format);
  if (format !== FORMAT && !(await namesIn(folder)).some((name) => OURS.test(name)))
    throw foreign("was not written by Pilcrow");
  const advice = "Run `pilcrow index`, which makes the index anew from the documents.";
  throw new IndexError("index-damaged", `The file ${file} of the index is damaged`, advice, { cause: result.error });
}

/** A file that the system does not give: what it holds may be as good as ever, so that nothing is thrown away for it. */
export function unreadable(file: string, cause: unknown): IndexError {
  const message = `The file ${file} of the index cannot be read (${errno(cause)})`;
  const advice = "Nothing of the index was changed. Mend what hinders it, and try again.";
  return new IndexError("index-unreadable", message, advice, { cause });
}

function otherFormat(format: string): IndexError {
  const message = `The index has the format ${format}, this Pilcrow writes ${FORMAT}`;
  return EARLIER.includes(format)
    ? new IndexError("index-outdated", message, "Run `pilcrow index` to make it anew.")
    : new IndexError("index-mismatch", message, REBUILD);
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

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
