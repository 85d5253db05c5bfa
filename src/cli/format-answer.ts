import type { Answer, Check, Citation, Refusal, SearchHit, Statement } from "../types.ts";
import { showDocumentPath } from "./show-path.ts";
import type { Style } from "./style.ts";
import { columnsOf, cutAtWord, formatDate, plain, wrap } from "./text.ts";

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

/** An answer or a refusal as a person reads it, ending in a line break. */
export function formatAnswer(answer: Answer, setting: Setting): string {
  const asked =
    answer.standaloneQuestion === answer.question
      ? []
      : [setting.style.dim(`(asked: ${plain(answer.standaloneQuestion)})`), ""];
  const body = answer.refusal
    ? formatRefusal(answer.refusal, setting)
    : [
        ...answer.statements.flatMap((statement) => formatStatement(statement, setting)),
        ...answer.citations.flatMap((citation) => ["", ...formatCitation(citation, setting)]),
      ];
  return `${[...asked, ...body].join("\n")}\n`;
}

function formatStatement({ text, citations }: Statement, { width }: Setting): string[] {
  const markers = citations.map((marker) => `[${marker}]`);
  return wrap([plain(text), ...markers].join(" "), width);
}

/** `[1] Title, 1 November 1996, ¶6   verified` and where to open it. */
function formatCitation(citation: Citation, { width, style, place }: Setting): string[] {
  const said = CHECKS[citation.check];
  const lines = wrap(`[${citation.marker}] ${nameOf(citation)}`, width, INDENT);
  const last = lines.pop() ?? "";
  const check = style[said.colour](said.text);
  const fits = columnsOf(last) + 3 + said.text.length <= width;
  const path = plain(showDocumentPath(place.corpus, citation.path, place.cwd));
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
    const scores = `${hit.score.toFixed(3)} = ${hit.dense.toFixed(3)} dense + ${hit.lexical.toFixed(3)} lexical`;
    const path = plain(showDocumentPath(place.corpus, hit.path, place.cwd));
    return [
      ...wrap(`${at + 1}. ${nameOf(hit)}`, width, INDENT),
      INDENT + style.dim(`${scores}   ${path}`),
      ...wrap(plain(hit.text), width - INDENT.length).map((line) => INDENT + line),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

/** "Title, 1 November 1996, ¶6". */
function nameOf({ title, date, label }: Pick<Citation, "title" | "date" | "label">): string {
  return [plain(title), ...(date === null ? [] : [formatDate(date)]), plain(label)].join(", ");
}
