import { answerInWords } from "../answering/groups.ts";
import type { Answer, Citation } from "../types.ts";

/** A marker in the text and what it leads to. Places are UTF-16 units, half open. */
export interface Annotation {
  readonly type: "url_citation";
  readonly url_citation: {
    readonly url: string;
    readonly title: string;
    readonly start_index: number;
    readonly end_index: number;
  };
}

/**
 * Every marker of an answer that stands in `content` from `start` on. A marker is looked for behind its statement only:
 * "[1]" may stand in a document, too. `origin` makes the permalinks absolute.
 */
export function annotationsOf(
  { statements, citations, groups }: Pick<Answer, "statements" | "citations" | "groups">,
  content: string,
  start: number,
  origin: string,
): Annotation[] {
  const isBySides = groups?.every(({ count }) => count === null) ?? false;
  const order = isBySides ? (groups ?? []).flatMap((group) => group.statements) : statements.keys();
  const annotations: Annotation[] = [];
  let from = start;
  for (const at of order) {
    const statement = statements[at];
    if (statement === undefined) continue;
    const found = content.indexOf(answerInWords([statement], null), from);
    if (found < 0) continue;
    let place = found + statement.text.length;
    for (const marker of statement.citations) {
      const written = `[${marker}]`;
      place = content.indexOf(written, place);
      const citation = citations[marker - 1];
      if (citation !== undefined) annotations.push(annotation(citation, place, place + written.length, origin));
      place += written.length;
    }
    from = place;
  }
  return annotations;
}

function annotation({ url, title, label }: Citation, start: number, end: number, origin: string): Annotation {
  const place = { start_index: start, end_index: end };
  return { type: "url_citation", url_citation: { url: origin + url, title: `${title}, ${label}`, ...place } };
}
