/** One line of a text, without its line break. Offsets are UTF-16 units into the text, half open. */
export interface Line {
  readonly index: number;
  /** Of the first character that is not blank; of the line's start when it is blank. */
  readonly start: number;
  /** After the last character that is not blank. */
  readonly end: number;
  /** Trimmed. Empty for a blank line. */
  readonly content: string;
  /** Blanks before the content; a tab counts to the next multiple of four. */
  readonly indent: number;
  /** Whether a form feed stands between this line and the one before that is not blank. */
  readonly pageBreak: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const LINE_BREAK = /\r\n|[\n\r\f\v\u0085\u2028\u2029]/g;

/** Splits at any line break, form feeds among them. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  let pageBreak = false;
  const add = (to: number): void => {
    const raw = text.slice(from, to);
    const content = raw.trim();
    const lead = content === "" ? 0 : raw.length - raw.trimStart().length;
    lines.push({
      index: lines.length,
      start: from + lead,
      end: from + lead + content.length,
      content,
      indent: columns(raw.slice(0, lead)),
      pageBreak: pageBreak || raw.slice(0, lead).includes("\f"),
    });
  };
  for (const match of text.matchAll(LINE_BREAK)) {
    add(match.index);
    from = match.index + match[0].length;
    pageBreak = match[0] === "\f" || (pageBreak && lines.at(-1)?.content === "");
  }
  add(text.length);
  return lines;
}

function columns(blanks: string): number {
  let column = 0;
  for (const blank of blanks) column = blank === "\t" ? column - (column % 4) + 4 : column + 1;
  return column;
}

const NO_BLANKS_BETWEEN_WORDS = /[\u3040-\u30ff\u3400-\u9fff]/g;

/** More words than so many characters of a script with blanks can have: one every other character, and more of very long ones. */
const WORDS_A_CHARACTER = 1 / 2 + 1 / 25;

/** Whether `wordCount` is at most so much; of most paragraphs their length tells. */
export function hasWordsAtMost(text: string, most: number): boolean {
  const isFew = 1 + text.length * WORDS_A_CHARACTER <= most && text.search(NO_BLANKS_BETWEEN_WORDS) < 0;
  return isFew || wordCount(text) <= most;
}

/** Words as a reader would count them: very long tokens and scripts without blanks count for more than one. */
export function wordCount(text: string): number {
  let count = Math.ceil((text.match(NO_BLANKS_BETWEEN_WORDS)?.length ?? 0) / 2);
  for (const token of text.matchAll(/\S+/g)) count += 1 + Math.floor(token[0].length / 25);
  return count;
}

/** Columns of the longest line. */
export function widthOf(lines: readonly Line[]): number {
  return lines.reduce((width, line) => Math.max(width, line.indent + line.content.length), 0);
}

/** Each run of white space as one blank. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** For "is this the same line": letters and digits only, lower case. */
export function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether a line or paragraph ends where a sentence does. */
export function endsSentence(content: string): boolean {
  return /[.!?:;…。！？]["'”’)\]»」』*_]{0,4}$/u.test(content.slice(-6));
}
