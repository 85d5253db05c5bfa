import type { Citation, Group, Statement } from "../types.ts";
import type { Draft, DraftGroup } from "./answerer.ts";

const NOTHING_WRITTEN = "Nothing that was written of it is supported by the passages.";

/**
 * The sides of a comparison with the written statements that belong to them: those that cite a document of the side, and
 * of several such sides the ones that the statement names. What belongs to no side is given under its document.
 */
export function writtenGroups(
  draft: Draft,
  statements: readonly Statement[],
  citations: readonly Citation[],
): Group[] | null {
  if (draft.groups === null) return null;
  const sides = draft.groups.map((group) => ({ ...group, of: documentsOf(group, draft), positions: [] as number[] }));
  const others = new Map<string, Group & { readonly statements: number[] }>();
  statements.forEach((statement, position) => {
    const cited = statement.citations.flatMap((marker) => citations[marker - 1] ?? []);
    const citing = sides.filter(({ of }) => cited.some(({ documentId }) => of.has(documentId)));
    const naming = citing.filter(({ title }) => names(statement.text, title));
    const mine = naming.length > 0 ? naming : citing;
    for (const { positions } of mine) positions.push(position);
    const [first] = cited;
    if (mine.length > 0 || first === undefined) return;
    const { documentId, title, date } = first;
    const other = others.get(documentId) ?? { documentId, title, date, statements: [], count: null, message: null };
    other.statements.push(position);
    others.set(documentId, other);
  });
  const groups = sides.map(({ title, date, documentId, message, positions }): Group => {
    const said = positions.length > 0 ? null : (message ?? NOTHING_WRITTEN);
    return { title, date, documentId, statements: positions, count: null, message: said };
  });
  return [...groups, ...others.values()].sort((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
}

/** A side that is no document has those that its sentences were found in. */
function documentsOf({ documentId, statements }: DraftGroup, draft: Draft): ReadonlySet<string> {
  if (documentId !== null) return new Set([documentId]);
  const quotes = statements.flatMap((at) => draft.statements[at]?.quotes ?? []);
  return new Set(quotes.map(({ source }) => source.document.documentId));
}

function names(text: string, title: string): boolean {
  return text.toLowerCase().includes(title.toLowerCase());
}
