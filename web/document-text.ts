import type { DocumentView } from "../src/types.ts";
import { element, link } from "./elements.ts";
import { type DocumentTarget, openPanel, permalink, type Span, targetOf } from "./navigation.ts";

/** A blank line, or a line that begins with a bullet or a number, begins a new block; white space ends the one before. */
const BLOCK = /\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[°º•◦▪‣·]|[-–—*+] |\(?\w{1,3}[.)] ))/g;
const LINE = /\n\s*/g;

/** Cuts a span of `text` into blocks that are shown one below the other. Together they are the span. */
export function blocksOf(text: string, { start, end }: Span, boundary: RegExp = BLOCK): Span[] {
  const cuts = [...text.slice(start, end).matchAll(boundary)].map((match) => start + match.index + match[0].length);
  const edges = [start, ...cuts.filter((cut) => cut < end), end];
  return edges.slice(1).map((edge, index) => ({ start: edges[index] ?? start, end: edge }));
}

/** A span of the text, block by block, with what lies within `highlight` marked. */
function spanOf(text: string, blocks: readonly Span[], highlight: Span | null): HTMLElement[] {
  return blocks.map(({ start, end }) => {
    const from = Math.min(Math.max(highlight?.start ?? end, start), end);
    const to = Math.max(Math.min(highlight?.end ?? end, end), from);
    const marked = from < to ? element("mark", {}, text.slice(from, to)) : null;
    return element("span", { class: "block" }, text.slice(start, from), marked, text.slice(to, end));
  });
}

/** The whole text of a document: its passages, each with its label, and what stands between them. */
export function documentText(view: DocumentView, target: DocumentTarget): HTMLElement {
  const { text, documentId, passages } = view;
  const body = element("div", { class: "document", dir: "auto" });
  // A browser lays out thousands of passages only as they come into sight.
  if (passages.length > 500) body.classList.add("long");
  let reached = 0;
  const between = (end: number): void => {
    if (text.slice(reached, end).trim() === "") return;
    body.append(
      element("div", { class: "between" }, ...spanOf(text, blocksOf(text, { start: reached, end }, LINE), null)),
    );
  };
  for (const passage of passages) {
    between(passage.start);
    reached = passage.end;
    const own = targetOf(passage.passageId);
    const cited = own.anchor === target.anchor;
    const label = passage.page === undefined ? passage.label : `${passage.label}, page ${passage.page}`;
    body.append(
      element(
        "section",
        { class: cited ? "passage cited" : "passage", "data-anchor": own.anchor, "aria-label": label, tabindex: "-1" },
        link(
          permalink({ ...own, documentId }),
          () => openPanel(own),
          { class: "label", title: "Link to this passage" },
          label,
        ),
        element("div", {}, ...spanOf(text, blocksOf(text, passage), cited ? target.span : null)),
      ),
    );
  }
  between(text.length);
  return body;
}
