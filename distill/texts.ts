import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { UsageError } from "../src/errors.ts";

/** A file of text to learn from, as the model card names it. */
export interface TextFile {
  readonly name: string;
  /** SHA-256, in hex, of the file's own bytes. */
  readonly hash: string;
  readonly lines: number;
}

export interface Texts {
  readonly files: readonly TextFile[];
  /** Each text once, in the order of the files. */
  readonly texts: readonly string[];
}

/** Reads files of UTF-8 with one text a line, packed by gzip where the name ends in .gz. Throws UsageError. */
export async function readTexts(paths: readonly string[]): Promise<Texts> {
  const files: TextFile[] = [];
  const texts = new Set<string>();
  for (const path of paths) {
    const { bytes, text } = await readText(path);
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    const kept = lines.filter((line) => line !== "");
    for (const line of kept) texts.add(line);
    files.push({
      name: basename(path),
      hash: createHash("sha256").update(bytes).digest("hex"),
      lines: kept.length,
    });
  }
  if (texts.size === 0) throw new UsageError("no-text", `there is no text in ${paths.join(", ")}`);
  return { files, texts: [...texts] };
}

async function readText(path: string): Promise<{ bytes: Buffer; text: string }> {
  try {
    const bytes = await readFile(path);
    const plain = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    return { bytes, text: new TextDecoder("utf-8", { fatal: true }).decode(plain) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError("unreadable-text", `${path} cannot be read: ${why}`, "It takes UTF-8, a text a line.", {
      cause,
    });
  }
}
