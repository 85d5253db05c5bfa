import type { Answer, Citation, SearchHit } from "../types.ts";

/** Results as text, for whoever reads no structured content. `link` makes addresses of permalinks. */
type Link = (url: string) => string;

type Told = Pick<Answer, "answer" | "fallback" | "citations" | "refusal">;

export function answerText({ answer, fallback, citations, refusal }: Told, link: Link): string {
  const sources = citations.map((citation) => `[${citation.marker}] ${sourceText(citation, link)}`);
  const nearest = (refusal?.nearest ?? []).map((citation) => `- ${sourceText(citation, link)}`);
  return [
    answer,
    fallback === null ? "" : `Quoted instead of written: ${fallback.message}`,
    sources.join("\n"),
    nearest.length === 0 ? "" : `What comes nearest, and does not answer:\n${nearest.join("\n")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

export function hitsText(hits: readonly SearchHit[], link: Link): string {
  if (hits.length === 0) return "Nothing was found.";
  return hits
    .map(({ text, check, ...hit }, at) => {
      const quoted = check === "not-found" ? "(no longer in its file)" : oneLine(text);
      return `${at + 1}. ${placeText(hit)}: ${quoted}\n   ${link(`/documents/${hit.passageId}`)}`;
    })
    .join("\n");
}

function sourceText({ quote, check, url, path, line, ...place }: Citation, link: Link): string {
  const quoted = check === "not-found" ? "" : `: "${oneLine(quote)}"`;
  return `${placeText(place)} (${check})${quoted}\n    ${link(url)} ${path}:${line}`;
}

/** "Minutes of May, 2011-05-03, ¶4" */
function placeText({ title, date, label }: Pick<Citation, "title" | "date" | "label">): string {
  return [title, date, label].filter(Boolean).join(", ");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
