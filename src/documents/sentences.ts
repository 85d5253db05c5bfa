import { endsAbbreviation } from "./abbreviations.ts";
import { isRule } from "./furniture.ts";
import type { Span } from "./lines.ts";
import { bulletMark, isFence, numberMark } from "./marks.ts";
import { quotationsIn } from "./quotations.ts";

const CLOSERS = "\"'”’)]»›」』】）*_";
const TERMINATORS = ".!?…。！？｡";

/**
 * The sentences of a passage, trimmed, in order, without overlap. They hold every character that is not blank, but for the
 * marks that paragraphs and list items begin with ("6. ", "° "), so that a quote never starts with one.
 */
export function splitSentences(text: string): Span[] {
  const sentences: Span[] = [];
  for (const stretch of stretches(text)) splitStretch(text, stretch, sentences);
  return sentences;
}

/** Parts of a text that no sentence goes across: between blank lines, bullets, numbered items, table rows, rules and fences. */
function stretches(text: string): Span[] {
  const found: Span[] = [];
  let open: { start: number; end: number } | null = null;
  let mark: Mark | null = null;
  let afterBlank = true;
  let afterRule = false;
  let previous = "";
  const lines = /([^\r\n\f\v\u0085\u2028\u2029]*)(?:\r\n|[\r\n\f\v\u0085\u2028\u2029]|$)/g;
  for (const match of text.matchAll(lines)) {
    const raw = match[1] ?? "";
    const content = raw.trim();
    if (content === "") {
      afterBlank = true;
      continue;
    }
    const start = match.index + raw.length - raw.trimStart().length;
    const own = leadingMark(content);
    const goesOn =
      afterBlank &&
      /^\p{Ll}/u.test(content) &&
      own === null &&
      !/[.!?:;。！？]["'”’)\]]{0,3}$/u.test(previous.slice(-6));
    const rule = isRule(content) || isFence(content);
    if (
      open === null ||
      rule ||
      afterRule ||
      (afterBlank && !goesOn) ||
      (own !== null && opens(own, mark, previous)) ||
      isRow(content)
    ) {
      if (open) found.push(open);
      open = { start: start + (own?.length ?? 0), end: start + content.length };
      mark = own;
    } else open.end = start + content.length;
    afterBlank = false;
    afterRule = rule;
    previous = content;
  }
  if (open) found.push(open);
  return found.filter((stretch) => stretch.end > stretch.start);
}

interface Mark {
  readonly kind: string;
  readonly certain: boolean;
  readonly length: number;
  readonly number: number | null;
}

/** The number, bullet, quote or heading mark that a line begins with. */
export function leadingMark(content: string): Mark | null {
  const head = content.slice(0, 80);
  const bullet = bulletMark(head);
  if (bullet) return { ...bullet, number: null };
  const number = numberMark(head);
  if (number && number.length < content.length)
    return { kind: number.style, certain: false, length: number.length, number: number.parts.at(-1) ?? null };
  const markdown = /^(?:#{1,6}|>+)\s+(?=\S)/.exec(head);
  return markdown ? { kind: "markdown", certain: false, length: markdown[0].length, number: null } : null;
}

/** Whether a mark in the middle of a paragraph opens an item: a wrapped line may begin with a dash or a number. */
function opens(own: Mark, last: Mark | null, previous: string): boolean {
  if (own.certain) return true;
  if (own.number !== null)
    return last?.number != null
      ? own.number === last.number + 1
      : /[.:;!?]["'”’)\]]{0,3}$/u.test(previous.slice(-6)) && own.number === 1;
  return own.kind === last?.kind || /[.:;,!?]["'”’)\]]{0,3}$/u.test(previous.slice(-6));
}

function isRow(content: string): boolean {
  return content.startsWith("|") && content.endsWith("|") && !/^[|\s:-]+$/.test(content);
}

function splitStretch(text: string, stretch: Span, sentences: Span[]): void {
  const quotations = quotationsIn(text, stretch);
  let quotation = 0;
  // Asked in ascending order.
  const isQuoted = (place: number) => {
    while ((quotations[quotation]?.end ?? place + 1) <= place) quotation++;
    return (quotations[quotation]?.start ?? place) < place;
  };
  let start = stretch.start;
  let at = start;
  const add = (end: number): void => {
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed !== "") {
      const from = start + raw.length - raw.trimStart().length;
      sentences.push({ start: from, end: from + trimmed.length });
    }
    start = end;
  };
  while (at < stretch.end) {
    if (!TERMINATORS.includes(text.charAt(at))) {
      at++;
      continue;
    }
    const run = at;
    while (at < stretch.end && TERMINATORS.includes(text.charAt(at))) at++;
    const afterRun = at;
    while (at < stretch.end && CLOSERS.includes(text.charAt(at))) at++;
    at = afterReferences(text, at, stretch.end);
    if (at < stretch.end && !isQuoted(at) && endsHere(text, start, run, afterRun, at)) add(at);
  }
  add(stretch.end);
}

/** "in 1996.[3] The": a reference mark stays with its sentence. */
function afterReferences(text: string, at: number, end: number): number {
  if (text.charAt(at) !== "[") return at;
  const marks = /^(?:\[\d{1,3}\])+/.exec(text.slice(at, Math.min(end, at + 24)));
  return marks ? at + marks[0].length : at;
}

const WINDOW = 48;

/** `run` is where the full stops begin, `afterRun` where they end, `after` where closing quotes and brackets do. */
function endsHere(text: string, start: number, run: number, afterRun: number, after: number): boolean {
  const wide = /[。！？｡]/.test(text.charAt(afterRun - 1));
  const ahead = text.slice(after, after + WINDOW);
  if (wide) return after === afterRun || !/^[\u3040-\u309f,、，]/.test(ahead);
  if (!/^\s/.test(ahead)) return false;
  const next = ahead.trimStart();
  if (/^[\p{Ll},;:)\]%]/u.test(next)) return false;
  const stops = text.slice(run, afterRun);
  if (stops === "...." || /[!?]/.test(stops)) return true;
  if (stops === "…" || stops.length > 1) return run > start && !/\s/.test(text.charAt(run - 1));
  const before = text.slice(Math.max(start, run - WINDOW), run);
  // A closing quote or bracket after the stop shows that the stop ended something, if not after a title or an initial.
  return !endsAbbreviation(before, next, after > afterRun);
}
