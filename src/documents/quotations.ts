import type { Span } from "./lines.ts";

/** A longer one is taken for a mark that nobody closed, so that an inch or a slip does not swallow a paragraph. */
const LONGEST = 400;
const MARK = /["“”„«»'‘’]/gu;
const DOUBLE: Readonly<Record<string, string>> = { "“": "”", "„": "“”", "«": "»", '"': '"' };

/**
 * The quotations of a stretch of text, from their opening mark to behind the closing one, those within others left out.
 * An opening mark that another follows before any closing one opens nothing.
 */
export function quotationsIn(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let reached = start;
  // The stretch alone is searched: a text of many stretches would be read to its end for each.
  for (const { index } of text.slice(start, end).matchAll(MARK)) {
    const open = start + index;
    if (open < reached) continue;
    const closing = closingMark(text, open, Math.min(end, open + LONGEST));
    if (closing === null) continue;
    reached = closing + 1;
    found.push({ start: open, end: reached });
  }
  return found;
}

function closingMark(text: string, open: number, end: number): number | null {
  const mark = text.charAt(open);
  const closers = DOUBLE[mark];
  if (mark === '"' ? !opensAt(text, open) : closers === undefined && !opensSpeech(text, open)) return null;
  for (let at = open + 1; at < end; at++) {
    const character = text.charAt(at);
    if (closers === undefined) {
      if (!/['‘’]/.test(character)) continue;
      if (closesSpeech(text, at)) return at;
      if (opensSpeech(text, at)) return null;
    } else if (closers.includes(character) && (mark !== '"' || closesAt(text, at))) return at;
    else if (character === mark && (mark !== '"' || opensAt(text, at))) return null;
  }
  return null;
}

/** A mark that looks both ways opens where a blank or a bracket stands before it. */
function opensAt(text: string, at: number): boolean {
  return /^$|[\s([{/—–-]/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at + 1));
}

function closesAt(text: string, at: number): boolean {
  return /\S/.test(text.charAt(at - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1));
}

/** An apostrophe is the same mark: it opens before a capital ("'tis" does not), */
function opensSpeech(text: string, at: number): boolean {
  return /['‘]/.test(text.charAt(at)) && opensAt(text, at) && /\p{Lu}/u.test(text.charAt(at + 1));
}

/** and closes where it is none of "the boys' boat". */
function closesSpeech(text: string, at: number): boolean {
  return /['’]/.test(text.charAt(at)) && closesAt(text, at) && text.charAt(at - 1) !== "s";
}
