import type { Citation, Statement } from "../src/types.ts";
import { element } from "./elements.ts";
import { markerLink } from "./sources.ts";

/** A statement with its markers. Of a written one, the words that its sources do not have are marked and named. */
export function statementView(statement: Statement, citations: readonly Citation[]): HTMLElement {
  const { text, citations: markers, missing = [] } = statement;
  const cited = markers.flatMap((marker) => citations.find((citation) => citation.marker === marker) ?? []);
  return element(
    "span",
    { class: "statement" },
    ...withMarked(text, missing),
    " ",
    ...cited.map(markerLink),
    ...doubtOf(statement),
  );
}

/** The text, with these words of it marked wherever they stand. */
function withMarked(text: string, words: readonly string[]): (Node | string)[] {
  if (words.length === 0) return [text];
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const wanted = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  // Of a split with a group, every other part is what the group found.
  return text.split(wanted).map((part, at) => (at % 2 === 0 ? part : element("span", { class: "doubtful" }, part)));
}

function doubtOf({ verdict, missing = [], citations }: Statement): (Node | string)[] {
  if (verdict === undefined || verdict === "supported") return [];
  const words = missing.map((word) => `“${word}”`).join(", ");
  const where = citations.length > 1 ? "the sources" : "the source";
  const what = verdict === "partly" ? "Partly supported" : "Not supported";
  const note = element(
    "span",
    { class: `verdict ${verdict}` },
    element("span", { "aria-hidden": "true" }, verdict === "partly" ? "△ " : "✕ "),
    words === "" ? `${what} by ${where}` : `${what}: not said so in ${where}: ${words}`,
  );
  return [" ", note];
}
