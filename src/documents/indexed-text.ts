import type { Document, Passage } from "../types.ts";
import { passageHeader } from "./header.ts";

/** What is embedded and indexed: the header, then on a line of its own the body. Never quoted. */
export function indexedText(document: Document, passage: Passage): string {
  return `${passageHeader(document, passage)}\n${indexedBody(passage)}`;
}

/** The passage with its wrapped lines joined. */
export function indexedBody({ text }: Passage): string {
  const joined = text.includes("\n") ? text.replace(/(\p{L})-\s*\n\s*(?=\p{L})/gu, "$1-") : text;
  // A single blank stands for itself: most are.
  return joined.replace(/[^\S ]\s*| \s+/g, " ");
}
