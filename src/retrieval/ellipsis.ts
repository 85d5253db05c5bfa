/**
 * Questions of a few words whose rest stands in the question before: "Why?" after "When did it end?" is "Why did it
 * end?", "Who else?" after "Who led it?" is "Who else led it?". null for other questions.
 */
export function shortQuestion(words: string, previous: string): string | null {
  const before = previous.trim().replace(/[\s?.!]+$/, "");
  if (ADVERB.test(words)) return `${withAdverb(words, before)}?`;
  const other = /^(who|whom|what|where|when|why|how)\s+else$/i.exec(words)?.[1] ?? elseOf(words);
  if (other !== undefined) {
    const asked = new RegExp(`^${other}\\b(?!\\s+else)`, "i");
    const found = asked.test(before) ? before.replace(asked, `${capital(other)} else`) : null;
    return `${found ?? `${capital(words)} (${before})`}?`;
  }
  return ASKS.test(words) ? `${capital(words)} (${before})?` : null;
}

/** Whether the words are such a question: "In which year?" */
export function isShortQuestion(words: string): boolean {
  return ADVERB.test(words) || ASKS.test(words) || elseOf(words) !== undefined;
}

const PREPOSITION = "(?:by|to|for|with|from|in|at|on|under|of|against|until|since)";
const ADVERB = new RegExp(
  `^(?:why|when|where|how|how\\s+(?:long|often)|${PREPOSITION}\\s+(?:when|whom|where|how\\s+(?:much|many|long)|(?:which|what)\\s+\\p{L}+))$`,
  "iu",
);
const ASKS =
  /^(?:how\s+(?:much|many|far|old|big|large|heavy|tall|deep)|why\s+not|who|whom|what|which|which\s+one|what\s+for)$/i;

/** "What" of "anything else", "who" of "anybody else". */
function elseOf(words: string): string | undefined {
  const thing = /^(?:and\s+)?(?:any|some)(thing|one|body|where)\s+else$/i.exec(words)?.[1]?.toLowerCase();
  return thing === undefined ? undefined : ({ thing: "what", where: "where" }[thing] ?? "who");
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
