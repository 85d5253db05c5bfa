import type { AnsweredSet } from "./answer-rows.ts";
import type { Comparison } from "./gate.ts";
import type { Row } from "./row.ts";

export interface Report {
  readonly model: string;
  readonly rows: readonly Row[];
  readonly answered: readonly AnsweredSet[];
  readonly gate: Comparison | null;
}

/** Everything, question by question: what each adds to each figure, and how it was answered. */
export function reportJson({ model, rows, answered, gate }: Report): string {
  const report = { model, rows: rows.map(rowJson), answers: answered, ...(gate !== null && { gate }) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function rowJson({ figures, questions, ...row }: Row) {
  const named = Object.entries(figures);
  return {
    ...row,
    figures: Object.fromEntries(named.map(([name, { columns, ...figure }]) => [name, figure])),
    questions: questions.map((id, at) => ({
      id,
      ...Object.fromEntries(
        // A question is in one column at most: that of the answerable or that of the others.
        named.map(([name, { columns }]) => [name, columns.map((column) => column[at]).find((v) => v !== null) ?? null]),
      ),
    })),
  };
}
