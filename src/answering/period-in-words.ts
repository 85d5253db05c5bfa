import { dateInWords } from "../documents/dates.ts";
import type { Period, Trace } from "../types.ts";

type Span = Pick<Period, "from" | "to">;

/** "“in May”, taken as May 2003 or May 2005"; only the words themselves where they say the year. */
export function periodInWords(period: Period, spans: Trace["spans"] = []): string {
  const { text } = period;
  if (/\d{4}/.test(text)) return `“${text}”`;
  return `“${text}”, taken as ${(spans.length > 1 ? spans : [period]).map(spanInWords).join(" or ")}`;
}

/** "May 2003", "from 2004", "2003 to May 2005". */
export function spanInWords({ from, to }: Span): string {
  if (from !== null && from === to) return dateInWords(from);
  if (from === null) return to === null ? "any time" : `until ${dateInWords(to)}`;
  return to === null ? `from ${dateInWords(from)}` : `${dateInWords(from)} to ${dateInWords(to)}`;
}
