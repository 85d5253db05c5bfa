import { describe, expect, it } from "vitest";
import { againstEvidence, againstGold } from "../../src/evaluation/outcome.ts";
import type { AskedQuestion } from "../../src/evaluation/sets.ts";
import { answerOf } from "./answers.ts";

const question: AskedQuestion = {
  id: "1",
  kind: "fact",
  question: "When did the library open?",
  history: [],
  evidence: [
    { document: "a", quote: "library opened in May" },
    { document: "b", quote: "open since May" },
  ],
  answerable: true,
  answer: ["May"],
};

describe("againstEvidence", () => {
  it("counts the quotes that are cited, the citations and the statements that are right, and the words", () => {
    const answer = answerOf(
      ["a.txt", "It rained."],
      ["a.txt", "The library\nopened in May."],
      ["c.txt", "Open since May."],
    );
    const found = [
      { path: "b.txt", text: "Nothing." },
      { path: "a.txt", text: "It rained. The library\nopened in May." },
    ];
    expect(againstEvidence(question, answer, found)).toMatchObject({
      answered: true,
      right: [false, true, false],
      hit1: 0,
      hit3: 1,
      cited: 1 / 2,
      precision: 1 / 3,
      words: 1,
      mentions: null,
      verified: true,
    });
  });

  it("leaves out what the question does not tell, and counts each span that is cited once", () => {
    const mention = { ...question, kind: "every-mention", evidence: [], answer: [], count: 3 };
    const answer = answerOf(["a.txt", "eels"], ["a.txt", "eels"], ["b.txt", "eels"]);
    expect(againstEvidence(mention, answer, [])).toMatchObject({
      hit1: null,
      cited: null,
      words: null,
      mentions: { found: 2, expected: 3 },
    });
  });

  it("gives a refusal no statement that could be right", () => {
    expect(againstEvidence(question, answerOf(), [])).toMatchObject({
      answered: false,
      right: [],
      cited: 0,
      precision: null,
    });
  });
});

describe("againstGold", () => {
  it("holds each statement against the short answers", () => {
    const gold = { _id: "q", text: "Who led them?", answers: ["Rollo", "their leader Rollo"], answerable: true };
    const answer = answerOf(["a.txt", "They sailed."], ["a.txt", "Under rollo they settled."]);
    const ranked = ["Rollo led.", "They sailed.", "It rained.", "Rollo, again."];
    expect(againstGold(gold, answer, ranked)).toMatchObject({
      id: "q",
      right: [false, true],
      ranked: [true, false, false],
      answered: true,
      hit1: null,
    });
  });

  it("looks at the statement that answers best first, wherever it stands", () => {
    const gold = { _id: "q", text: "Who led them?", answers: ["Rollo"], answerable: true };
    const answer = answerOf(["a.txt", "They sailed."], ["a.txt", "Under Rollo they settled."]);
    const [first, second] = answer.statements;
    const statements = [first, second].flatMap((one, i) => (one ? { ...one, rank: 2 - i } : []));
    expect(againstGold(gold, { ...answer, statements }, []).right).toEqual([true, false]);
  });
});
