import type { Draft } from "../../src/answering/answerer.ts";
import type { CheckStatement } from "../../src/answering/check-written.ts";
import type { RankedPassage } from "../../src/retrieval/retriever.ts";
import { documentOf, type Sketch } from "../make-index.ts";

/** A draft for a fact, of these documents' paragraphs in their order, that has no answer of its own. */
export function draftOf(sketches: Readonly<Record<string, Sketch>>): Draft {
  const evidence = Object.entries(sketches).flatMap(([id, sketch]): RankedPassage[] => {
    const { document, passages } = documentOf(id, sketch);
    return passages.map((passage, ordinal) => ({
      ordinal,
      passage,
      document,
      score: 1,
      dense: 1,
      lexical: 0,
      ...NO_MORE,
    }));
  });
  const reading = { question: "", terms: [], period: null, spans: [], sides: [], people: [] };
  return { kind: "fact", reading, statements: [], groups: null, finding: null, evidence };
}

const NO_MORE = { wording: 0, period: 0, people: 0 };

/** Supports what is cited by words that stand in the passage. */
export const quoteCheck: CheckStatement = async (_, cited) => {
  const quotes = cited.flatMap(({ source, quote }) => {
    const at = quote === "" ? -1 : source.passage.text.indexOf(quote);
    const start = source.passage.start + at;
    return at < 0 ? [] : [{ source, start, end: start + quote.length }];
  });
  return { verdict: quotes.length > 0 ? "supported" : "unsupported", missing: [], quotes, findings: [] };
};
