import { type Line, linesOf, type Span } from "./lines.ts";
import { isFence } from "./marks.ts";
import { leadingMark, splitSentences } from "./sentences.ts";

/** A sentence that ends in a colon and what it introduces, by offsets into the text; items stand without their marks. */
export interface IntroducedList {
  readonly intro: Span;
  readonly items: readonly Span[];
}

const INTRODUCES = /:[*_]{0,3}$/;
/** Indented lines shorter than this are one item each; longer ones are a paragraph that is wrapped. */
const SHORT = 60;

/**
 * The lists of a passage that a line ending in a colon introduces: numbered, lettered or bulleted items, a block of code
 * (one item, without its fences), or indented lines. An item of one list may itself introduce another.
 */
export function listOf(text: string): IntroducedList[] {
  const lines = linesOf(text);
  const sentences = splitSentences(text);
  const found: IntroducedList[] = [];
  let next = 0;
  lines.forEach((line, at) => {
    if (!INTRODUCES.test(line.content)) return;
    const items = itemsAfter(lines, at);
    if (items.length === 0) return;
    while (next < sentences.length && (sentences[next]?.end ?? 0) < line.end) next++;
    const sentence = Math.min(sentences[next]?.start ?? line.start, line.end);
    const before = found.at(-1)?.items.at(-1)?.end ?? 0;
    const start = sentence < before && before <= line.start ? line.start : sentence;
    found.push({ intro: { start, end: line.end }, items });
  });
  return found;
}

function itemsAfter(lines: readonly Line[], intro: number): Span[] {
  let from = intro + 1;
  while (lines[from]?.content === "") from++;
  const [own, first] = [lines[intro], lines[from]];
  if (!own || !first) return [];
  if (isFence(first.content)) return codeFrom(lines, from);
  const mark = leadingMark(first.content);
  // "- Ann:" and below it "- Bob:" are two items of one list.
  if (mark)
    return mark.kind === leadingMark(own.content)?.kind && first.indent <= own.indent ? [] : markedFrom(lines, from);
  return first.indent > own.indent ? indentedFrom(lines, from) : [];
}

/** What stands between two fences. */
function codeFrom(lines: readonly Line[], from: number): Span[] {
  const fence = lines[from]?.content.slice(0, 3) ?? "";
  const close = lines.findIndex((line, at) => at > from && line.content.startsWith(fence));
  return spanOf(lines.slice(from + 1, close < 0 ? lines.length : close));
}

/** Items with one kind of mark; what is marked otherwise and stands further in belongs to the item above it. */
function markedFrom(lines: readonly Line[], from: number): Span[] {
  const kind = leadingMark(lines[from]?.content ?? "")?.kind;
  const indent = lines[from]?.indent ?? 0;
  const items: { start: number; end: number }[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (!line || line.content === "") continue;
    const mark = leadingMark(line.content);
    const last = items.at(-1);
    if (mark && mark.kind === kind && line.indent <= indent + 1) {
      if (line.indent < indent - 1) break;
      items.push({ start: line.start + mark.length, end: line.end });
    } else {
      // A line that introduces the next list is not the end of an item that is wrapped.
      const parted = lines[at - 1]?.content === "" || mark !== null || INTRODUCES.test(line.content);
      if (!last || line.indent < indent || (parted && line.indent <= indent)) break;
      last.end = line.end;
    }
  }
  return items.filter(({ start, end }) => start < end);
}

function indentedFrom(lines: readonly Line[], from: number): Span[] {
  const indent = lines[from]?.indent ?? 0;
  const end = lines.findIndex((line, at) => at > from && line.content !== "" && line.indent < indent);
  const own = lines.slice(from, end < 0 ? lines.length : end).filter((line) => line.content !== "");
  return own.every((line) => line.content.length < SHORT) ? own.map(({ start, end }) => ({ start, end })) : spanOf(own);
}

/** All of the lines as one span; none where all are blank. */
function spanOf(lines: readonly Line[]): Span[] {
  const filled = lines.filter((line) => line.content !== "");
  const [first, last] = [filled[0], filled.at(-1)];
  return first && last ? [{ start: first.start, end: last.end }] : [];
}
