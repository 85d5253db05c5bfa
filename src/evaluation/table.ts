import type { Figure } from "./figure.ts";
import { type Row, TABLES } from "./row.ts";

/** What stands above a table, and the columns that name its rows. */
const HEADS: Readonly<Record<Row["table"], { title: string; names: readonly string[] }>> = {
  retrieval: { title: "Retrieval", names: ["set", "method"] },
  turns: { title: "Turns of conversations, without and with what was said before them", names: ["set", "turns"] },
  evidence: { title: "Evidence: whether the passages and the citations hold the quotes that answer", names: ["set"] },
  sentences: { title: "Sentences: whether the statements of the answer hold what was sought", names: ["set"] },
  refusal: { title: "Refusal: answerable questions answered, unanswerable ones refused", names: ["set"] },
  kinds: { title: "Kinds of question, over all sets with evidence", names: ["kind"] },
  statements: {
    title: "Statements held against what they cite: altered ones caught, untouched ones not flagged",
    names: ["set", "alteration"],
  },
  mentions: { title: "Every mention: spans cited, of those there are", names: ["set"] },
};

/** All rows as Markdown tables with aligned columns, one a sort, and the 95% interval beside each figure. */
export function tables(rows: readonly Row[]): string {
  return TABLES.flatMap((name) => {
    const some = rows.filter((row) => row.table === name);
    return some.length === 0 ? [] : [[HEADS[name].title, "", ...tableOf(some, HEADS[name].names), ""].join("\n")];
  }).join("\n");
}

function tableOf(rows: readonly Row[], names: readonly string[]): string[] {
  const counts = [...new Set(rows.flatMap((row) => Object.keys(row.counts)))];
  const figures = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))];
  const cells = rows.map((row) => [
    ...names.map((name) => (name === "set" ? row.set : row.of)),
    ...counts.map((name) => String(row.counts[name] ?? "–")),
    ...figures.map((name) => shown(row.figures[name])),
  ]);
  return table([...names, ...counts, ...figures], cells, names.length);
}

/** `.902 ±.014`: half of the width of the interval, which one question does not have. A dash where none counts. */
export function shown(figure: Figure | undefined): string {
  if (figure === undefined || figure.questions === 0) return "–";
  const interval = figure.questions === 1 ? "" : ` ±${three((figure.high - figure.low) / 2)}`;
  return three(figure.value) + interval;
}

/** Three decimals, without the zero before the point. */
export function three(value: number): string {
  return value.toFixed(3).replace(/^(-?)0\./, "$1.");
}

/** The first columns are text, to the left; the rest are figures, to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], texts: number): string[] {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] ?? "").length)));
  const pad = (cell: string, i: number) => (i < texts ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0));
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(" | ")} |`;
  const rule = widths.map((width, i) => (i < texts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)];
}
