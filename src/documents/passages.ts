import type { Document, Passage } from "../types.ts";
import type { Reading } from "./blocks.ts";
import { groupsOf } from "./grouping.ts";
import { type Name, namesOf, partName } from "./labels.ts";
import type { Span } from "./lines.ts";
import { splitLong } from "./split.ts";

/** The passages of a document, in reading order: trimmed, without overlap, each `text.slice(start, end)`. */
export function passagesOf(document: Pick<Document, "documentId" | "title" | "text">, reading: Reading): Passage[] {
  const { documentId, text } = document;
  const groups = groupsOf(text, reading.blocks, document.title, reading.title);
  const names = namesOf(groups);
  const runs: { name: Name; pieces: { span: Span; section: string | null }[] }[] = [];
  groups.forEach((group, at) => {
    const pieces = splitLong(text, group).map((span) => ({ span, section: group.section }));
    const last = runs.at(-1);
    const name = names[at] ?? { label: `¶${at + 1}`, anchor: `p${at + 1}` };
    if (group.continues && last) last.pieces = last.pieces.concat(pieces);
    else runs.push({ name, pieces });
  });
  return runs.flatMap(({ name, pieces }) =>
    pieces.map(({ span, section }, at): Passage => {
      const { label, anchor } = pieces.length > 1 ? partName(name, at + 1) : name;
      return {
        passageId: `${documentId}#${anchor}`,
        documentId,
        label,
        start: span.start,
        end: span.end,
        text: text.slice(span.start, span.end),
        ...(section !== null && { section }),
      };
    }),
  );
}
