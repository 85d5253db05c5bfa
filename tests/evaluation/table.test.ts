import { expect, test } from "vitest";
import { figure } from "../../src/evaluation/figure.ts";
import type { Row } from "../../src/evaluation/row.ts";
import { shown, tables } from "../../src/evaluation/table.ts";

test("a figure is shown with half of its interval; one question has none, and none a dash", () => {
  expect(shown({ value: 0.9021, low: 0.888, high: 0.916, questions: 400, columns: [] })).toBe(".902 ±.014");
  expect(shown({ value: 1, low: 1, high: 1, questions: 6, columns: [] })).toBe("1.000 ±.000");
  expect(shown(figure([0.25]))).toBe(".250");
  expect(shown(figure([null]))).toBe("–");
});

test("there is a table of each sort, its columns aligned", () => {
  const row = (table: Row["table"], set: string, of: string, figures: Row["figures"]): Row => ({
    table,
    set,
    of,
    counts: { questions: 1 },
    figures,
    questions: ["1"],
  });
  const rows = [
    row("kinds", "all", "fact", { "hit@1": figure([1]) }),
    row("retrieval", "small", "lexical", { "R@1": figure([1]) }),
    row("retrieval", "small", "late", { "R@5": figure([0]) }),
  ];
  expect(tables(rows)).toBe(`Retrieval

| set   | method  | questions |   R@1 |  R@5 |
| ----- | ------- | --------: | ----: | ---: |
| small | lexical |         1 | 1.000 |    – |
| small | late    |         1 |     – | .000 |

Kinds of question, over all sets with evidence

| kind | questions | hit@1 |
| ---- | --------: | ----: |
| fact |         1 | 1.000 |
`);
});
