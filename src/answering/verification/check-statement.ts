import { dot } from "../../dot.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { RankedPassage } from "../../retrieval/retriever.ts";
import type { Verdict } from "../../types.ts";
import type { Quote } from "../answerer.ts";
import { wordsNotCarried } from "./carried-words.ts";
import { missingWords } from "./content-words.ts";
import { evidenceOf, type ReadText, readText } from "./evidence.ts";
import { wrongFacts } from "./facts.ts";
import { isTooShort, locateQuote, sentencesAround, withoutQuestions } from "./locate-quote.ts";
import { inPlainCharacters, strangeWords } from "./plain-words.ts";
import { isVerb } from "./verbs.ts";
import { wordVectors } from "./word-vectors.ts";

/** A passage that a statement cites, with the words it quotes from it ("" where it gave none). */
export interface Cited {
  readonly source: RankedPassage;
  readonly quote: string;
}

export interface StatementCheck {
  readonly verdict: Verdict;
  /** Words of the statement, as it has them, that what it cites does not hold, or says of others. */
  readonly missing: readonly string[];
  /** The sentences that the found quotes stand in; those whose words are not found are left out. */
  readonly quotes: readonly Quote[];
}

/** The cosine of the statement and what it quotes below which it speaks of something else, of a model with vectors of words; docs/verification.md has the curve. */
export const SIMILARITY_FLOOR = 0.25;

/**
 * Holds a statement against the passages that it cites: the quotes must be in them, and every name, number, date and
 * negation of the statement and who does what in the quoted sentences; docs/verification.md has the rules. "Partly" where
 * only words of substance are not there. Throws ModelError.
 */
export async function checkStatement(
  text: string,
  cited: readonly Cited[],
  embedder: Embedder,
  floor = SIMILARITY_FLOOR,
): Promise<StatementCheck> {
  const found = cited.flatMap(({ source, quote }) => {
    const spans = locateQuote(source.passage.text, quote);
    if (spans === null || isTooShort(source.passage.text, spans)) return [];
    const told = withoutQuestions(source.passage.text, sentencesAround(source.passage.text, spans));
    return told.length === 0 ? [] : [{ source, spans: told }];
  });
  const quotes = unique(
    found.flatMap(({ source, spans }) =>
      spans.map(({ start, end }) => ({ source, start: source.passage.start + start, end: source.passage.start + end })),
    ),
  );
  const statement = readText(inPlainCharacters(text));
  if (quotes.length === 0) {
    return {
      verdict: "unsupported",
      missing: statement.words.filter((word) => !word.isFunction).map((word) => word.text),
      quotes,
    };
  }
  const quoted = quotes.map(({ source, start, end }) => source.document.text.slice(start, end));
  const befores = found.map(({ source, spans }) => ({
    source,
    before: source.passage.text.slice(0, spans[0]?.start ?? 0),
  }));
  const evidence = evidenceOf(quoted, befores);
  const plains = [...statement.words, ...evidence.said.words].filter(({ isFunction }) => !isFunction);
  const vectors = await wordVectors(
    plains.map(({ plain }) => plain),
    embedder,
  );
  const facts = wrongFacts(statement, evidence, vectors);
  const { open } = facts;
  const wrong = [...strangeWords(text, evidence.said), ...facts.wrong];
  const missing = missingWords(open, evidence.said.words, evidence.before.words, vectors);
  const elsewhere =
    wrong.length > 0 ? [] : await wordsNotCarried(text, [...quoted, evidence.titles.text].join("\n"), embedder);
  const words = [...new Set([...wrong, ...facts.doubtful, ...elsewhere, ...missing.map((word) => word.text)])];
  if (wrong.length > 0 || (elsewhere.length > 0 && isVerbElsewhere(statement, words)))
    return { verdict: "unsupported", missing: words, quotes };
  const [own, theirs] = await embedder.embed([text, quoted.join(" ")], "passage");
  if (own === undefined || theirs === undefined || dot(own, theirs) < floor) {
    return { verdict: "unsupported", missing: words, quotes };
  }
  return { verdict: words.length > 0 ? "partly" : "supported", missing: words, quotes };
}

/** Whether what is cited has no verb of the statement: another deed, not other words for one. */
function isVerbElsewhere({ words }: ReadText, missing: readonly string[]): boolean {
  const gone = new Set(missing);
  const verbs = words.filter((_, at) => isVerb(words, at));
  return verbs.every(({ text }) => gone.has(text));
}

/** Each sentence once, though several quotes lie in it. */
function unique(quotes: readonly Quote[]): Quote[] {
  return quotes.filter(
    (quote, i) =>
      quotes.findIndex(
        ({ source, start, end }) =>
          source.passage.passageId === quote.source.passage.passageId && start === quote.start && end === quote.end,
      ) === i,
  );
}
