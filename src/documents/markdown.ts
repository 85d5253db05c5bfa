import type { Block, Reading } from "./blocks.ts";
import { joinCutSentences } from "./cut-sentences.ts";
import { bareDateline, datesIn, instrumentDate, mailDate, runInDateline } from "./dates.ts";
import { type Line, linesOf, normalise, type Span } from "./lines.ts";
import { numberedRuns } from "./markdown-numbers.ts";
import { plainHeading, type Run, runsOf, wordsOf } from "./markdown-runs.ts";
import { type NumberMark, numberMark } from "./marks.ts";

/** Reads Markdown, from `from` on (front matter stands before). It is scanned, not rendered: offsets are the source's. */
export function readMarkdown(text: string, from: number): Reading {
  const lines = linesOf(text).filter((line) => line.start >= from);
  const runs = runsOf(lines);
  const title = titleOf(runs);
  const date = openingDate(runs);
  const kept = runs.filter((run) => run !== title && (date === null || datelineOf(run) !== date));
  const words = title === null ? null : plainHeading(wordsOf(title));
  const blocks = joinCutSentences(text, blocksOf(kept, words));
  return { blocks, title: words, date: date ?? runInDate(runs) ?? onlyDate(words) };
}

/** The first heading of the first level. */
function titleOf(runs: readonly Run[]): Run | null {
  return runs.find((run) => run.kind === "heading" && run.level === 1 && plainHeading(wordsOf(run)) !== "") ?? null;
}

const ABOVE = 6;

function openingDate(runs: readonly Run[]): string | null {
  const dates = runs.slice(0, ABOVE).map((run) => datelineOf(run) ?? mailDate(run.lines.map((line) => line.content)));
  return dates.find((date) => date !== null) ?? null;
}

/** The date that a news story begins with, or that a contract near its head says it was made on. */
function runInDate(runs: readonly Run[]): string | null {
  const opening = runs
    .filter((run) => run.kind === "paragraph")
    .slice(0, ABOVE)
    .map(wordsOf);
  const made = opening.map(instrumentDate).find((date) => date !== null) ?? null;
  return runInDateline(opening[0] ?? "") ?? made;
}

/** The date of a line that says nothing else, emphasised or not. */
function datelineOf(run: Run): string | null {
  if (run.kind !== "paragraph" || run.lines.length !== 1) return null;
  return bareDateline(wordsOf(run).replace(/^[*_]+|[*_]+$/g, ""));
}

function onlyDate(title: string | null): string | null {
  const dates = datesIn(title ?? "");
  return dates.length === 1 ? (dates[0] ?? null) : null;
}

function blocksOf(runs: readonly Run[], title: string | null): Block[] {
  const ordered = numberedRuns(runs);
  return runs.flatMap((run) => blockOf(run, ordered.get(run) ?? null, title) ?? []);
}

function blockOf(run: Run, ordered: NumberMark | null, title: string | null): Block | null {
  const span = spanOf(run.lines);
  const { detached } = run;
  if (run.kind === "heading") return headingOf(run, title);
  if (run.kind === "verbatim") {
    const rows = run.lines.filter((line) => line.content !== "").map(({ start, end }) => ({ start, end }));
    return { kind: "verbatim", ...span, detached, rows };
  }
  if (run.kind === "item")
    return ordered ? { kind: "paragraph", ...span, detached, numbering: ordered } : { kind: "item", ...span, detached };
  const mark = numberMark(run.lines[0]?.content ?? "");
  // "4." at a line's start is an ordered item by Markdown's syntax; these are not.
  const isOwn = mark !== null && (mark.style === "worded" || mark.style === "bracketed" || mark.parts.length > 1);
  return { kind: "paragraph", ...span, detached, ...(isOwn && { numbering: mark }) };
}

function headingOf(run: Run, title: string | null): Block | null {
  const text = plainHeading(wordsOf(run));
  if (text === "" || (title !== null && normalise(text) === normalise(title))) return null;
  const scope = numberMark(text);
  const worded = scope?.style === "worded" ? scope : null;
  return { kind: "heading", ...spanOf(run.lines), level: run.level, text, ...(worded && { scope: worded }) };
}

function spanOf(lines: readonly Line[]): Span {
  const filled = lines.filter((line) => line.content !== "");
  return { start: filled[0]?.start ?? 0, end: filled.at(-1)?.end ?? 0 };
}
