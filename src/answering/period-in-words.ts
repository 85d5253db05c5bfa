import { dateInWords } from "../documents/dates.ts";
import { datesIn } from "../retrieval/period-dates.ts";
import type { Period, Trace } from "../types.ts";

type Span = Pick<Period, "from" | "to">;

/** Beside a date these bound the time as they say. */
const PLAIN =
  /^(?:[\s,&–—-]|\b(?:before|prior|earlier|after|later|since|until|till|from|to|up|through|between|and|or|in|on|of|by|the|than|no|onwards?|starting|beginning|with|except(?:ing)?|excluding|for|but|not|other|apart|aside|vs|versus)\b|\bthe\s+year\s*$)*$/i;

/** "“in May”, taken as May 2003 or May 2005"; only the words themselves where they are no more than dates and bounds. */
export function periodInWords(period: Period, spans: Trace["spans"] = []): string {
  const { text } = period;
  if (saysIt(text)) return `“${text}”`;
  return `“${text}”, taken as ${(spans.length > 1 ? spans : [period]).map(spanInWords).join(" or ")}`;
}

/** Not so "the decade after 1996", "the last meeting before 2017", nor "3/4/2013", which is one day or another. */
function saysIt(text: string): boolean {
  const dates = datesIn(text);
  if (dates.length === 0 || dates.some((date) => date.spans.length > 1)) return false;
  return PLAIN.test(dates.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text));
}

/** "May 2003", "from 2004", "2003 to May 2005". */
export function spanInWords({ from, to }: Span): string {
  if (from !== null && from === to) return dateInWords(from);
  if (from === null) return to === null ? "any time" : `until ${dateInWords(to)}`;
  return to === null ? `from ${dateInWords(from)}` : `${dateInWords(from)} to ${dateInWords(to)}`;
}
