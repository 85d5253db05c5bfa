import { dateInWords } from "../documents/dates.ts";
import type { Document } from "../types.ts";

/** How every refusal about the documents begins. */
export const LEAD = "The documents do not say.";

/** "a, b and c"; with `most`, "a, b and 4 more". */
export function list(items: readonly string[], conjunction: "and" | "or" = "and", most = items.length): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${conjunction} ${shown.at(-1)}`;
}

/** "1 document, of 7 February 2017"; "3 documents, of 1996 to 2017"; "2 documents" where they have no date. */
export function countOf(documents: readonly Document[]): string {
  const dates = documents.flatMap(({ date }) => (date === null ? [] : [date])).sort();
  const count = documents.length === 1 ? "1 document" : `${documents.length} documents`;
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return count;
  if (documents.length === 1) return `${count}, of ${dateInWords(first)}`;
  return `${count}, of ${first.slice(0, 4)}${first.slice(0, 4) === last.slice(0, 4) ? "" : ` to ${last.slice(0, 4)}`}`;
}

export const quoted = (word: string) => `“${word}”`;
