import { describe, expect, it } from "vitest";
import { answerRows } from "../../src/evaluation/answer-rows.ts";
import type { Row } from "../../src/evaluation/row.ts";
import { outcomeOf } from "./answers.ts";

const refused = { answered: false, right: [], precision: null, cited: 0, words: 0 };
const unanswerable = { kind: "unanswerable", answerable: false, hit1: null, hit3: null, cited: null, words: null };

const letters = {
  set: "letters",
  against: "evidence" as const,
  outcomes: [
    outcomeOf("1"),
    outcomeOf("2", { right: [false, true], precision: 1 / 2, hit1: 0, words: null }),
    outcomeOf("3", { ...refused, kind: "date" }),
    outcomeOf("4", { kind: "every-mention", mentions: { found: 5, expected: 4 }, cited: 3 / 4 }),
    outcomeOf("5", { ...unanswerable, right: [false], precision: 0 }),
    outcomeOf("6", { ...unanswerable, answered: false, right: [], precision: null }),
  ],
};
const articles = {
  set: "articles",
  against: "gold" as const,
  outcomes: [outcomeOf("a", { right: [false, false] }), outcomeOf("b", { right: [true, false] })],
};

const rows = answerRows([letters, articles]);
const values = (table: Row["table"], set: string, of = "") => {
  const row = rows.find((one) => one.table === table && one.set === set && one.of === of);
  return Object.fromEntries(Object.entries(row?.figures ?? {}).map(([name, { value }]) => [name, value]));
};

describe("answerRows", () => {
  it("counts evidence over the answerable questions", () => {
    expect(values("evidence", "letters")).toEqual({
      "hit@1": 3 / 4,
      "hit@3": 1,
      "evidence cited": (1 + 1 + 0 + 3 / 4) / 4,
      "citations right": (1 + 1 / 2 + 1) / 3,
      "answer words": 2 / 3,
    });
    expect(values("evidence", "articles")).toEqual({});
  });

  it("counts a refused question as one without the right sentence", () => {
    expect(values("sentences", "letters")).toEqual({
      "first right": 2 / 4,
      "any right": 3 / 4,
      precision: (1 + 1 / 2 + 1) / 3,
      "any right, if answered": 1,
      "best ranked right": 0,
      "one of three ranked": 0,
    });
    expect(values("sentences", "articles")).toMatchObject({
      "first right": 1 / 2,
      "any right": 1 / 2,
      precision: 1 / 4,
    });
  });

  it("counts refusals: recall over the unanswerable, precision over the refused, and the balance", () => {
    expect(values("refusal", "letters")).toEqual({
      answered: 3 / 4,
      "refused (recall)": 1 / 2,
      "refusals right (precision)": 1 / 2,
      "balanced accuracy": (3 / 4 + 1 / 2) / 2,
    });
    const without = rows.find((row) => row.table === "refusal" && row.set === "articles")?.figures;
    expect(without?.["refusals right (precision)"]?.questions).toBe(0);
    expect(without?.["balanced accuracy"]?.questions).toBe(0);
  });

  it("tells the kinds apart, and all together last", () => {
    const kinds = rows.filter((row) => row.table === "kinds");
    expect(kinds.map((row) => [row.of, row.counts.questions])).toEqual([
      ["date", 1],
      ["every-mention", 1],
      ["fact", 2],
      ["unanswerable", 2],
      ["all", 6],
    ]);
    expect(kinds[2]?.questions).toEqual(["letters/1", "letters/2"]);
    expect(values("kinds", "all with evidence", "all")["answered or refused rightly"]).toBe(4 / 6);
  });

  it("puts sets with evidence together where there are several", () => {
    expect(rows.some((row) => row.table === "evidence" && row.set === "all with evidence")).toBe(false);
    const two = answerRows([letters, { ...letters, set: "notes", outcomes: [outcomeOf("1", refused)] }, articles]);
    const together = two.find((row) => row.table === "refusal" && row.set === "all with evidence");
    expect(together?.counts).toEqual({ answerable: 5, unanswerable: 2 });
    expect(together?.figures.answered?.value).toBe(3 / 5);
    expect(together?.questions.at(-1)).toBe("notes/1");
  });

  it("counts no more mentions than there are", () => {
    expect(values("mentions", "letters")).toEqual({ complete: 1, "as many": 0, "evidence cited": 3 / 4 });
    expect(rows.find((row) => row.table === "mentions")?.counts).toEqual({ questions: 1, mentions: 4, found: 5 });
  });
});
