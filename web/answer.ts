import type { Answer, Citation, Refusal } from "../src/types.ts";
import { element, link } from "./elements.ts";
import { count } from "./format.ts";
import { openCitation, sourceCard } from "./sources.ts";
import { traceOf } from "./trace.ts";

function markerLink(citation: Citation): HTMLElement {
  const { marker, title, label, url } = citation;
  const name = `Source ${marker}: ${title}, ${label}`;
  return link(
    url,
    () => openCitation(citation),
    { class: "marker", "aria-label": name, title: `${title}, ${label}` },
    `[${marker}]`,
  );
}

/** Text between statements: its [1] become links, where there is such a citation. */
function withMarkers(text: string, citations: readonly Citation[]): (Node | string)[] {
  return text.split(/(\[\d+\])/).map((part) => {
    const found = citations.find(({ marker }) => part === `[${marker}]`);
    return found === undefined ? part : markerLink(found);
  });
}

/** The answer with its markers as links. A "[2]" inside a quoted statement is the document's and stays text. */
function answerText({ answer, statements, citations }: Answer): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let reached = 0;
  for (const { text } of statements) {
    const at = answer.indexOf(text, reached);
    if (at === -1) continue;
    nodes.push(...withMarkers(answer.slice(reached, at), citations), text);
    reached = at + text.length;
  }
  return [...nodes, ...withMarkers(answer.slice(reached), citations)];
}

function refusalOf({ message, missingTerms, period, nearest }: Refusal): HTMLElement[] {
  const parts: HTMLElement[] = [element("p", { class: "answer-text refusal" }, message)];
  if (missingTerms.length > 0) {
    const terms = missingTerms.map((term) => element("li", {}, term));
    parts.push(
      element("div", { class: "missing" }, element("h3", {}, "Words that were not found"), element("ul", {}, ...terms)),
    );
  }
  if (period !== null)
    parts.push(element("p", { class: "hint" }, `The question was read to be about: ${period.text}.`));
  if (nearest.length > 0) {
    parts.push(
      element("h3", {}, "Nearest, but not an answer"),
      element("ul", { class: "sources nearest" }, ...nearest.map((citation) => sourceCard(citation, false))),
    );
  }
  return parts;
}

/** What stands beneath a question: the answer or the refusal, its sources, and why. */
export function answerView(answer: Answer): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (answer.standaloneQuestion.trim() !== answer.question.trim()) {
    parts.push(
      element("p", { class: "hint standalone" }, "Understood as: ", element("q", {}, answer.standaloneQuestion)),
    );
  }
  if (answer.refusal === null) parts.push(element("p", { class: "answer-text", dir: "auto" }, ...answerText(answer)));
  else parts.push(...refusalOf(answer.refusal));
  if (answer.citations.length > 0) {
    const cards = answer.citations.map((citation) => sourceCard(citation, true));
    parts.push(element("h3", { class: "unseen" }, "Sources"), element("ol", { class: "sources" }, ...cards));
  }
  if (answer.trace.passages.length > 0) parts.push(traceOf(answer));
  return parts;
}

/** What is said aloud when an answer arrives. */
export function spoken({ answer, refusal, citations }: Answer): string {
  return refusal === null ? `${answer} ${count(citations.length, "source")}.` : answer;
}
