import type { Document } from "../types.ts";
import type { Reading } from "./reading.ts";
import type { RankedPassage } from "./retriever.ts";
import { terms } from "./tokenize.ts";

/** How far into a file the head of an e-mail reaches, in characters. */
const HEAD = 1000;
const senders = new WeakMap<Document, ReadonlySet<string>>();

/**
 * The passages without those in which somebody whom the question names only quotes another, as an answer to an e-mail
 * does ("> ..."): what the other wrote is nothing that the sender said. All of them where nothing else is left.
 */
export function withoutQuotedMail(reading: Reading, passages: readonly RankedPassage[]): readonly RankedPassage[] {
  const asked = reading.terms.filter(({ named }) => named).map(({ term }) => term);
  const kept = passages.filter(({ passage: { start, text }, document }) => {
    if (!isQuoted(document.text, start, text)) return true;
    const meant = asked.filter((term) => senderOf(document).has(term));
    const said = new Set(terms(text));
    return meant.length === 0 || meant.some((term) => said.has(term));
  });
  return kept.length > 0 ? kept : passages;
}

/** Whether a line of the passage begins with ">", its first one included. */
function isQuoted(text: string, start: number, passage: string): boolean {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^\s*>/.test(line) || /^[ \t]*>/m.test(passage);
}

/** The words of the name in "From: Petra Voss <...>", where a head of an e-mail is; empty elsewhere. */
function senderOf(document: Document): ReadonlySet<string> {
  const known = senders.get(document);
  if (known !== undefined) return known;
  const head = document.text.slice(0, HEAD);
  const name = /^(?:to|subject|date|sent):/im.test(head) ? /^from:[ \t]*([^<\r\n]+)/im.exec(head)?.[1] : undefined;
  const made = new Set(name === undefined ? [] : terms(name));
  senders.set(document, made);
  return made;
}
