import { type LexicalIndex, passageFrequency } from "./bm25.ts";
import { irregularForms } from "./irregular-forms.ts";
import { type Token, terms } from "./tokenize.ts";

/** The terms that stand for a word, its own first: "eat" and "ate". A name has one: "Drew" is not drawn. */
export function termsOf(word: string): string[] {
  const own = terms(word);
  if (!/^\p{Ll}+$/u.test(word)) return own;
  const { base, forms } = irregularForms(word);
  return [...new Set([...own, ...(base === null ? [] : [base]), ...[...forms].flatMap(terms)])];
}

/**
 * The words of a question, each with the term to look for: where no passage has its own, that of the form which most have.
 * Sentences are chosen and refusals made by these; to find passages by them, too, helped some questions and cost others.
 */
export function withStandingTerms(tokens: readonly Token[], question: string, lexical: LexicalIndex): Token[] {
  return tokens.map((token) => {
    if (passageFrequency(lexical, token.term) > 0) return token;
    const found = termsOf(question.slice(token.start, token.end)).map((term) => ({
      term,
      passages: passageFrequency(lexical, term),
    }));
    const [most] = found.sort((a, b) => b.passages - a.passages);
    return most && most.passages > 0 ? { ...token, term: most.term } : token;
  });
}
