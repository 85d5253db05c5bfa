import type { IsoDate } from "../types.ts";
import { bareDateline, datesIn, mailDate } from "./dates.ts";
import { isAddress, isCapitals, isField, isTitleLike } from "./headings.ts";
import { endsSentence, type Line, widthOf, wordCount } from "./lines.ts";
import { bulletMark, numberMark } from "./marks.ts";
import { breaksDeliberately, type Chunk, textOf } from "./text-pieces.ts";

/** What stands above a text's first paragraph. */
export interface Opening {
  readonly title: string | null;
  readonly date: IsoDate | null;
  /** Indices of the lines that became the title. */
  readonly leftOut: readonly number[];
  /** Index of the last line above the first paragraph; -1 where there is none. */
  readonly end: number;
}

const MOST_CHUNKS = 14;
const SUBJECT = /^(?:subject|re|title)\s?:\s{0,8}(\S.{2,200})$/i;

/** Finds the title and the date that a text opens with. */
export function openingOf(chunks: readonly Chunk[]): Opening {
  const above = leadingChunks(chunks);
  const lines = above.flatMap((chunk) => chunk.lines);
  const date =
    mailDate((chunks[0]?.lines ?? []).map((line) => line.content)) ?? (isDiary(chunks) ? null : openingDate(lines));
  const end = lines.at(-1)?.index ?? -1;
  const subject = chunks
    .slice(0, MOST_CHUNKS)
    .flatMap((chunk) => chunk.lines)
    .map((line) => SUBJECT.exec(line.content)?.[1]);
  const said = subject.find((title) => title !== undefined);
  if (said !== undefined) return { title: said, date, leftOut: [], end };
  const titleLines = titleOf(chunks);
  const title = titleLines.length > 0 ? textOf(titleLines) : null;
  return { title, date, leftOut: titleLines.map((line) => line.index), end };
}

/** Up to the first chunk that reads like a paragraph. */
function leadingChunks(chunks: readonly Chunk[]): Chunk[] {
  const above: Chunk[] = [];
  for (const chunk of chunks.slice(0, MOST_CHUNKS)) {
    const content = textOf(chunk.lines);
    const isParagraph = (endsSentence(content) && wordCount(content) >= 8) || wordCount(content) >= 60;
    const opens = chunk.lines[0]?.content ?? "";
    if (isParagraph || numberMark(opens) || bulletMark(opens)) {
      above.push({ ...chunk, lines: datelinesAtTop(chunk) });
      break;
    }
    above.push(chunk);
  }
  return above;
}

/** A dateline may stand right on the first paragraph. */
function datelinesAtTop({ lines }: Chunk): readonly Line[] {
  const end = lines.findIndex((line) => bareDateline(line.content) === null);
  return end < 0 ? lines : lines.slice(0, end);
}

function openingDate(lines: readonly Line[]): IsoDate | null {
  for (const line of lines) {
    const date = bareDateline(line.content);
    if (date !== null) return date;
  }
  const dates = datesIn(lines.map((line) => line.content).join("\n"));
  return dates.length === 1 ? (dates[0] ?? null) : null;
}

/** Dates that head entries are not the document's own. */
function isDiary(chunks: readonly Chunk[]): boolean {
  const dates = new Set<IsoDate>();
  for (const { lines } of chunks) {
    const [first] = lines;
    const date = first ? bareDateline(first.content) : null;
    if (date !== null) dates.add(date);
  }
  return dates.size > 1;
}

/** The lines of the title: in the first chunk that is not a date, and only where something follows. */
function titleOf(chunks: readonly Chunk[]): readonly Line[] {
  const at = chunks.findIndex((chunk) => !chunk.lines.every((line) => bareDateline(line.content) !== null));
  const chunk = chunks[at];
  if (!chunk || chunk.lines.some((line) => isAddress(line.content) && !/^\d{4}\b/.test(line.content))) return [];
  const lines = chunk.lines.filter((line) => bareDateline(line.content) === null);
  const [first, second] = lines;
  if (!first || (chunks.length === at + 1 && lines.length === 1)) return [];
  if (!second) return isTitleLike(first.content) ? lines : [];
  if (lines.length <= 4 && isTitleLike(textOf(lines)) && lines.every(couldBeTitle) && isSetAsOne(lines)) return lines;
  const width = Math.max(60, widthOf(lines));
  const stands =
    isTitleLike(first.content) && wordCount(first.content) >= 2 && breaksDeliberately(first, second, width);
  return stands && /^[\p{Lu}\d(*"“]/u.test(second.content) ? [first] : [];
}

function couldBeTitle(line: Line): boolean {
  return (
    !isField(line.content) && !numberMark(line.content) && !bulletMark(line.content) && !/[.;:]$/.test(line.content)
  );
}

/** Centred, or all in capitals. */
function isSetAsOne(lines: readonly Line[]): boolean {
  const indents = new Set(lines.map((line) => line.indent));
  const centred = lines.every((line) => line.indent >= 4) && indents.size === lines.length;
  return centred || lines.every((line) => isCapitals(line.content));
}
