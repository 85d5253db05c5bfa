import { parse } from "yaml";
import { DocumentError } from "../errors.ts";
import type { IsoDate } from "../types.ts";
import { writtenDate } from "./dates.ts";

/** What a file says of itself. A date that cannot be read counts as none. */
export interface FrontMatter {
  readonly title: string | null;
  readonly date: IsoDate | null;
  readonly source: string | null;
}

const NONE: FrontMatter = { title: null, date: null, source: null };
const OPENING = /^---[ \t]*(?:\r\n|\n|\r)/;
const CLOSING = /(?:^|\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r\n|\n|\r|$)/;
const MOST_CHARACTERS = 64_000;

/** YAML between two lines of `---` at a file's very start, and where the text goes on. Throws DocumentError when strict. */
export function frontMatterOf(
  text: string,
  rule: "lenient" | "strict",
): { readonly fields: FrontMatter; readonly end: number } {
  const none = { fields: NONE, end: 0 };
  const opening = OPENING.exec(text.slice(0, 200));
  if (!opening) return none;
  const rest = text.slice(opening[0].length, opening[0].length + MOST_CHARACTERS);
  const closing = CLOSING.exec(rest);
  // Without a field there is no front matter: the lines are rules around a text.
  if (!closing || !/^[\w-]+\s*:/m.test(rest.slice(0, closing.index))) return none;
  let value: unknown;
  try {
    value = parse(rest.slice(0, closing.index), { maxAliasCount: 20, logLevel: "error" });
  } catch (error) {
    if (rule === "lenient") return none;
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    const message = `the front matter is not valid YAML: ${reason.replace(/[\s:]+$/, "")}`;
    throw new DocumentError("bad-front-matter", message, "Correct it, or take it out.", { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return none;
  const fields = new Map<string, unknown>(Object.entries(value).map(([key, field]) => [key.toLowerCase(), field]));
  const date = word(fields.get("date"));
  return {
    fields: {
      title: word(fields.get("title")),
      date: date === null ? null : writtenDate(date),
      source: word(fields.get("source")) ?? word(fields.get("publisher")),
    },
    end: opening[0].length + closing.index + closing[0].length,
  };
}

function word(value: unknown): string | null {
  const text =
    typeof value === "string" ? value.replace(/\s+/g, " ").trim() : typeof value === "number" ? String(value) : "";
  return text === "" ? null : text;
}
