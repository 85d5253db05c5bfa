import { endsSentence, type Line } from "./lines.ts";
import { follows, type NumberMark, type NumberStyle } from "./marks.ts";
import type { NumberTest } from "./text-pieces.ts";

interface Open {
  readonly mark: NumberMark;
  readonly line: Line;
}

/**
 * Tells a paragraph's number from a wrapped line that happens to begin with one. After a blank line a number is taken;
 * in the middle of a chunk it must be the next one, and the line above must end like the end of a paragraph.
 */
export function numberTest(): NumberTest {
  const open = new Map<NumberStyle, Open>();
  return (mark, line, previous) => {
    const last = open.get(mark.style) ?? null;
    const accepted = previous === null ? opensChunk(mark, last) : goesOn(mark, line, previous, last);
    if (accepted) open.set(mark.style, { mark, line });
    return accepted;
  };
}

function opensChunk(mark: NumberMark, last: Open | null): boolean {
  // "2.30 The meeting resumed" after item 7 is a time, not a number of the document.
  if (mark.parts.length === 1) return true;
  return (
    follows(mark.parts, last?.mark.parts ?? null) ||
    last === null ||
    mark.parts[0] === last.mark.parts[0] ||
    mark.parts[0] === (last.mark.parts[0] ?? 0) + 1
  );
}

function goesOn(mark: NumberMark, line: Line, previous: Line, last: Open | null): boolean {
  const starts = mark.parts.every((part) => part === 1);
  if (starts && (endsSentence(previous.content) || previous.content.length < 60)) return true;
  if (!last || !follows(mark.parts, last.mark.parts)) return false;
  if (endsSentence(previous.content)) return true;
  const hangs = line.indent <= last.line.indent && previous.indent > line.indent;
  const isOneLine = previous.index === last.line.index && previous.content.length < 60;
  return hangs || isOneLine;
}
