import type { Document, Passage } from "../types.ts";
import { passageHeader } from "./header.ts";

/** What is embedded and indexed: the header, then the passage with its wrapped lines joined. Never quoted. */
export function indexedText(document: Document, passage: Passage): string {
  const joined = passage.text.replace(/(\p{L})-\s*\n\s*(?=\p{L})/gu, "$1-").replace(/\s+/g, " ");
  return `${passageHeader(document, passage)}\n${joined}`;
}
