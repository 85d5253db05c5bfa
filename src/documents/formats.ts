import type { Reading } from "./blocks.ts";
import { type Decoded, detectAndDecode } from "./decode.ts";
import { type FrontMatter, frontMatterOf } from "./front-matter.ts";
import { readMarkdown } from "./markdown.ts";
import { readText } from "./text.ts";

/** What a format makes of a file's bytes. */
export interface ParsedFile extends Decoded, Reading {
  /** What the file says of itself in fields of its own: front matter, HTML meta, PDF info. */
  readonly fields: FrontMatter;
}

/** One file format. A new one is added to the list below. */
export interface Format {
  readonly mediaType: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Throws DocumentError. */
  parse(bytes: Uint8Array): ParsedFile;
}

const FORMATS: readonly Format[] = [
  {
    mediaType: "text/plain",
    extensions: [".txt", ".text"],
    parse: (bytes) => parseText(bytes, readText, "lenient"),
  },
  {
    mediaType: "text/markdown",
    extensions: [".md", ".markdown"],
    parse: (bytes) => parseText(bytes, readMarkdown, "strict"),
  },
];

/** Plain text may begin with what only looks like front matter; there it is text when it is not valid. */
function parseText(
  bytes: Uint8Array,
  read: (text: string, from: number) => Reading,
  rule: "lenient" | "strict",
): ParsedFile {
  const decoded = detectAndDecode(bytes);
  const { fields, end } = frontMatterOf(decoded.text, rule);
  return { ...decoded, ...read(decoded.text, end), fields };
}

const EXTENSIONS = FORMATS.flatMap((format) => format.extensions);

/** What is said, after its path, of a file of another type. */
export const NOT_READ = `is of a type that is not read (${EXTENSIONS.slice(0, -1).join(", ")} and ${EXTENSIONS.at(-1)} are)`;

/** The format of a file, by its extension. */
export function formatOf(path: string): Format | null {
  const extension = /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? "";
  return FORMATS.find((format) => format.extensions.includes(extension)) ?? null;
}

export function isSupported(path: string): boolean {
  return formatOf(path) !== null;
}
