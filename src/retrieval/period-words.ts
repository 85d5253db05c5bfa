import { isoDate } from "../documents/dates.ts";
import type { Span } from "./calendar.ts";
import type { Mention } from "./period-dates.ts";

/** What a pattern's groups matched. */
export type Groups = readonly (string | undefined)[];

/** A wording that names a time, and the time that it names. */
export interface Wording {
  readonly regex: RegExp;
  readonly read: (groups: Groups) => readonly Span[];
}

/** The wording as whole words, in any case. */
export function wording(pattern: string, read: Wording["read"]): Wording {
  return { regex: new RegExp(`(?<![\\p{L}\\p{N}/-])${pattern}(?![\\p{L}\\p{N}])`, "giu"), read };
}

/** What of the calendar the text names by these wordings; they may overlap. */
export function namedBy(wordings: readonly Wording[], text: string): Mention[] {
  return wordings.flatMap(({ regex, read }) =>
    [...text.matchAll(regex)].flatMap((match) => {
      const spans = read(match.slice(1)).filter(({ from, to }) => isYear(from) && isYear(to));
      return spans.length === 0 ? [] : [{ spans, start: match.index, end: match.index + match[0].length }];
    }),
  );
}

const isYear = (date: string | null) => isoDate(date?.slice(0, 4)) !== null;
