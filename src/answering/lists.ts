import { listOf } from "../documents/lists.ts";
import type { Quote } from "./answerer.ts";

/** A list that is longer than this many characters is not quoted whole; its first items are. */
const LONGEST_LIST = 600;

/**
 * The quotes that a sentence needs to be understood: a line that introduces a list comes with the list, and an item
 * with the line that introduces it. Offsets are into the document's text.
 */
export function withItsList({ source, start, end }: Quote): Quote[] {
  const offset = source.passage.start;
  for (const { intro, items } of listOf(source.passage.text)) {
    if (start < offset + intro.end && end >= offset + intro.end) {
      const last = items.findLast((item) => item.end - intro.start <= LONGEST_LIST);
      return [{ source, start, end: Math.max(end, offset + (last?.end ?? intro.end)) }];
    }
    if (items.some((item) => start >= offset + item.start && end <= offset + item.end)) {
      return [
        { source, start: offset + intro.start, end: offset + intro.end },
        { source, start, end },
      ];
    }
  }
  return [{ source, start, end }];
}

/** The quotes' own words, each run of white space as one blank. */
export function wordsOf(quotes: readonly Quote[]): string {
  return quotes.map(({ source, start, end }) => source.document.text.slice(start, end).replace(/\s+/g, " ")).join(" ");
}

/** Whether the first quote holds the second. */
export function covers(a: Quote, b: Quote): boolean {
  return a.source.document === b.source.document && a.start <= b.start && b.end <= a.end;
}
