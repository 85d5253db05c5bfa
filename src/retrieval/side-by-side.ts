import { readPeriods } from "./period.ts";

/** "Compare them", "how do they differ?": what is compared stands in the questions before. */
export const COMPARES_THEM =
  /^(?:(?:compare|contrast)\s+(?:them|these|those|both|all|the\s+(?:two|three|results|figures))|how\s+do\s+(?:they|these|those|the\s+two|both)\s+(?:compare|differ)|what\s+is\s+the\s+difference(?:\s+between\s+(?:them|these|those|the\s+two|both))?)$/i;

const NAME = "(?:[Tt]he\\s+)?\\p{Lu}[\\p{L}\\p{N}'’-]*(?:\\s+[\\p{Lu}\\p{N}][\\p{L}\\p{N}'’-]*)*";
const NOUN = "(?:the|an?)\\s+\\p{Ll}[\\p{L}-]*";
/** Two that are named together, after a verb or a preposition: not the word that begins the question. */
const PAIR = new RegExp(`(?<=\\s)(?<a>${NAME}|${NOUN})\\s+and\\s+(?<b>${NAME}|${NOUN})(?=\\s|$)`, "u");
const MOST_WORDS = 6;

/** The questions before as one that sets their two things or times side by side; null where these are not certain. */
export function sideBySide(previous: string, earlier: string | undefined): string | null {
  if (readPeriods(previous, { documentDates: [] }).sides.length > 1) return marked(previous);
  const pair = pairIn(previous);
  if (pair !== null) return marked(`${previous.slice(0, pair.end)} each${previous.slice(pair.end)}`);
  return earlier === undefined ? null : joined(earlier, previous);
}

/** The question with only the former or the latter of the two that it names together; null where it names none. */
export function onlyOneOf(previous: string, which: string): string | null {
  const pair = pairIn(previous);
  if (pair === null) return null;
  const kept = which.toLowerCase() === "former" ? pair.a : pair.b;
  return marked(`${previous.slice(0, pair.start)}${kept}${previous.slice(pair.end)}`);
}

function pairIn(question: string) {
  const match = PAIR.exec(question);
  const { a = "", b = "" } = match?.groups ?? {};
  return match === null ? null : { a, b, start: match.index, end: match.index + match[0].length };
}

/** "What did Penhale say?" and "What did Okoro say?" as "What did Penhale and Okoro each say?" */
function joined(first: string, second: string): string | null {
  const [one, other] = [wordsOf(first), wordsOf(second)];
  const same = (a: string | undefined, b: string | undefined) => a !== undefined && a === b;
  let start = 0;
  while (same(one[start], other[start])) start++;
  let end = 0;
  while (Math.min(one.length, other.length) - end > start && same(one.at(-1 - end), other.at(-1 - end))) end++;
  // "The B4 and the B7".
  if (/^(?:the|an?)$/i.test(one[start - 1] ?? "")) start--;
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (start === 0 || [a, b].some(({ length }) => length === 0 || length > MOST_WORDS)) return null;
  const [head, tail] = [one.slice(0, start).join(" "), one.slice(one.length - end).join(" ")];
  const isTime = readPeriods(`in ${a.join(" ")} and ${b.join(" ")}`, { documentDates: [] }).sides.length > 1;
  return marked(`${head} ${a.join(" ")} and ${b.join(" ")}${isTime ? "" : " each"}${tail === "" ? "" : ` ${tail}`}`);
}

function wordsOf(question: string): string[] {
  return question
    .trim()
    .replace(/[\s?.!]+$/, "")
    .split(/\s+/);
}

const marked = (question: string): string => `${question.trim().replace(/[\s?.!]+$/, "")}?`;
