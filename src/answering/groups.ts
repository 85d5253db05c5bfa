import type { Citation, Group, MentionReading, Statement } from "../types.ts";
import type { Draft, DraftStatement } from "./answerer.ts";
import { doubtInWords } from "./doubt.ts";
import { countedInWords, mentionsInWords } from "./mention-words.ts";

interface Place {
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
}

/** Of all quotes: the items of a list begin with the same one, the line that introduces them. */
function keyOf(places: readonly Place[]): string {
  return places.map(({ documentId, start, end }) => `${documentId}:${start}-${end}`).join(" ");
}

/** The groups of a draft with the statements that stood the check; a document without any is left out. */
export function checkedGroups(
  { groups, statements: draft }: Draft,
  statements: readonly Statement[],
  citations: readonly Citation[],
): Group[] | null {
  if (groups === null) return null;
  const positions = new Map(
    statements.map(({ citations: markers }, position) => [
      keyOf(markers.flatMap((marker) => citations[marker - 1] ?? [])),
      position,
    ]),
  );
  const positionOf = (statement: DraftStatement | undefined) =>
    positions.get(
      keyOf((statement?.quotes ?? []).map(({ source, start, end }) => ({ ...source.document, start, end }))),
    );
  return groups.flatMap(({ title, date, documentId, message, mentions, ...group }) => {
    const kept = group.statements.flatMap((at, i) => {
      const position = positionOf(draft[at]);
      return position === undefined ? [] : [{ position, mentions: mentions?.[i] ?? 0 }];
    });
    if (kept.length === 0 && mentions !== null) return [];
    const lost = kept.length === 0 && message === null;
    return {
      title,
      date,
      documentId,
      statements: kept.map(({ position }) => position),
      count: mentions === null ? null : kept.reduce((sum, one) => sum + one.mentions, 0),
      message: lost ? "What was found has changed since it was indexed." : message,
    };
  });
}

/**
 * An answer as plain text: its statements with their markers and what is doubtful of them; before them the count of mentions and what was counted, or each side's title
 * before what is said of it.
 */
export function answerInWords(
  statements: readonly Statement[],
  groups: readonly Group[] | null,
  mention?: MentionReading,
): string {
  const marked = statements.map((statement) => {
    const markers = statement.citations.map((marker) => `[${marker}]`).join("");
    return [`${statement.text} ${markers}`, doubtInWords(statement)].filter(Boolean).join(" ");
  });
  if (groups === null) return marked.join(" ");
  if (groups.some(({ count }) => count !== null)) {
    const mentions = groups.reduce((sum, { count }) => sum + (count ?? 0), 0);
    const counted = mention === undefined ? "" : countedInWords(mention);
    return [`${mentionsInWords(mentions, groups.length)}.`, counted, ...marked].filter(Boolean).join(" ");
  }
  return groups
    .map((group) => `${group.title}: ${group.message ?? group.statements.map((at) => marked[at]).join(" ")}`)
    .join(" ");
}
