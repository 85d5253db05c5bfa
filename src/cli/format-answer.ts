import { countedInWords } from "../answering/mention-words.ts";
import { periodInWords } from "../answering/period-in-words.ts";
import { dateInWords } from "../documents/dates.ts";
import { titleSaysDate } from "../documents/title-date.ts";
import type { Answer, Check, Citation, Group, Refusal, SearchHit, Statement } from "../types.ts";
import { showDocumentPath } from "./show-path.ts";
import type { Style } from "./style.ts";
import { columnsOf, count, cutAtWord, plain, plainPath, wrap } from "./text.ts";

/** How text is set: `width` in columns is infinite where nothing is wrapped, for a reader that is a program. */
export interface Setting {
  readonly width: number;
  readonly style: Style;
  /** Paths are shown from here. */
  readonly place: { readonly corpus: string; readonly cwd: string };
}

const INDENT = "    ";
/** Columns of a quote beside a refusal. */
const NEAREST_QUOTE = 240;
const NEAREST_SHOWN = 3;
/** Of each document; the rest is counted. */
const MENTIONS_SHOWN = 3;

/** An answer or a refusal as a person reads it, ending in a line break. */
export function formatAnswer(answer: Answer, setting: Setting): string {
  const asked =
    answer.standaloneQuestion === answer.question
      ? []
      : [setting.style.dim(`(asked: ${plain(answer.standaloneQuestion)})`), ""];
  const { period, spans } = answer.trace;
  // What is not of it was not searched: that may be another time than was meant.
  const taken = period !== null ? [setting.style.dim(`(period: ${plain(periodInWords(period, spans))})`), ""] : [];
  const { fallback } = answer;
  const instead =
    fallback === null
      ? []
      : [...wrap(`(quotes instead of a written answer: ${plain(fallback.message)})`, setting.width), ""];
  const body = answer.refusal ? formatRefusal(answer.refusal, setting) : formatAnswered(answer, setting);
  return `${[...asked, ...taken, ...instead.map(setting.style.dim), ...body, ...formatUse(answer, setting)].join("\n")}\n`;
}

/** "(written by NAME: 900 tokens in, 60 out, $0.0015; 1 statement withheld)" */
function formatUse({ mode, trace: { model } }: Answer, { width, style }: Setting): string[] {
  if (model === undefined || mode !== "generative") return [];
  const { inputTokens, outputTokens, cost, complete } = model;
  const withheld = model.withheld.length + model.withheldMore;
  const took = [
    ...(inputTokens === null ? [] : [`${inputTokens.toLocaleString("en-GB")} tokens in`]),
    ...(outputTokens === null ? [] : [`${outputTokens.toLocaleString("en-GB")} out`]),
    ...(cost === null ? [] : [`$${cost.toFixed(4)}`]),
  ];
  const left = withheld === 0 ? "" : `; ${count(withheld, "statement")} withheld that did not stand the check`;
  const atLeast = complete || took.length === 0 ? "" : "at least ";
  const said = [`written by ${plain(model.model)}`, atLeast + took.join(", ")].filter(Boolean).join(": ");
  return ["", ...wrap(`(${said}${left})`, width).map(style.dim)];
}

/** Statements, by group where there are groups, then the citations of those shown. */
function formatAnswered(answer: Answer, setting: Setting): string[] {
  const { statements, citations, groups } = answer;
  const shown = (groups ?? []).map((group) => shownOf(group, statements));
  const cited = new Set((groups === null ? statements : shown.flat()).flatMap((statement) => statement.citations));
  const lines =
    groups === null
      ? statements.flatMap((statement) => formatStatement(statement, setting))
      : groups.flatMap((group, i) => [...(i === 0 ? [] : [""]), ...formatGroup(group, shown[i] ?? [], setting)]);
  return [
    ...countOf(answer, setting.width),
    ...lines,
    ...citations.filter(({ marker }) => cited.has(marker)).flatMap((one) => ["", ...formatCitation(one, setting)]),
  ];
}

function shownOf({ count: mentions, statements: positions }: Group, statements: readonly Statement[]): Statement[] {
  const most = mentions === null ? positions.length : MENTIONS_SHOWN;
  return positions.slice(0, most).flatMap((position) => statements[position] ?? []);
}

/** "4 mentions in 3 documents.", and what was counted. */
function countOf({ kind, groups, trace: { mention } }: Answer, width: number): string[] {
  if (kind !== "every-mention" || groups === null) return [];
  const mentions = groups.reduce((sum, group) => sum + (group.count ?? 0), 0);
  const counted = mention === undefined ? "" : ` ${plain(countedInWords(mention))}`;
  return [...wrap(`${count(mentions, "mention")} in ${count(groups.length, "document")}.${counted}`.trim(), width), ""];
}

/** A side of a comparison or a document with its mentions: its title, then what is said there. */
function formatGroup(group: Group, shown: readonly Statement[], { width, style, place }: Setting): string[] {
  const { title, date, count: mentions, message, statements } = group;
  const dated = date === null || titleSaysDate(title, date) ? [] : [dateInWords(date)];
  const counted = mentions === null ? "" : `: ${count(mentions, "mention")}`;
  const head = wrap([plain(title), ...dated].join(", ") + counted, width).map((line) => style.bold(line));
  const inner = { width: width - INDENT.length, style, place };
  const body =
    message === null ? shown.flatMap((one) => formatStatement(one, inner)) : wrap(plain(message), inner.width);
  const rest = statements.length - shown.length;
  const more = rest > 0 ? [style.dim(`… and ${count(rest, "more sentence")}; --json has all`)] : [];
  return [...head, ...[...body, ...more].map((line) => INDENT + line)];
}

function formatStatement({ text, citations, verdict, missing = [] }: Statement, { width, style }: Setting): string[] {
  const markers = citations.map((marker) => `[${marker}]`);
  const lines = wrap([plain(text), ...markers].join(" "), width);
  if (verdict === undefined || verdict === "supported") return lines;
  const words = missing.map((word) => `“${plain(word)}”`).join(", ");
  const said = verdict === "partly" ? "supported in part" : "not supported";
  const without = words === "" ? "" : `: what is cited does not have ${words}`;
  const colour = verdict === "partly" ? style.yellow : style.red;
  return [...lines, ...wrap(`${said}${without}`, width - INDENT.length).map((line) => INDENT + colour(line))];
}

/** `[1] Title, 1 November 1996, ¶6   verified` and where to open it. */
function formatCitation(citation: Citation, { width, style, place }: Setting): string[] {
  const said = CHECKS[citation.check];
  const lines = wrap(`[${citation.marker}] ${nameOf(citation)}`, width, INDENT);
  const last = lines.pop() ?? "";
  const check = style[said.colour](said.text);
  const fits = columnsOf(last) + 3 + said.text.length <= width;
  const path = plainPath(showDocumentPath(place.corpus, citation.path, place.cwd));
  return [...lines, ...(fits ? [`${last}   ${check}`] : [last, INDENT + check]), `${INDENT}${path}:${citation.line}`];
}

const CHECKS: Readonly<Record<Check, { text: string; colour: "green" | "yellow" | "red" }>> = {
  verified: { text: "verified", colour: "green" },
  changed: { text: "the file has changed since it was indexed", colour: "yellow" },
  "not-found": { text: "not found in the file any more", colour: "red" },
};

function formatRefusal({ message, nearest }: Refusal, setting: Setting): string[] {
  const lines = wrap(plain(message), setting.width);
  const shown = nearest.slice(0, NEAREST_SHOWN);
  return [...lines, ...shown.flatMap((citation) => formatNearest(citation, setting))];
}

function formatNearest(citation: Citation, { width, style }: Setting): string[] {
  const quote = `"${cutAtWord(plain(citation.quote), NEAREST_QUOTE)}"`;
  const { text, colour } = CHECKS[citation.check];
  const check = citation.check === "verified" ? "" : `   ${style[colour](text)}`;
  const lines = wrap(`Nearest: ${nameOf(citation)}: ${quote}`, width, INDENT);
  const last = lines.pop() ?? "";
  return [...lines, last + check];
}

/** Hits with their scores, best first. */
export function formatHits(hits: readonly SearchHit[], { width, style, place }: Setting): string {
  if (hits.length === 0) return "No passage was found.\n";
  const blocks = hits.map((hit, at) => {
    const scores = `${hit.score.toFixed(3)} = ${hit.dense.toFixed(3)} dense + ${hit.lexical.toFixed(3)} lexical + ${hit.wording.toFixed(3)} wording`;
    const path = plainPath(showDocumentPath(place.corpus, hit.path, place.cwd));
    const { text, colour } = CHECKS[hit.check];
    const warning = hit.check === "verified" ? [] : [INDENT + style[colour](text)];
    return [
      ...wrap(`${at + 1}. ${nameOf(hit)}`, width, INDENT),
      INDENT + style.dim(`${scores}   ${path}`),
      ...warning,
      ...wrap(plain(hit.text), width - INDENT.length).map((line) => INDENT + line),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

/** "Title, 1 November 1996, ¶6", the date but once. */
function nameOf({ title, date, label }: Pick<Citation, "title" | "date" | "label">): string {
  return [plain(title), ...(date === null || titleSaysDate(title, date) ? [] : [dateInWords(date)]), plain(label)].join(
    ", ",
  );
}
