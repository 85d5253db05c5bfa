import type { IsoDate } from "../types.ts";
import { firstDay, lastDay, type Span } from "./calendar.ts";

const NUMBERS = "two three four five six seven eight nine ten".split(" ");
const COUNT = `(\\d{1,2}|${NUMBERS.join("|")})`;
const LAST = "last|latest|newest|most\\s+recent";
const FIRST = "first|earliest|oldest";
/** What a document is or records. */
export const DOCUMENT_WORD =
  "(?:meetings?|sessions?|sittings?|documents?|minutes|reports?|letters?|memos?|memoranda|e-?mails?|statements?|press\\s+releases?|communiqu[eé]s?|bulletins?|newsletters?|transcripts?|summits?|phone\\s+calls?|talks)";
// "The last meeting of the committee", "the first report on eels" are not about the documents in general.
// "What was the last meeting about?" is; what comes "before 2017" is for the reader of times to judge.
const NOT_IN_GENERAL =
  "(?!['’]s?\\s|\\s+(?:with|on|about(?!\\s*(?:[?.!]|$))|for|to|that|which|who|whose|where|when)\\b|-)";
const ORDER = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?:the|your|our)\\s+(?:${COUNT}\\s+)?|(?<!\\p{L}\\s+))(?:(${LAST})|(${FIRST}))(?:\\s+${COUNT})?\\s+(?<kind>${DOCUMENT_WORD})(?![\\p{L}\\p{N}])${NOT_IN_GENERAL}`,
  "iu",
);

/** "the latest minutes", "the first two reports": so many documents from one end of their order in time. */
export interface Order {
  readonly from: "newest" | "oldest";
  readonly count: number;
  /** "minutes": what sort of document is meant. */
  readonly kind: string;
  /** Half-open offsets of "the latest minutes". */
  readonly start: number;
  readonly end: number;
}

/** The order that a question asks for, of documents or meetings in general; null for "the first item", "at last". */
export function orderIn(question: string): Order | null {
  const match = ORDER.exec(question);
  if (match === null) return null;
  const [words, before, last, , after] = match;
  const number = (before ?? after)?.toLowerCase();
  const named = number === undefined ? 1 : /^\d/.test(number) ? Number(number) : NUMBERS.indexOf(number) + 2;
  return {
    from: last === undefined ? "oldest" : "newest",
    count: Math.max(1, named),
    kind: (match.groups?.kind ?? "").toLowerCase(),
    start: match.index,
    end: match.index + words.length,
  };
}

/** A document's date and what it is called: its title and path. */
export interface NamedDate {
  readonly date: IsoDate;
  readonly name: string;
  /** How its text begins, read only where it is needed. */
  readonly opening?: () => string;
}

/** How minutes begin whose title is only that of the body that met: "Ordinary meeting, 3 May", "Members present: ...". */
const MEETING_HEAD =
  /^[ \t#*_>]*(?:(?:minutes\b|(?:(?!(?:the|a|an|our|my|your|this|that|last|next|after|before|at|in|on|for|since|during|of|to|and|we|i)[ \t])\p{L}+[ \t]){0,2}(?:meeting|session|sitting)[*_]*(?:,|\s*$|\s+(?:of|on|held|at)\b))|(?:(?:members|also|councillors)[ \t]+)?(?:present|(?:in[ \t]+)?attendance|in[ \t]+the[ \t]+chair|apologies(?:[ \t]+for[ \t]+absence)?)[*_]*[ \t]*(?::|\|?[ \t]*$))/imu;
const isOfMeetings = (kind: string) => /^(?:meeting|session|sitting|minute)/.test(kind);

/** What documents of a sort are called, where it is more than the word itself. */
const CALLED: readonly (readonly [kind: RegExp, name: RegExp])[] = [
  [/^(?:meeting|session|sitting|minute)/, /\b(?:meetings?|sessions?|sittings?|minutes|talks|summit|assembly)\b/i],
  [/^(?:memo|memoranda)/, /\bmemo(?:s|randum|randa)?\b/i],
  [/^e-?mail/, /\be-?mails?\b|^(?:re|fwd?|aw)\s?:/i],
  [/call/, /\b(?:call|telephone)\b/i],
];

/** The dates of the documents whose name, or for meetings their head, says that they are of this sort; of all where none does. */
export function datesOfKind(kind: string, named: readonly NamedDate[], all: readonly IsoDate[]): readonly IsoDate[] {
  if (/^documents?$/.test(kind)) return all;
  const word = kind.replace(/s$/, "").replace(/\s+/g, "\\s+");
  const called = CALLED.find(([pattern]) => pattern.test(kind))?.[1] ?? new RegExp(`\\b${word}s?\\b`, "i");
  const isMeeting = isOfMeetings(kind);
  const found = named.filter(
    ({ name, opening }) => called.test(name) || (isMeeting && opening !== undefined && MEETING_HEAD.test(opening())),
  );
  return found.length === 0 ? all : found.map(({ date }) => date);
}

/** The dates of these documents that the order means, each once. */
export function inOrder({ from, count }: Order, dates: readonly IsoDate[]): Span[] {
  const sorted = [...new Set(dates)].sort((a, b) =>
    from === "newest" ? compare(lastDay(b), lastDay(a)) : compare(firstDay(a), firstDay(b)),
  );
  return sorted.slice(0, count).map((date) => ({ from: date, to: date }));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
