import { isRule } from "./furniture.ts";
import { headingShape } from "./headings.ts";
import { collapse, endsSentence, type Line, widthOf, wordCount } from "./lines.ts";
import { type BulletMark, bulletMark, type NumberMark, numberMark } from "./marks.ts";

/** Lines without a blank one between them. */
export interface Chunk {
  readonly lines: readonly Line[];
  /** Whether something that is left out stands directly above. */
  readonly detached: boolean;
  /** Underlined, as a heading is; the stroke's character. */
  readonly underline: string | null;
}

/** A part of a chunk that one mark opens. */
export interface Piece {
  readonly lines: readonly Line[];
  readonly number: NumberMark | null;
  readonly bullet: BulletMark | null;
  /** Whether it begins its chunk: after a blank line or after what is left out. */
  readonly first: boolean;
  readonly detached: boolean;
  /** One line, by itself or set off from the rest by a mark or a deliberate line break. */
  readonly alone: boolean;
  readonly underline: string | null;
}

/** Groups lines into chunks; furniture and rules part them, and a rule under a single line underlines it. */
export function chunksOf(lines: readonly Line[], leftOut: ReadonlySet<number>): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Line[] = [];
  let detached = false;
  const close = (underline: string | null): void => {
    if (open.length > 0) {
      chunks.push({ lines: open, detached, underline });
      detached = false;
    }
    open = [];
  };
  for (const line of lines) {
    if (leftOut.has(line.index)) {
      close(null);
      detached = true;
    } else if (isRule(line.content)) {
      const only = open[0];
      // A rule below the head of a table underlines no heading, and does not part the head from its rows.
      if (open.length === 1 && only && CELLS_APART.test(only.content)) continue;
      const underlines = open.length === 1 && only && Math.abs(only.content.length - line.content.length) <= 12;
      close(underlines && /^[=\-~─━═]/.test(line.content) ? line.content.charAt(0) : null);
      detached = true;
    } else if (line.content === "") close(null);
    else {
      if (line.pageBreak || partsQuote(open.at(-1), line)) close(null);
      open.push(line);
    }
  }
  close(null);
  return chunks;
}

/** What an e-mail quotes ("> ...") is no paragraph with its own words, but for the line that says who wrote it. */
function partsQuote(last: Line | undefined, line: Line): boolean {
  if (last === undefined || last.content.startsWith(">") === line.content.startsWith(">")) return false;
  return !(line.content.startsWith(">") && last.content.endsWith(":"));
}

export function textOf(lines: readonly Line[]): string {
  return collapse(lines.map((line) => line.content).join(" "));
}

/** Words, three blanks or a tab, words: a row of a table. */
const CELLS_APART = /\S(?: {3,}|\t)\S/;

/** Two lines or more whose cells stand apart by tabs or by three blanks. */
export function isTable(chunk: Chunk): boolean {
  const rows = chunk.lines.filter((line) =>
    / {3,}\S|\t|\S\s*\|\s*\S/.test(line.content.slice(numberMark(line.content)?.length ?? 0)),
  );
  return chunk.lines.length >= 2 && rows.length >= 2 && rows.length > chunk.lines.length / 2;
}

/** Whether a line ends where it does on purpose: the first word of the next would have had room on it. */
export function breaksDeliberately(line: Line, next: Line, width: number): boolean {
  const firstWord = /^\S+/.exec(next.content)?.[0].length ?? 0;
  return line.indent + line.content.length + 1 + firstWord < width - 2;
}

/** Cuts a chunk before each line that a mark opens, given which numbers are taken for paragraphs' and lists' own. */
export function piecesOf(chunk: Chunk, accepts: NumberTest): Piece[] {
  if (isTable(chunk)) return [piece(chunk, chunk.lines, { number: null, bullet: null }, true)];
  const width = Math.max(60, widthOf(chunk.lines));
  const cuts: (Marks & { readonly at: number })[] = [];
  chunk.lines.forEach((line, at) => {
    const previous = chunk.lines[at - 1] ?? null;
    const number = numberMark(line.content);
    const bullet = number ? null : bulletMark(line.content);
    if (number && accepts(number, line, previous)) cuts.push({ at, number, bullet: null });
    else if (!previous) cuts.push({ at, number: null, bullet });
    else if (bullet && opensItem(bullet, line, previous, cuts.at(-1)?.bullet ?? null))
      cuts.push({ at, number: null, bullet });
  });
  return cuts.flatMap((cut, index) => {
    const lines = chunk.lines.slice(cut.at, cuts[index + 1]?.at);
    const body = lines.slice(1);
    if ((index > 0 && !cut.number) || !headsRunIn(lines, width)) return [piece(chunk, lines, cut, index === 0)];
    const bodyMarks = { number: null, bullet: bulletMark(body[0]?.content ?? "") };
    return [piece(chunk, lines.slice(0, 1), cut, index === 0), piece(chunk, body, bodyMarks, false)];
  });
}

/** Decides on a number at a line's start; `previous` is the line above in the same chunk, null at the chunk's start. */
export type NumberTest = (mark: NumberMark, line: Line, previous: Line | null) => boolean;

type Marks = Pick<Piece, "number" | "bullet">;

function piece(chunk: Chunk, lines: readonly Line[], { number, bullet }: Marks, first: boolean): Piece {
  const isWhole = first && lines.length === chunk.lines.length;
  const detached = first && chunk.detached;
  return {
    lines,
    number,
    bullet,
    first,
    detached,
    alone: lines.length === 1,
    underline: isWhole ? chunk.underline : null,
  };
}

/** "Background" and on the next line, without a blank one, the paragraph that it heads. */
function headsRunIn(lines: readonly Line[], width: number): boolean {
  const [line, next] = lines;
  if (!line || !next || !headingShape(line.content) || !breaksDeliberately(line, next, width)) return false;
  if (!/^["“'‘(]?\p{Lu}/u.test(next.content) && !bulletMark(next.content)) return false;
  // A wrapped line can be short, too: what heads a paragraph is brief.
  const mark = numberMark(line.content);
  if (mark && wordCount(line.content.slice(mark.length)) > 5) return false;
  const body = textOf(lines.slice(1));
  return endsSentence(body) && wordCount(body) >= (mark ? 3 : 8);
}

function opensItem(bullet: BulletMark, line: Line, previous: Line, open: BulletMark | null): boolean {
  return (
    bullet.certain ||
    bullet.kind === open?.kind ||
    endsSentence(previous.content) ||
    /,$/.test(previous.content) ||
    line.indent > previous.indent
  );
}
