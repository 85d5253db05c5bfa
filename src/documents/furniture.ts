import { collapse, type Line } from "./lines.ts";
import { isPerhapsSiteLine, isSiteLine } from "./site-lines.ts";

const PAGE_NUMBERS = [
  /^(?:page|p\.?|pg\.?) ?\d{1,4}$/i,
  /^[[(]?page \d{1,4} ?(?:of|\/) ?\d{1,4}[\])]?$/i,
  /^page \d{1,4} ?[-–—|:] ?\S.{0,80}$/i,
  /^\S.{0,80} ?[-–—|] ?page \d{1,4}(?: of \d{1,4})?$/i,
  /^(?:\S.{0,90}\s)?\[page \d{1,4}\]$/i,
  /^[-–—~] ?\d{1,4} ?[-–—~]$/,
  /^\d{1,4} ?(?:of|\/) ?\d{1,4}$/i,
];
const BARE_NUMBER = /^\d{1,3}$/;
const ROMAN_PAGE = /^[ivxl]{1,6}$/;
const APPENDED = /^(?:appendix|annex|attachment|exhibit|enclosure)$/i;
const RULE = /^(?:[-=_*~#.+─━═—–]\s?){3,}$/u;

/** A line of nothing but strokes: a rule, or what underlines a heading. */
export function isRule(content: string): boolean {
  return content.length > 2 && content.length <= 200 && RULE.test(content);
}

/** "74 75 76 77": page numbers in a row, as a page viewer prints them. */
function isNumberStrip(content: string): boolean {
  if (!/^\d{1,4}\s/.test(content) || !/^[\d\s]{7,400}$/.test(content)) return false;
  const numbers = content.split(/\s+/).map(Number);
  return numbers.length >= 4 && numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);
}

/** Whether a line says a page's number, or those of several, and nothing else. */
export function isPageLine(content: string): boolean {
  return PAGE_NUMBERS.some((form) => form.test(content)) || isNumberStrip(content);
}

/** The indices of the lines that are page furniture or site navigation. Blank lines and rules are not among them. */
export function furnitureOf(lines: readonly Line[]): Set<number> {
  const filled = lines.filter((line) => line.content !== "");
  const left = new Set<number>();
  filled.forEach((line, at) => {
    const next = filled[at + 1];
    const atPageEdge = line.pageBreak || next?.pageBreak === true;
    if (isPageNumber(line, lines, atPageEdge) || isNumberStrip(line.content) || isSiteLine(line.content))
      left.add(line.index);
    if (APPENDED.test(line.content) && next && (/^\d{1,3}$/.test(next.content) || isNumberStrip(next.content))) {
      left.add(line.index);
      left.add(next.index);
    }
  });
  addNavigationBeside(filled, left);
  for (let pass = 0; pass < 2; pass++) addRunningHeads(filled, left);
  return left;
}

function isPageNumber(line: Line, lines: readonly Line[], atPageEdge: boolean): boolean {
  if (line.content.length > 100) return false;
  if (PAGE_NUMBERS.some((form) => form.test(line.content))) return true;
  const [before, after] = [lines[line.index - 1], lines[line.index + 1]];
  const alone = (before?.content ?? "") === "" && (after?.content ?? "") === "";
  return (
    (alone || atPageEdge) &&
    (BARE_NUMBER.test(line.content) || (ROMAN_PAGE.test(line.content) && line.content.length > 1))
  );
}

function addNavigationBeside(filled: readonly Line[], left: Set<number>): void {
  const grow = (order: readonly Line[]): void => {
    let beside = false;
    for (const line of order) {
      if (left.has(line.index)) beside = isSiteLine(line.content) || isPerhapsSiteLine(line.content);
      else if (beside && isPerhapsSiteLine(line.content)) left.add(line.index);
      else beside = false;
    }
  };
  grow(filled);
  grow([...filled].reverse());
}

/** The page number at the other end of the line. */
const NUMBER_APART = /^\d{1,4}(?:\s{3,}|\t)\S|\S(?:\s{3,}|\t)\d{1,4}$/;

/** A short line that stands at the edge of several pages, word for word or but for a page number in it. */
function addRunningHeads(filled: readonly Line[], left: Set<number>): void {
  const seen = new Map<string, number[]>();
  filled.forEach((line, at) => {
    if (left.has(line.index) || line.content.length > 100) return;
    const [before, after] = [filled[at - 1], filled[at + 1]];
    const atEdge =
      line.pageBreak ||
      after?.pageBreak === true ||
      (before !== undefined && left.has(before.index) && isPaging(before.content)) ||
      (after !== undefined && left.has(after.index) && isPaging(after.content)) ||
      NUMBER_APART.test(line.content);
    if (!atEdge) return;
    const key = withoutPageNumber(collapse(line.content));
    const indices = seen.get(key);
    if (indices) indices.push(line.index);
    else seen.set(key, [line.index]);
  });
  const top = filled.find((line) => !left.has(line.index))?.index;
  for (const [, indices] of seen) {
    if (indices.length < 2) continue;
    // The first may be the document's title: it is left to the reader when nothing but furniture stands above it.
    for (const index of indices[0] === top ? indices.slice(1) : indices) left.add(index);
  }
}

function isPaging(content: string): boolean {
  return BARE_NUMBER.test(content) || isPageLine(content);
}

/** "Annual Report 12" and "13 Annual Report" are one running head; "Chapter 3" and "4. Scope" are headings. */
function withoutPageNumber(content: string): string {
  const bare = content.replace(/^\d{1,4}\s+(?=\S+\s+\S)|(?<=\S\s+\S+)\s+\d{1,4}$/g, "");
  return bare.includes(" ") ? bare : content;
}
