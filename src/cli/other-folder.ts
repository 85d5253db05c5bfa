import { IndexError } from "../errors.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { Check } from "../types.ts";
import { count } from "./text.ts";

/**
 * Throws IndexError where the folder has no document of the index: what was found, or not, would be told of other
 * documents. `checks` are those of the passages to be shown; where one still stands in its file, no more is looked at.
 */
export async function requireSameFolder(pilcrow: Pilcrow, checks: readonly Check[]): Promise<void> {
  if (checks.some((check) => check !== "not-found")) return;
  const { documents, pending, corpus } = await pilcrow.status();
  if (pending === null || documents === 0 || pending.removed < documents || pending.renamed > 0) return;
  throw new IndexError(
    "index-of-other-documents",
    `none of what the index holds (${count(documents, "document")}) is in ${corpus}`,
    "Name the folder it was made from with --corpus, or another index with --index.",
  );
}
