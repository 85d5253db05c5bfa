import { describe, expect, it } from "vitest";
import { passageWords } from "../../src/retrieval/passage-words.ts";
import { wordingScore, wordingSignals } from "../../src/retrieval/wording.ts";
import type { Passage } from "../../src/types.ts";

function passageOf(text: string): Passage {
  return { passageId: "d#p1", documentId: "d", label: "¶1", start: 0, end: text.length, text };
}

const ASKED = [
  { term: "ferri", weight: 2 },
  { term: "engin", weight: 1 },
  { term: "fail", weight: 1 },
];
const signals = (text: string, header: string[] = []) =>
  wordingSignals(ASKED, passageWords(passageOf(text)), new Set(header));

describe("passageWords", () => {
  it("has each word's term, spelling and sentence", () => {
    const words = passageWords(passageOf("The ferries ran. Engines FAILED twice."));
    expect(words.terms).toEqual(["the", "ferri", "ran", "engin", "fail", "twice"]);
    expect(words.words).toEqual(["the", "ferries", "ran", "engines", "failed", "twice"]);
    expect([...words.sentences]).toEqual([0, 0, 0, 1, 1, 1]);
  });
});

describe("wordingSignals", () => {
  it("weighs the words that stand within one window", () => {
    const far = `ferry ${"and so on ".repeat(6)} engine`;
    expect(signals("The ferry, whose engine did not start.").window).toBe(0.75);
    expect(signals(far).window).toBe(0.5);
    expect(signals("ferry ferry ferry").window).toBe(0.5);
    expect(signals("").window).toBe(0);
  });

  it("counts neighbours of the question that stand in its order, close by", () => {
    expect(signals("The ferry engine will fail.").pairs).toBe(1);
    expect(signals("The engine of the ferry.").pairs).toBe(0);
    expect(signals("The ferry with one and only one engine.").pairs).toBe(0);
    expect(signals("The ferry's old engine.").pairs).toBe(0.5);
  });

  it("takes the best sentence", () => {
    expect(signals("The ferry ran. The engine did fail.").sentence).toBe(0.5);
    expect(signals("The ferry engine. It did fail.").sentence).toBe(0.75);
    expect(signals("").sentence).toBe(0);
  });

  it("leaves the sentence to leave out what the title says", () => {
    expect(signals("The engine did fail.", ["ferri"]).sentence).toBe(0.75);
    expect(signals("The engine did fail.", ["ferri"]).title).toBe(0.5);
  });

  it("says nothing where nothing is asked", () => {
    const none = wordingSignals([], passageWords(passageOf("The ferry.")), new Set());
    expect(wordingScore(none)).toBe(0);
  });
});

describe("wordingScore", () => {
  it("is the larger the more the words stand as asked", () => {
    const together = wordingScore(signals("The ferry engine did fail."));
    const apart = wordingScore(signals("The ferry ran. An engine was sold. Nothing did fail."));
    expect(together).toBeGreaterThan(apart);
    expect(apart).toBeGreaterThan(0);
  });
});
