import type { Filters, Period, Person } from "../types.ts";
import { type Span, within } from "./calendar.ts";
import { periodTest } from "./passage-dates.ts";
import type { SearchableIndex } from "./searchable.ts";

/** Where to search. Everything that is given must hold. */
export interface Scope extends Filters {
  readonly period?: Period | null;
  /** What of the period is searched, where it has gaps; all of it where left out. */
  readonly spans?: readonly Span[];
  /** Whom the question means: passages that speak of them come first. It limits nothing. */
  readonly people?: readonly Person[];
}

/** A test for each passage, or undefined where everything is in scope. */
export function inScope(index: SearchableIndex, scope: Scope): ((ordinal: number) => boolean) | undefined {
  const { period, documents, folders, from, to } = scope;
  if (!period && !isFiltered(scope)) return undefined;
  const standing = period ? periodTest(index, spansOf(scope)) : undefined;
  const isIn = documents === undefined ? null : new Set(documents);
  const isInFolder = folders === undefined ? null : insideOf(folders);
  // The caller's dates are a filter on documents; what a question says is read more generously.
  const filter = from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null };
  const allowed = new Uint8Array(index.passages.length);
  for (const [position, { document }] of index.documents.entries()) {
    if (isIn !== null && !isIn.has(document.documentId)) continue;
    if (isInFolder !== null && !isInFolder(document.path)) continue;
    if (filter !== null && (document.date === null || !within(document.date, filter))) continue;
    const [first = 0, end = 0] = index.firstOrdinal.subarray(position, position + 2);
    if (standing === undefined) allowed.fill(1, first, end);
    else for (let ordinal = first; ordinal < end; ordinal++) allowed[ordinal] = standing(ordinal) === "outside" ? 0 : 1;
  }
  return (ordinal) => allowed[ordinal] === 1;
}

/** Whether the caller limits where to look. */
export function isFiltered({ documents, folders, from, to }: Filters): boolean {
  return documents !== undefined || folders !== undefined || from !== undefined || to !== undefined;
}

/** A test for paths of files in these folders, or in folders of them. How accents are written (NFC, NFD) is no matter. */
export function insideOf(folders: readonly string[]): (path: string) => boolean {
  const starts = folders
    .map((folder) => folder.normalize("NFC").replace(/^(?:\.?\/)+|\/+$/g, ""))
    .map((folder) => folder && `${folder}/`);
  // That takes a while for each of many paths.
  const hasAccents = starts.some((start) => /\P{ASCII}/u.test(start));
  return (path) => {
    const composed = hasAccents ? path.normalize("NFC") : path;
    return starts.some((start) => composed.startsWith(start));
  };
}

export function spansOf({ period, spans = [] }: Scope): readonly Span[] {
  return period && spans.length === 0 ? [period] : spans;
}
