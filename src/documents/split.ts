import type { Group } from "./grouping.ts";
import { hasWordsAtMost, type Span, wordCount } from "./lines.ts";
import { splitSentences } from "./sentences.ts";

/** A paragraph of more words than LONGEST is cut into passages of at most PIECE; a table or code already past ROWS. */
const LONGEST = 400;
const PIECE = 250;
const ROWS = 200;
/** Where nothing else gives a place to cut: no passage is longer than this many characters. */
const MOST_CHARACTERS = 4000;

/** The passages that a group makes: itself, or parts of it when it is long, cut before bullets, else between sentences. */
export function splitLong(text: string, group: Group): Span[] {
  const longest = group.kind === "verbatim" ? ROWS : LONGEST;
  if (fits(text, group, longest)) return [{ start: group.start, end: group.end }];
  const most = group.kind === "verbatim" ? ROWS : PIECE;
  const parts = group.parts.flatMap((part) =>
    fits(text, part, group.kind === "verbatim" ? ROWS : LONGEST) ? [part] : packed(text, unitsOf(text, part), most),
  );
  return group.parts.length > 1 ? packed(text, parts, most) : parts;
}

function fits(text: string, { start, end }: Span, words: number): boolean {
  return end - start <= MOST_CHARACTERS && hasWordsAtMost(text.slice(start, end), words);
}

/** Sentences; of one that is too long itself, its words; of a word that is too long, stretches of it. */
function unitsOf(text: string, part: Span): Span[] {
  const slice = text.slice(part.start, part.end);
  const sentences = splitSentences(slice).map(({ start, end }) => ({
    start: part.start + start,
    end: part.start + end,
  }));
  const [first] = sentences;
  if (!first) return [part];
  sentences[0] = { start: part.start, end: first.end };
  return sentences.flatMap((sentence) => (fits(text, sentence, PIECE) ? [sentence] : wordsOf(text, sentence)));
}

function wordsOf(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (const match of text.slice(start, end).matchAll(/\S+/g)) {
    let from = start + match.index;
    const to = from + match[0].length;
    while (to - from > MOST_CHARACTERS) {
      // Never between the halves of a surrogate pair.
      const cut = from + MOST_CHARACTERS - (/[\ud800-\udbff]/.test(text.charAt(from + MOST_CHARACTERS - 1)) ? 1 : 0);
      spans.push({ start: from, end: cut });
      from = cut;
    }
    spans.push({ start: from, end: to });
  }
  return spans;
}

/** Joins neighbours while they stay within the limit; what stands between sentences (a bullet's mark) goes with the next. */
function packed(text: string, spans: readonly Span[], words: number): Span[] {
  const pieces: { start: number; end: number; words: number }[] = [];
  let covered = spans[0]?.start ?? 0;
  for (const span of spans) {
    const gap = text.slice(covered, span.start);
    const start = covered + gap.length - gap.trimStart().length;
    covered = span.end;
    const count = wordCount(text.slice(start, span.end));
    const last = pieces.at(-1);
    if (last && last.words + count <= words && span.end - last.start <= MOST_CHARACTERS) {
      last.end = span.end;
      last.words += count;
    } else pieces.push({ start, end: span.end, words: count });
  }
  return pieces.map(({ start, end }) => ({ start, end }));
}
