import type { Outcome } from "../../src/evaluation/outcome.ts";
import type { Answer, Citation } from "../../src/types.ts";

/** An answer of these statements, each quoted from a path; a refusal where there are none. */
export function answerOf(...statements: readonly (readonly [path: string, text: string])[]): Answer {
  const citations = statements.map(([path, text], at): Citation => {
    // The same text of the same file is taken to be the same span.
    const start = statements.findIndex(([otherPath, other]) => otherPath === path && other === text);
    return {
      marker: at + 1,
      documentId: path,
      title: path,
      date: null,
      path,
      passageId: `${path}#p1`,
      label: "¶1",
      start,
      end: start + text.length,
      line: 1,
      quote: text,
      check: "verified",
      url: `/documents/${path}#p1`,
    };
  });
  return {
    question: "",
    kind: "fact",
    mode: "extractive",
    fallback: null,
    standaloneQuestion: "",
    answered: statements.length > 0,
    answer: statements.map(([, text]) => text).join(" "),
    statements: statements.map(([, text], at) => ({ text, citations: [at + 1], rank: 1 })),
    citations,
    groups: null,
    refusal: null,
    trace: { passages: [], period: null, people: [], timings: {} },
  };
}

/** The outcome of an answerable fact that was answered rightly by one statement, but for what is given. */
export function outcomeOf(id: string, given: Partial<Outcome> = {}): Outcome {
  return {
    id,
    kind: "fact",
    question: "",
    standaloneQuestion: "",
    answerable: true,
    answered: true,
    answer: "",
    right: [true],
    hit1: 1,
    hit3: 1,
    ranked: null,
    alone: null,
    cited: 1,
    precision: 1,
    words: 1,
    mentions: null,
    verified: true,
    ...given,
  };
}
