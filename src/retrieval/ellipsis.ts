/**
 * Questions of a few words whose rest stands in the question before: "Why?" after "When did it end?" is "Why did it
 * end?", "Who else?" after "Who led it?" is "Who else led it?". null for other questions.
 */
export function shortQuestion(words: string, previous: string): string | null {
  const before = previous.trim().replace(/[\s?.!]+$/, "");
  const adverb = /^(?:since\s+when|until\s+when|why|when|where|how|how\s+long|how\s+often|why\s+not)$/i.exec(
    words,
  )?.[0];
  if (adverb !== undefined) return `${withAdverb(adverb, before)}?`;
  const other = /^(who|whom|what|where|when|why|how)\s+else$/i.exec(words);
  if (other?.[1] !== undefined) {
    const asked = new RegExp(`^${other[1]}\\b(?!\\s+else)`, "i");
    return `${asked.test(before) ? before.replace(asked, capital(words)) : `${capital(words)} (${before})`}?`;
  }
  const asks =
    /^(?:how\s+(?:much|many|far|old|big|large|heavy|tall|deep)|by\s+whom|for\s+whom|to\s+whom|with\s+whom|who|whom|what|which|which\s+one|what\s+for|from\s+where)$/i;
  return asks.test(words) ? `${capital(words)} (${before})?` : null;
}

/** In place of the adverb that the question before begins with, or in front of one that has none. */
function withAdverb(adverb: string, before: string): string {
  const rest =
    /^(?:when|where|why|how(?:\s+(?:long|often))?)\s+((?:did|does|do|was|were|is|are|has|have|had|can|will)\s.+)$/i.exec(
      before,
    )?.[1];
  if (rest !== undefined) return `${capital(adverb)} ${rest}`;
  const closed = /^(?:did|does|do|was|were|is|are|has|have|had|can|will)\s.+$/i.test(before);
  return closed
    ? `${capital(adverb)} ${before.charAt(0).toLowerCase()}${before.slice(1)}`
    : `${capital(adverb)} (${before})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
