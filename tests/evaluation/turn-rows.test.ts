import { describe, expect, it } from "vitest";
import { answerRows } from "../../src/evaluation/answer-rows.ts";
import { turnRows, wroteOutAlone } from "../../src/evaluation/turn-rows.ts";
import { outcomeOf } from "./answers.ts";

const values = (rows: ReturnType<typeof turnRows>) =>
  rows.map(({ of, counts, figures }) => [
    of,
    counts.turns,
    ...Object.entries(figures).map(([name, { value }]) => `${name} ${value}`),
  ]);

describe("turnRows", () => {
  it("counts the turns that stand alone apart, asked without and with their history", () => {
    const rows = turnRows("ferries", [
      { id: "a", standsAlone: true, alone: { "hit@1": 1 }, inTurn: { "hit@1": 0 } },
      { id: "b", standsAlone: true, alone: { "hit@1": 1 }, inTurn: { "hit@1": 1 } },
      { id: "c", standsAlone: false, alone: { "hit@1": 0 }, inTurn: { "hit@1": 1 } },
    ]);
    expect(values(rows)).toEqual([
      ["stand alone, asked without it", 2, "hit@1 1"],
      ["stand alone, asked with it", 2, "hit@1 0.5", "no worse for it 0.5"],
      ["need their history, asked without it", 1, "hit@1 0"],
      ["need their history, asked with it", 1, "hit@1 1", "no worse for it 1"],
    ]);
    expect(rows.map(({ questions }) => questions)).toEqual([["a", "b"], ["a", "b"], ["c"], ["c"]]);
  });

  it("takes the questions of a set that were asked both ways", () => {
    const outcomes = [
      outcomeOf("a", { kind: "standalone", hit1: 1, hit3: 1, alone: { hit1: 1, hit3: 1 } }),
      outcomeOf("b", { kind: "follow-up", hit1: 1, hit3: 1, alone: { hit1: 0, hit3: 1 } }),
      outcomeOf("c"),
    ];
    const rows = answerRows([{ set: "ferries", against: "evidence", outcomes }]);
    expect(values(rows.filter(({ table }) => table === "turns"))).toEqual([
      ["stand alone, asked without it", 1, "hit@1 1", "hit@3 1"],
      ["stand alone, asked with it", 1, "hit@1 1", "hit@3 1", "no worse for it 1"],
      ["need their history, asked without it", 1, "hit@1 0", "hit@3 1"],
      ["need their history, asked with it", 1, "hit@1 1", "hit@3 1", "no worse for it 1"],
    ]);
  });
});

describe("wroteOutAlone", () => {
  it.each<[turn: string, rewrite: string, history: string, alone: boolean]>([
    ["How old is the pier?", "What is the age of the pier?", "Who built the ferry?", true],
    ["How old is it?", "How old is the pier?", "Who built the pier?", false],
    ["How old is the pier?", "How old is the pier of Port Arden?", "Where is Port Arden?", false],
  ])("%j, written out as %j after %j: %s", (turn, rewrite, history, alone) => {
    expect(wroteOutAlone(turn, rewrite, [history])).toBe(alone);
  });
});
