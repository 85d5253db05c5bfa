import { passageHeader } from "../../documents/header.ts";
import type { RankedPassage } from "../../retrieval/retriever.ts";
import type { IsoDate, Person } from "../../types.ts";
import { type ClockTime, clockTimesIn } from "./clock.ts";
import { type Name, type NameSource, nameSource, namesIn } from "./names.ts";
import { type Amount, amountsIn } from "./numbers.ts";
import { partsOf, type Time, timesIn } from "./times.ts";
import { isWord } from "./word-meanings.ts";
import { isLemma } from "./wordnet.ts";
import { type Word, wordsOf } from "./words.ts";
import { withPlainNumbers } from "./written-numbers.ts";

/** A text, read for all that the rules compare. */
export interface ReadText {
  readonly text: string;
  readonly words: readonly Word[];
  readonly times: readonly Time[];
  readonly clocks: readonly ClockTime[];
  readonly amounts: readonly Amount[];
  readonly names: readonly Name[];
}

/** What a statement is held against. */
export interface Evidence {
  /** The quoted sentences, a blank line between those that do not touch. */
  readonly said: ReadText;
  readonly names: NameSource;
  /** What stands in the same passages before the quoted sentences, and their headers. */
  readonly before: ReadText;
  readonly beforeNames: NameSource;
  /** Both together. */
  readonly everywhere: NameSource;
  /** The dates of the documents, and those that the passages name before. */
  readonly dates: readonly Pick<Time, "year" | "month" | "day">[];
  /** The dates of the documents alone, as far as they are given. */
  readonly ownDates: readonly Pick<Time, "year" | "month" | "day">[];
  readonly people: readonly Person[];
  /** The titles of the documents. */
  readonly titles: ReadText;
  /** The whole documents, as their files have them. */
  readonly documents: readonly string[];
}

/** Texts that were read, the last ones: the statements of an answer cite the same passages. */
const known = new Map<string, ReadText>();
const KNOWN = 64;

/** `readText` of a text that is likely to be asked for again. */
function readOnce(text: string): ReadText {
  const read = known.get(text) ?? readText(text);
  known.delete(text);
  known.set(text, read);
  const [oldest] = known.keys();
  if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
  return read;
}

export function readText(text: string): ReadText {
  const words = wordsOf(text);
  const times = timesIn(text);
  const clocks = clockTimesIn(text);
  const isTime = ({ start, end }: Word) => [...times, ...clocks].some((time) => start < time.end && time.start < end);
  const amounts = amountsIn(text, words, isTime);
  const isNumber = (word: Word) => /^\p{N}/u.test(word.text) || isTime(word);
  return { text, words, times, clocks, amounts, names: namesIn(words, isNumber) };
}

const YEAR_BEFORE =
  /\b(?:(?:the )?(?:year before|previous year|preceding year|prior year)|last year|a year (?:earlier|before|ago))\b/i;
const YEAR_AFTER = /\b(?:(?:the )?(?:year after|following year|next year)|a year later)\b/i;

/** "51,900 the year before" is of 2006, where the sentence or its document is of 2007. */
function yearsBeside({ text, times }: ReadText, dates: readonly Pick<Time, "year" | "month" | "day">[]) {
  const steps = [...(YEAR_BEFORE.test(text) ? [-1] : []), ...(YEAR_AFTER.test(text) ? [1] : [])];
  const years = new Set([...times, ...dates].flatMap(({ year }) => year ?? []));
  return steps.flatMap((step) => [...years].map((year) => ({ year: year + step, month: null, day: null })));
}

const DAY_MS = 86_400_000;

/** "On Thursday" is the last one before the document's day, or the next. */
function nearestDays(date: IsoDate | null, weekday: number) {
  if (date === null || !/^\d{4}-\d\d-\d\d$/.test(date)) return [];
  const own = Date.parse(date);
  const ahead = (weekday - new Date(own).getUTCDay() + 7) % 7;
  return [ahead, ahead - 7].map((days) => {
    const day = new Date(own + days * DAY_MS);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  });
}

/** What is said of the day of the document itself. */
const OF_THAT_DAY = /\b(?:today|yesterday|tonight|tomorrow|this (?:morning|afternoon|evening|week|month))\b/i;

/** On one line, words that were broken at the end of one made whole. */
function joined(text: string): string {
  const whole = text.replace(/(\p{Ll}+)[-\u00ad]\s*\n\s*(\p{Ll}+)/gu, (_, head: string, tail: string) =>
    // "In-depth" was broken at its own hyphen.
    isLemma(tail) && !isWord(head + tail) ? `${head}-${tail}` : head + tail,
  );
  return withPlainNumbers(whole.replace(/\s+/g, " "));
}

/** `quoted` are the sentences, `sources` the passages that they stand in, and what each has before them. */
export function evidenceOf(
  quoted: readonly string[],
  sources: readonly { readonly source: RankedPassage; readonly before: string }[],
): Evidence {
  const said = readOnce(quoted.map(joined).join("\n\n"));
  const headers = sources.map(({ source }) => passageHeader(source.document, source.passage));
  const before = readOnce([...headers, ...sources.map((source) => joined(source.before))].join("\n\n"));
  const documentDates = sources.flatMap(({ source }) => source.document.date ?? []).map(partsOf);
  const years = [...documentDates, ...before.times].map(({ year }) => ({ year, month: null, day: null }));
  const weekdays = said.times.flatMap(({ weekday }) => weekday ?? []);
  const thatWeek = sources.flatMap(({ source }) => weekdays.flatMap((day) => nearestDays(source.document.date, day)));
  return {
    said,
    names: nameSource(said.words),
    before,
    beforeNames: nameSource(before.words),
    everywhere: nameSource([...said.words, ...before.words]),
    dates: [
      ...years,
      ...thatWeek,
      ...yearsBeside(said, documentDates),
      ...(OF_THAT_DAY.test(said.text) ? documentDates : []),
    ],
    ownDates: documentDates,
    titles: readOnce(sources.map(({ source }) => source.document.title).join("\n\n")),
    documents: [...new Set(sources.map(({ source }) => source.document.text))],
    people: sources.flatMap(({ source }) => source.document.people),
  };
}
