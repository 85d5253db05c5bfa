import type { QuestionFigures } from "./questions.ts";
import type { RetrievalFigures } from "./retrieval.ts";

const three = (value: number) => value.toFixed(3).replace(/^0/, "");

/** Rows as a Markdown table, its columns aligned: figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] ?? "").length)));
  const isText = (i: number) => rows.every((row) => !/^[.\d]/.test(row[i] ?? ""));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (isText(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, i) => (isText(i) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)];
}

export function retrievalTable(figures: readonly RetrievalFigures[]): string[] {
  return table(
    ["set", "method", "passages", "questions", "nDCG@10", "nDCG@5", "R@1", "R@5"],
    figures.map((row) => [
      row.set,
      row.method,
      String(row.passages),
      String(row.queries),
      ...[row.ndcg10, row.ndcg5, row.r1, row.r5].map(three),
    ]),
  );
}

export function questionsTable(figures: readonly QuestionFigures[]): string[] {
  return table(
    [
      "set",
      "answerable",
      "hit@1",
      "hit@3",
      "evidence cited",
      "citations right",
      "answer words",
      "refused wrongly",
      "unanswerable",
      "refused rightly",
    ],
    figures.map((row) => [
      row.set,
      String(row.answerable),
      ...[row.hit1, row.hit3, row.cited, row.precision, row.words].map(three),
      String(row.wronglyRefused),
      String(row.unanswerable),
      String(row.rightlyRefused),
    ]),
  );
}
