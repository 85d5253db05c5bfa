import type { IsoDate } from "../types.ts";

/** Days from `from` to `to`, both inclusive, of day, month or year precision; null is an open end. */
export interface Span {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** "02-07" or "05" where the question names the day or month without its year: so may a passage. */
  readonly yearless?: string;
}

const DAY = 86_400_000;

/** The first day that the date can mean: "2017" is 2017-01-01. */
export function firstDay(date: IsoDate): IsoDate {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** The last day that the date can mean: "2017" is 2017-12-31. */
export function lastDay(date: IsoDate): IsoDate {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length > 7) return date;
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

/** The day that comes so many days after (or before, when negative) another. Both of day precision. */
export function daysFrom(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The month that comes so many months after (or before) that of a date, as "2017-05". */
export function monthsFrom(date: IsoDate, months: number): IsoDate {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1))
    .toISOString()
    .slice(0, 7);
}

/** Whether the date can fall into the span: of "2017" and "after May 2017" it can. */
export function within(date: IsoDate, { from, to }: Span): boolean {
  return (from === null || lastDay(date) >= firstDay(from)) && (to === null || firstDay(date) <= lastDay(to));
}

/** Whether the date can fall into any of the spans. */
export function withinAny(date: IsoDate, spans: readonly Span[]): boolean {
  return spans.some((span) => within(date, span));
}

/** What these spans leave of the other: none, it, or what lies before and after them. */
export function withoutSpans(span: Span, taken: readonly Span[]): Span[] {
  let left: Span[] = [span];
  for (const { from, to } of taken) {
    left = left.flatMap((one) => {
      const before = from === null ? null : daysFrom(firstDay(from), -1);
      const after = to === null ? null : daysFrom(lastDay(to), 1);
      const isApart =
        (before !== null && one.to !== null && lastDay(one.to) <= before) ||
        (after !== null && one.from !== null && firstDay(one.from) >= after);
      if (isApart) return [one];
      return [
        ...(before !== null && (one.from === null || firstDay(one.from) <= before)
          ? [{ from: one.from, to: before }]
          : []),
        ...(after !== null && (one.to === null || lastDay(one.to) >= after) ? [{ from: after, to: one.to }] : []),
      ];
    });
  }
  return left;
}

/** The span that encloses these; open where one of them is. At least one is needed. */
export function enclosing(spans: readonly Span[]): Span {
  let [from = null, to = null] = [spans[0]?.from, spans[0]?.to];
  for (const span of spans.slice(1)) {
    if (from !== null && (span.from === null || firstDay(span.from) < firstDay(from))) from = span.from;
    if (to !== null && (span.to === null || lastDay(span.to) > lastDay(to))) to = span.to;
  }
  return { from, to };
}
