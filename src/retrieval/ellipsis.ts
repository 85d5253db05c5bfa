import { nounPhrases } from "./noun-phrases.ts";
import { pastForm } from "./past-form.ts";
import { isActor } from "./replace-in.ts";

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
    const others = found === null && other.toLowerCase() === "who" ? whoElse(before) : null;
    return `${found ?? others ?? `${capital(words)} (${before})`}?`;
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

const ASKED_OF = /^(?:(?<what>what)|when|where|why|how)?\s*\bdid\s+/i;
const STRANDED =
  /^\s+(?:to|on|about|for|with|in|at|of|from|against|over)(?=$|\s+(?:in|on|at|during|before|after|since|by)\b)/i;
const LEADS_ON =
  /^(?:$|\s+(?:to|on|about|for|with|in|at|of|from|against|over|during|before|after|since|by|between|regarding)\b)/i;

/** "Who else promised anything in 1996?" after "What did Okoro promise in 1996?": the same, without whom it was asked of. */
function whoElse(before: string): string | null {
  const asked = ASKED_OF.exec(before);
  const who = nounPhrases(before).find(({ start }) => start === asked?.[0].length);
  if (asked === null || who === undefined || !(who.name || isActor(who.text))) return null;
  const [, verb = "", rest = ""] = /^\s+(\p{Ll}+)(.*)$/u.exec(before.slice(who.end)) ?? [];
  if (verb === "") return null;
  if (asked.groups?.what === undefined) return `Who else ${pastForm(verb)}${rest}`;
  if (!LEADS_ON.test(rest)) return null;
  const lead = STRANDED.exec(rest)?.[0] ?? "";
  return `Who else ${pastForm(verb)}${lead} anything${rest.slice(lead.length)}`;
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
