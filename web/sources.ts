import { titleSaysDate } from "../src/documents/title-date.ts";
import type { Check, Citation } from "../src/types.ts";
import { element, link } from "./elements.ts";
import { formatDate, singleBlanks } from "./format.ts";
import { openPanel, targetOf } from "./navigation.ts";

const CHECKS: Readonly<Record<Check, readonly [sign: string, word: string, meaning: string]>> = {
  verified: [
    "✓",
    "Verified",
    "The file was read again for this answer: it says this, word for word, and is the file that was indexed.",
  ],
  changed: [
    "△",
    "Changed since indexed",
    "The file is no longer the one that was indexed. Read the passage there before you rely on it, and run `pilcrow index`.",
  ],
  "not-found": [
    "✕",
    "Not found",
    "When the file was read again, these words were not where they were. Do not rely on them.",
  ],
};

function openCitation({ passageId, start, end }: Citation): void {
  openPanel(targetOf(passageId, { start, end }));
}

/** "[1]" as a link to what it cites. */
export function markerLink(citation: Citation): HTMLElement {
  const { marker, title, label, url } = citation;
  const name = `Source ${marker}: ${title}, ${label}`;
  return link(
    url,
    () => openCitation(citation),
    { class: "marker", "aria-label": name, title: `${title}, ${label}` },
    `[${marker}]`,
  );
}

let tips = 0;

function badge(check: Check): HTMLElement {
  const [sign, word, meaning] = CHECKS[check];
  tips += 1;
  const id = `tip-${tips}`;
  return element(
    "span",
    { class: `check ${check}` },
    element(
      "button",
      { type: "button", class: "badge", "aria-describedby": id },
      element("span", { "aria-hidden": "true" }, sign),
      ` ${word}`,
    ),
    element("span", { class: "tip", role: "tooltip", id }, meaning),
  );
}

/**
 * One source as a card: where it is from, what it says, and whether the file still says so. Under the name of its
 * document it is named by its label alone.
 */
export function sourceCard(citation: Citation, numbered: boolean, underDocument = false): HTMLElement {
  const { marker, title, date, label, path, line, quote, check, url } = citation;
  const words = singleBlanks(quote);
  const card = element(
    "li",
    { class: "source" },
    element(
      "div",
      { class: "source-head" },
      numbered ? element("span", { class: "number", "aria-hidden": "true" }, String(marker)) : null,
      element(
        "div",
        { class: "origin" },
        link(url, () => openCitation(citation), { class: "title", dir: "auto" }, underDocument ? label : title),
        underDocument
          ? null
          : element(
              "span",
              { class: "facts" },
              [...(date === null || titleSaysDate(title, date) ? [] : [formatDate(date)]), label].join(" · "),
            ),
      ),
      badge(check),
    ),
    // Only what was verified is set as a quotation.
    check === "verified"
      ? element("blockquote", { dir: "auto" }, words)
      : element("p", { class: "unverified", dir: "auto" }, "As it was indexed: ", words),
    element("span", { class: "place" }, `${path}, line ${line}`),
  );
  card.addEventListener("click", ({ target }) => {
    const onBadge = target instanceof Element && target.closest(".check") !== null;
    // A click that ends a selection of the quote is no wish to open the document.
    if (!onBadge && getSelection()?.toString() === "") openCitation(citation);
  });
  return card;
}
