import { dot } from "../../dot.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { RankedPassage } from "../../retrieval/retriever.ts";
import type { Verdict } from "../../types.ts";
import type { Quote } from "../answerer.ts";
import { wordsNotCarried } from "./carried-words.ts";
import { missingWords } from "./content-words.ts";
import { evidenceOf, type ReadText, readText } from "./evidence.ts";
import { checkFacts, type Finding } from "./facts.ts";
import { isTooShort, locateQuote, sentencesAround, withoutQuestions } from "./locate-quote.ts";
import { inPlainCharacters, strangeWords } from "./plain-words.ts";
import { isVerb } from "./verbs.ts";
import { wordVectors } from "./word-vectors.ts";
import { withPlainNumbers } from "./written-numbers.ts";

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
  /** What each rule has found. */
  readonly findings: readonly Finding[];
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
  const located = cited.flatMap(({ source, quote }) => {
    const spans = locateQuote(source.passage.text, quote);
    if (spans === null || isTooShort(source.passage.text, spans)) return [];
    const told = withoutQuestions(source.passage.text, sentencesAround(source.passage.text, spans));
    return told.length === 0 ? [] : [{ source, spans: told }];
  });
  const quotes = unique(
    located.flatMap(({ source, spans }) =>
      spans.map(({ start, end }) => ({ source, start: source.passage.start + start, end: source.passage.start + end })),
    ),
  );
  const statement = readText(inPlainCharacters(withPlainNumbers(text)));
  if (quotes.length === 0) {
    const words = statement.words.filter((word) => !word.isFunction).map((word) => word.text);
    const unquoted = { rule: "quote", words, isDoubtful: false };
    return { verdict: "unsupported", missing: words, quotes, findings: [unquoted] };
  }
  const quoted = quotes.map(({ source, start, end }) => source.document.text.slice(start, end));
  const befores = located.map(({ source, spans }) => ({
    source,
    before: source.passage.text.slice(0, spans[0]?.start ?? 0),
  }));
  const evidence = evidenceOf(quoted, befores);
  const plains = [...statement.words, ...evidence.said.words].filter(({ isFunction }) => !isFunction);
  const vectors = await wordVectors(
    plains.map(({ plain }) => plain),
    embedder,
  );
  const { findings, open } = checkFacts(statement, evidence, vectors);
  const missing = missingWords(open, statement.words, evidence.said.words, evidence.before.words, vectors);
  const elsewhere = await wordsNotCarried(text, [...quoted, evidence.titles.text].join("\n"), embedder);
  const isDeedThere = isVerbSaid(statement, new Set([...missing.map((word) => word.text), ...elsewhere]));
  const found = [
    { rule: "characters", words: strangeWords(text, evidence.said), isDoubtful: false },
    ...findings,
    { rule: "subject", words: elsewhere, isDoubtful: isDeedThere },
    { rule: "words", words: missing.map((word) => word.text), isDoubtful: true },
  ].filter(({ words }) => words.length > 0);
  const words = [...new Set(found.flatMap((finding) => finding.words))];
  if (found.some(({ isDoubtful }) => !isDoubtful))
    return { verdict: "unsupported", missing: words, quotes, findings: found };
  const [own, theirs] = await embedder.embed([text, quoted.join(" ")], "passage");
  if (own === undefined || theirs === undefined || dot(own, theirs) < floor) {
    const far = { rule: "similarity", words: [], isDoubtful: false };
    return { verdict: "unsupported", missing: words, quotes, findings: [...found, far] };
  }
  return { verdict: found.length > 0 ? "partly" : "supported", missing: words, quotes, findings: found };
}

/** Whether what is cited has some verb of the statement: other words for a deed, not another one. */
const isVerbSaid = ({ words }: ReadText, gone: ReadonlySet<string>) =>
  words.some(({ text }, at) => isVerb(words, at) && !gone.has(text));

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
