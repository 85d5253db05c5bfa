import type { Document, IsoDate } from "../types.ts";
import { enclosing, type Span, within, withinAny } from "./calendar.ts";
import { datesIn } from "./period-dates.ts";

/** Kept by document: the titles of many are read for every question about a period otherwise. */
const named = new WeakMap<Document, readonly Span[]>();

/** What times a document is of: its date; where it has none, those that its title or file name writes out. */
export function timesOf(document: Document): readonly Span[] {
  if (document.date !== null) return [{ from: document.date, to: document.date }];
  const known = named.get(document);
  if (known !== undefined) return known;
  const { title, path } = document;
  // Only the name of the file: a folder may hold other times.
  const file = (path.split("/").at(-1) ?? "").replace(/\.\p{L}[\p{L}\p{N}]*$/u, "").replace(/_/g, " ");
  const found = [...datesIn(title), ...datesIn(file), ...datesIn(file.replace(/[-.]/g, " "))];
  const spans = found.flatMap((date) => date.spans);
  named.set(document, spans);
  return spans;
}

/** The one time that a document is of, as a date; null where there is none, or it spans more. */
export function dateOf(document: Document): IsoDate | null {
  const [span, ...others] = narrowest(timesOf(document));
  return span === undefined || others.length > 0 || span.from !== span.to ? null : span.from;
}

/** From the first to the last day that the document is of. */
export function spanOf(document: Document): Span | null {
  const spans = narrowest(timesOf(document));
  return spans.length === 0 ? null : enclosing(spans);
}

/** Whether the document is of any of these spans. */
export function isOfAny(document: Document, spans: readonly Span[]): boolean {
  if (document.date !== null) return withinAny(document.date, spans);
  const own = spanOf(document);
  if (own?.from == null || own.to === null) return false;
  const [from, to] = [own.from, own.to];
  return spans.some((span) => within(from, { from: null, to: span.to }) && within(to, { from: span.from, to: null }));
}

/** Without those that only say another less precisely, and each once. */
function narrowest(spans: readonly Span[]): Span[] {
  return spans.filter(
    (span, i) =>
      !spans.some((other, j) => {
        const isSame = other.from === span.from && other.to === span.to;
        if (isSame) return j < i;
        return other.from !== null && other.to !== null && holds(span, other.from) && holds(span, other.to);
      }),
  );
}

/** Whether the date, which is more precise, lies in the span: "2016-05" in "2016". */
function holds({ from, to }: Span, date: IsoDate): boolean {
  return from !== null && to !== null && date.length > from.length && within(date, { from, to });
}
