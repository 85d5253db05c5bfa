import type { Block, Reading } from "./blocks.ts";
import { joinCutSentences } from "./cut-sentences.ts";
import { bareDateline, datesIn, instrumentDate, runInDateline } from "./dates.ts";
import { furnitureOf } from "./furniture.ts";
import { type HeadingShape, headingShape } from "./headings.ts";
import { endsSentence, type Line, linesOf, normalise, type Span, wordCount } from "./lines.ts";
import { settleLists } from "./text-lists.ts";
import { numberTest } from "./text-numbers.ts";
import { chunksOf, isTable, type Piece, piecesOf, textOf } from "./text-pieces.ts";
import { type Opening, openingOf } from "./text-title.ts";

/** Reads plain text, from `from` on (front matter may stand before). */
export function readText(text: string, from = 0): Reading {
  const lines = linesOf(text).filter((line) => line.start >= from);
  const indexed = lines.map((line, index) => ({ ...line, index }));
  const leftOut = furnitureOf(indexed);
  const opening = openingOf(chunksOf(indexed, leftOut));
  for (const index of opening.leftOut) leftOut.add(index);
  leaveOutDatelines(indexed, leftOut, opening);
  const accepts = numberTest();
  const chunks = chunksOf(indexed, leftOut);
  const pieces = settleLists(chunks.flatMap((chunk) => piecesOf(chunk, accepts)));
  const blocks = joinCutSentences(text, blocksOf(pieces));
  const firstWords = pieces.find((piece) => !piece.alone);
  const runIn = firstWords ? runInDateline(textOf(firstWords.lines)) : null;
  const made = pieces.slice(0, NEAR_HEAD).map((piece) => instrumentDate(textOf(piece.lines)));
  return {
    blocks,
    title: opening.title,
    date: opening.date ?? runIn ?? made.find((date) => date !== null) ?? titleDate(opening.title),
  };
}

/** Where a contract says when it was made: in one of so many pieces. */
const NEAR_HEAD = 10;
/** How many pieces away a sibling may stand. */
const REACH = 40;

function titleDate(title: string | null): string | null {
  const dates = datesIn(title ?? "");
  return dates.length === 1 ? (dates[0] ?? null) : null;
}

/** Lines above the first paragraph that say the document's date again, or its title. */
function leaveOutDatelines(lines: readonly Line[], leftOut: Set<number>, opening: Opening): void {
  const title = opening.title === null ? null : normalise(opening.title);
  for (const line of lines) {
    if (line.content === "" || leftOut.has(line.index)) continue;
    const alone = (lines[line.index - 1]?.content ?? "") === "" && (lines[line.index + 1]?.content ?? "") === "";
    if (alone && title !== null && line.content.length < 250 && normalise(line.content) === title)
      leftOut.add(line.index);
    if (opening.date !== null && line.index <= opening.end && bareDateline(line.content) === opening.date)
      leftOut.add(line.index);
  }
}

function blocksOf(pieces: readonly Piece[]): Block[] {
  const headings: (HeadingShape | null)[] = pieces.map(() => null);
  // From the end: a line heads nothing when the next is a heading itself.
  for (let at = pieces.length - 1; at >= 0; at--) {
    const piece = pieces[at];
    if (piece) headings[at] = headingOf(piece, pieces[at - 1], pieces[at + 1], headings[at + 1] != null);
  }
  return pieces.map((piece, at): Block => {
    const span = spanOf(piece.lines);
    const shape = headings[at] ?? (hasHeadingSiblings(pieces, headings, at) ? headingShape(textOf(piece.lines)) : null);
    if (shape) {
      const { level, scope } = shape;
      return { kind: "heading", ...span, level, text: textOf(piece.lines), ...(scope && { scope }) };
    }
    const { detached } = piece;
    if (piece.bullet) return { kind: "item", ...span, detached };
    if (!piece.number && isTable({ lines: piece.lines, detached, underline: null }))
      return { kind: "verbatim", ...span, detached, rows: piece.lines.map(({ start, end }) => ({ start, end })) };
    return { kind: "paragraph", ...span, detached, ...(piece.number && { numbering: piece.number }) };
  });
}

function spanOf(lines: readonly Line[]): Span {
  return { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

/** A heading stands alone and has something below it that it heads. */
function headingOf(
  piece: Piece,
  before: Piece | undefined,
  next: Piece | undefined,
  nextIsHeading: boolean,
): HeadingShape | null {
  const content = textOf(piece.lines);
  if (isDivisionOverTitle(piece)) return headingShape(content);
  if (!piece.alone) return null;
  if (piece.underline !== null) return { level: piece.underline === "=" ? 1 : 2, strong: true };
  const shape = headingShape(content) ?? diaryDate(content);
  if (!shape || next === undefined) return null;
  const nextContent = textOf(next.lines);
  if (piece.number) {
    if (
      next.number &&
      next.number.parts.length <= piece.number.parts.length &&
      next.number.style === piece.number.style
    )
      return null;
    return shape;
  }
  if (shape.strong) return shape;
  if (nextIsHeading) return null;
  const closes =
    before !== undefined && /,$/.test(textOf(before.lines).slice(-1)) && wordCount(textOf(before.lines)) < 8;
  if (closes || (next.bullet && /:$/.test(content))) return null;
  const isBody =
    next.number !== null || next.bullet !== null || isTable({ lines: next.lines, detached: false, underline: null });
  return isBody || (wordCount(nextContent) >= 3 && endsSentence(nextContent)) || wordCount(nextContent) >= 14
    ? shape
    : null;
}

/** "Article 1" and on the line below "Definitions". */
function isDivisionOverTitle({ lines }: Piece): boolean {
  const [division, name] = lines;
  if (lines.length !== 2 || !division || !name) return false;
  return (
    /^\p{L}+\s[\divxlc.]{1,8}[.:]?$/iu.test(division.content) &&
    headingShape(division.content)?.strong === true &&
    headingShape(name.content) !== null
  );
}

/** "2 November 1996" above an entry of a diary. */
function diaryDate(content: string): HeadingShape | null {
  return bareDateline(content) === null ? null : { level: 9, strong: false };
}

/** "2. Apologies" with nothing below it, among numbered headings that have something: a heading all the same. */
function hasHeadingSiblings(pieces: readonly Piece[], headings: readonly (object | null)[], at: number): boolean {
  const own = pieces[at]?.number;
  if (!own || !pieces[at]?.alone || own.style === "bracketed") return false;
  const isSibling = (index: number): boolean =>
    pieces[index]?.number?.parts.length === own.parts.length && pieces[index]?.number?.style === own.style;
  let siblings = 0;
  let heading = 0;
  for (let index = Math.max(0, at - REACH); index <= at + REACH; index++) {
    if (index === at || !isSibling(index)) continue;
    siblings++;
    if (headings[index] != null) heading++;
  }
  return heading > siblings / 2;
}
