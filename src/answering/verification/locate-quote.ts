import { splitSentences } from "../../documents/sentences.ts";

/** Half-open UTF-16 offsets into the text that was searched. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text without what a copy of it may have otherwise, and where in the text each character that is left stands. */
interface Skeleton {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Blanks, line breaks, hyphens and dashes, marks of emphasis: a copy may join, break or leave them out. */
const LEFT_OUT = /[\s\p{Cf}\p{Pd}*_`]/u;
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´]/gu, "'"],
  [/[“”„‟″«»]|''/gu, '"'],
];
const ELLIPSIS = /\s*[[(]?\s*(?:\.\s?\.\s?\.+|…)\s*[\])]?\s*/u;
/** What a model puts around a quote. */
const WRAPPING = /^[\s"'“”‘’«».,;:…]+|[\s"'“”‘’«».,;:…]+$/gu;

/**
 * Where a quote stands in a text, each of its parts between ellipses, in order; null where one is not there. White space,
 * hyphenation, typographic quotes and dashes and Unicode forms may differ, and, where it is found in no other way, case.
 */
export function locateQuote(text: string, quote: string): Span[] | null {
  const whole = quote.replaceAll(WRAPPING, "");
  if (!/[\p{L}\p{N}]/u.test(whole)) return null;
  const parts = whole.split(ELLIPSIS).filter((part) => /[\p{L}\p{N}]/u.test(part));
  for (const fold of [same, lower]) {
    const skeleton = skeletonOf(fold(text));
    const found = locateParts(skeleton, [whole], fold) ?? locateParts(skeleton, parts, fold);
    if (found !== null) return found;
  }
  return null;
}

const same = (text: string) => text;
/** Lower case keeps the length of what is written here, or the text is left as it is. */
const lower = (text: string) => (text.toLowerCase().length === text.length ? text.toLowerCase() : text);

function locateParts(skeleton: Skeleton, parts: readonly string[], fold: (text: string) => string): Span[] | null {
  const found: Span[] = [];
  let from = 0;
  for (const part of parts) {
    const sought = skeletonOf(fold(part.replaceAll(WRAPPING, ""))).text;
    const at = wholeWordsAt(skeleton, sought, from);
    const start = skeleton.starts[at];
    const end = skeleton.ends[at + sought.length - 1];
    if (start === undefined || end === undefined) return null;
    found.push({ start, end });
    from = at + sought.length;
  }
  return found.length > 0 ? found : null;
}

/** -1 where it is not there as whole words: "art" is no part of "party". */
function wholeWordsAt({ text, starts, ends }: Skeleton, sought: string, from: number): number {
  if (sought === "") return -1;
  const inWord = (at: number) => {
    const glued = ends[at - 1] === starts[at];
    return glued && /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1));
  };
  for (let at = text.indexOf(sought, from); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (!inWord(at) && !inWord(at + sought.length)) return at;
  }
  return -1;
}

/** Those of the texts asked for last: several statements quote one passage. */
const known = new Map<string, Skeleton>();
const KNOWN = 64;

function skeletonOf(text: string): Skeleton {
  const skeleton = known.get(text) ?? makeSkeleton(text);
  known.delete(text);
  known.set(text, skeleton);
  const [oldest] = known.keys();
  if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
  return skeleton;
}

function makeSkeleton(text: string): Skeleton {
  let left = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const { segment } of graphemes(text)) {
    if (!LEFT_OUT.test(segment) || segment === "`") {
      const plain = ALIKE.reduce((form, [pattern, to]) => form.replace(pattern, to), segment.normalize("NFKC"));
      left += plain;
      for (let i = 0; i < plain.length; i++) {
        starts.push(offset);
        ends.push(offset + segment.length);
      }
    }
    offset += segment.length;
  }
  return { text: left, starts, ends };
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
// biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
const ASCII = /^[\x00-\x7f]*$/;

/** Characters as a reader counts them: an accent that is written apart stays with its letter. */
function graphemes(text: string): Iterable<{ readonly segment: string }> {
  return ASCII.test(text) ? [...text].map((segment) => ({ segment })) : segmenter.segment(text);
}

/** The sentences of a text in which the spans lie, in order; those that touch become one span. */
export function sentencesAround(text: string, spans: readonly Span[]): Span[] {
  const sentences = splitSentences(text).filter(({ start, end }) =>
    spans.some((span) => span.start < end && start < span.end),
  );
  const covered = [...sentences, ...spans].sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of covered) {
    const last = joined.at(-1);
    const isNext = last !== undefined && text.slice(last.end, span.start).trim() === "";
    if (last !== undefined && isNext) joined.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else joined.push(span);
  }
  return joined;
}

const LEAST_WORDS = 3;
const CELL_OPENS = /(?:^|[\n|])[\s*_#>-]*$/;
const CELL_ENDS = /^[\s*_.!]*(?:$|[\n|])/;

/** Whether a quote is of one or two words that are no sentence, line or cell of a table by themselves. */
export function isTooShort(text: string, spans: readonly Span[]): boolean {
  const words = spans.flatMap(({ start, end }) => text.slice(start, end).match(/[\p{L}\p{N}]+/gu) ?? []);
  if (words.length >= LEAST_WORDS) return false;
  const isWhole = ({ start, end }: Span) => CELL_OPENS.test(text.slice(0, start)) && CELL_ENDS.test(text.slice(end));
  const isSentence = (span: Span) =>
    splitSentences(text).some(
      ({ start, end }) => start >= span.start - 1 && text.slice(span.end, end).trim().length <= 1,
    );
  return !spans.every((span) => isWhole(span) || isSentence(span));
}

const ASKS = /\?["'”’)\]]*\s*$/;
const ASKS_AS_HEADING =
  /^\s*(?:was|were|is|are|did|does|do|has|have|had|can|could|will|would|should|who|what|when|where|why|how|which)\b[^.!]*$/i;

/** The spans without the sentences in them that ask: nothing rests on a question. */
export function withoutQuestions(text: string, spans: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    const sentences = splitSentences(text.slice(span.start, span.end));
    const told = sentences.filter(({ start, end }) => {
      const sentence = text.slice(span.start + start, span.start + end);
      return !ASKS.test(sentence) && !ASKS_AS_HEADING.test(sentence.trim());
    });
    if (told.length === sentences.length) return [span];
    return told.map(({ start, end }) => ({ start: span.start + start, end: span.start + end }));
  });
}
