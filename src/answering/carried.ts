import { dot } from "../dot.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { toUnit } from "../embedding/vectors.ts";
import { contentTokens } from "../retrieval/stopwords.ts";
import { type Cited, checkStatement, type StatementCheck } from "./verification/check-statement.ts";

/** The cosine from which on two words are taken to speak of the same. */
const NEAR_WORD = 0.3;
/**
 * How much of a statement's weight may be words that its quotes neither have nor come near. Of 115 true statements
 * written by hand (tests/eval/statements) one has more; of a false deed beside the right names most have.
 */
const MOST_ELSEWHERE = 0.5;

/** The check of a statement, and that its quotes carry what it says, not only whom and when it speaks of. Throws ModelError. */
export async function checkCarried(text: string, cited: readonly Cited[], embedder: Embedder): Promise<StatementCheck> {
  const checked = await checkStatement(text, cited, embedder);
  if (checked.verdict === "unsupported") return checked;
  const quoted = checked.quotes.map(({ source, start, end }) => source.document.text.slice(start, end)).join("\n");
  const words = await wordsNotCarried(text, quoted, embedder);
  if (words.length === 0) return checked;
  return { ...checked, verdict: "unsupported", missing: [...new Set([...checked.missing, ...words])] };
}

/**
 * The words of substance of a statement, names and numbers aside, that the quotes neither have nor come near; none where
 * they are the lesser part of it by the weight of their vectors, and where the model has no vectors of words.
 */
export async function wordsNotCarried(text: string, quoted: string, embedder: Embedder): Promise<string[]> {
  const theirs = contentTokens(quoted);
  const stems = new Set(theirs.map(({ term }) => term));
  const own = contentTokens(text)
    .map(({ term, start, end }) => ({ term, word: text.slice(start, end) }))
    .filter(({ word }) => /^\p{Ll}/u.test(word));
  const vectors = await embedder.words?.(own.map(({ word }) => word));
  const others = await embedder.words?.(theirs.map(({ start, end }) => quoted.slice(start, end).toLowerCase()));
  if (vectors === undefined || others === undefined) return [];
  const near = others.map(toUnit);
  const weighed = own.map(({ term, word }, at) => {
    const vector = vectors[at] ?? new Float32Array();
    const unit = toUnit(vector);
    const isCarried = stems.has(term) || near.some((other) => dot(unit, other) >= NEAR_WORD);
    return { word, weight: Math.sqrt(dot(vector, vector)), isCarried };
  });
  const missing = weighed.filter(({ isCarried }) => !isCarried);
  const sum = (all: typeof weighed) => all.reduce((total, { weight }) => total + weight, 0);
  return sum(missing) > MOST_ELSEWHERE * sum(weighed) ? missing.map(({ word }) => word) : [];
}
