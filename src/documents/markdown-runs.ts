import { collapse, type Line } from "./lines.ts";

/** Lines that belong together by Markdown's syntax. */
export interface Run {
  readonly kind: "heading" | "paragraph" | "item" | "verbatim";
  readonly lines: readonly Line[];
  /** Of a heading, 1 to 6; else 0. */
  readonly level: number;
  /** Whether something that is left out stands directly above: a rule, a comment, a link definition. */
  readonly detached: boolean;
}

export function wordsOf(run: Run): string {
  return collapse(run.lines.map((line) => line.content).join(" "));
}

const ATX = /^(#{1,6})(?:\s+|$)/;
const SETEXT = /^(?:=+|-+)$/;
const FENCE = /^(`{3,}|~{3,})/;
const THEMATIC = /^(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const TABLE_RULE = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;
const ITEM = /^(?:[-*+•◦▪]|\d{1,9}[.)])(?:\s+|$)/;
const LINK_DEFINITION = /^\[[^\]]{1,200}\]:\s*\S+/;
const LONE_TAG = /^<\/?[a-z][^<>]{0,500}>$/i;

/** Scans the lines once, in order. */
export function runsOf(lines: readonly Line[]): Run[] {
  const runs: Run[] = [];
  let detached = false;
  let at = 0;
  const add = (kind: Run["kind"], to: number, level = 0): void => {
    const own = trimBlank(lines.slice(at, to));
    if (own.length > 0) runs.push({ kind, lines: own, level, detached });
    detached = false;
    at = to;
  };
  const leaveOut = (to: number): void => {
    detached = true;
    at = to;
  };
  while (at < lines.length) {
    const line = lines[at];
    if (!line || line.content === "") at++;
    else if (line.content.startsWith("<!--")) leaveOut(endOfComment(lines, at));
    else if (FENCE.test(line.content)) add("verbatim", endOfFence(lines, at));
    else if (ATX.test(line.content)) add("heading", at + 1, ATX.exec(line.content)?.[1]?.length ?? 1);
    else if (THEMATIC.test(line.content) || LONE_TAG.test(line.content)) leaveOut(at + 1);
    else if (LINK_DEFINITION.test(line.content) && !line.content.startsWith("[^")) leaveOut(at + 1);
    else if (isTable(lines, at))
      add(
        "verbatim",
        endWhere(lines, at, ({ content }) => content === "" || !content.includes("|")),
      );
    else if (line.content.startsWith(">"))
      add(
        "verbatim",
        endWhere(lines, at, ({ content }) => content === ""),
      );
    else if (ITEM.test(line.content) && line.content.length > 1) add("item", endOfItem(lines, at));
    else if (line.indent >= 4 && lines[at - 1]?.content === "")
      add(
        "verbatim",
        endWhere(lines, at, ({ content, indent }) => content !== "" && indent < 4),
      );
    else {
      const end = endOfParagraph(lines, at);
      const underline = lines[end]?.content ?? "";
      if (SETEXT.test(underline) && underline !== "-") {
        add("heading", end, underline.startsWith("=") ? 1 : 2);
        at = end + 1;
      } else add("paragraph", end);
    }
  }
  return runs;
}

function trimBlank(lines: readonly Line[]): readonly Line[] {
  return lines.slice(0, lines.findLastIndex((line) => line.content !== "") + 1);
}

function endWhere(lines: readonly Line[], at: number, ends: (line: Line) => boolean): number {
  let end = at + 1;
  for (let line = lines[end]; line && !ends(line); line = lines[end]) end++;
  return end;
}

function endOfComment(lines: readonly Line[], at: number): number {
  let end = at;
  while (end < lines.length && !lines[end]?.content.includes("-->")) end++;
  return end + 1;
}

function endOfFence(lines: readonly Line[], at: number): number {
  const fence = FENCE.exec(lines[at]?.content ?? "")?.[1] ?? "```";
  const close = endWhere(lines, at, ({ content }) => content.startsWith(fence) && !/[^`~]/.test(content));
  return Math.min(close + 1, lines.length);
}

function isTable(lines: readonly Line[], at: number): boolean {
  const next = lines[at + 1]?.content ?? "";
  return (
    (lines[at]?.content.includes("|") ?? false) &&
    next.length < 2000 &&
    next.includes("-") &&
    next.includes("|") &&
    TABLE_RULE.test(next)
  );
}

function startsBlock(line: Line): boolean {
  const { content } = line;
  return (
    ATX.test(content) ||
    FENCE.test(content) ||
    content.startsWith(">") ||
    content.startsWith("<!--") ||
    THEMATIC.test(content)
  );
}

function endOfParagraph(lines: readonly Line[], at: number): number {
  return endWhere(lines, at, (line) => {
    const { content } = line;
    // Only a list that starts at 1 interrupts a paragraph: a wrapped line may begin with a year.
    const opensList = /^[-*+]\s/.test(content) || /^1[.)]\s/.test(content);
    return (
      content === "" ||
      SETEXT.test(content) ||
      startsBlock(line) ||
      opensList ||
      isTable(lines, line.index - (lines[0]?.index ?? 0))
    );
  });
}

/** An item goes on over wrapped lines, and past a blank line over what is indented below its words. */
function endOfItem(lines: readonly Line[], at: number): number {
  const indent = lines[at]?.indent ?? 0;
  let end = at + 1;
  let blank = false;
  let fence: string | null = null;
  for (let line = lines[end]; line; line = lines[end]) {
    const own = FENCE.exec(line.content)?.[1] ?? null;
    if (fence !== null) {
      if (own?.startsWith(fence)) fence = null;
    } else if (line.content === "") blank = true;
    else {
      const within = line.indent >= indent + 2;
      if (!within && (blank || ITEM.test(line.content) || startsBlock(line))) break;
      if (within && own !== null) fence = own;
      blank = false;
    }
    end++;
  }
  return end;
}

/** A heading's words, without marks of Markdown. */
export function plainHeading(content: string): string {
  return content
    .replace(/^#{1,6}\s*/, "")
    .replace(/\s+#+$/, "")
    .replace(/\s*\{#[\w-]{1,80}\}$/, "")
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, "$1")
    .replace(/(\*{1,3}|_{2,3}|`)(\S(?:.{0,200}?\S)?)\1/g, "$2")
    .replace(/^#+$/, "")
    .trim();
}
