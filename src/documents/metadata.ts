import type { IsoDate } from "../types.ts";
import type { FileMetadata } from "./corpus-metadata.ts";
import { dateInWords, fileNameDate } from "./dates.ts";
import type { ParsedFile } from "./formats.ts";

/** Title, date and source, each from the strongest that has it: the file's fields, documents.json, its name, its text. */
export function metadataOf(
  path: string,
  file: Pick<ParsedFile, "fields" | "title" | "date">,
  listed: FileMetadata | undefined,
): { readonly title: string; readonly date: IsoDate | null; readonly source: string | null } {
  const name = (path.split("/").at(-1) ?? path).replace(/\.[^.]+$/, "");
  return {
    title: file.fields.title ?? listed?.title ?? file.title ?? readableName(name),
    date: file.fields.date ?? listed?.date ?? finer(fileNameDate(name), file.date),
    source: file.fields.source ?? listed?.source ?? null,
  };
}

/** A year or month in the file's name is made exact by a date of that year or month in its text. */
function finer(named: IsoDate | null, written: IsoDate | null): IsoDate | null {
  return named !== null && written?.startsWith(named) !== true ? named : written;
}

/** "2019-06-04_town-council" gives "Town council"; a name that is a date gives the date in words. */
export function readableName(name: string): string {
  const date = fileNameDate(name);
  const rest = date === null ? name : name.replace(/^[\d_.-]{4,10}(?=[-_\s]|$)/, "");
  // Between digits a hyphen is part of a number or of a date that can be read two ways.
  const words = rest.replace(/(?:(?<!\d)[-_]|[-_](?!\d)|\s)+/g, " ").trim();
  if (words === "") return date === null ? name : dateInWords(date);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
