import { periodInWords } from "../src/answering/period-in-words.ts";
import type { Answer, Citation, Refusal } from "../src/types.ts";
import { element } from "./elements.ts";
import { count } from "./format.ts";
import { groupsView } from "./groups.ts";
import { markerLink, sourceCard } from "./sources.ts";
import { traceOf } from "./trace.ts";

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

function refusalOf({ message, missingTerms, nearest }: Refusal): HTMLElement[] {
  const parts: HTMLElement[] = [element("p", { class: "answer-text refusal" }, message)];
  if (missingTerms.length > 0) {
    const terms = missingTerms.map((term) => element("li", {}, term));
    parts.push(
      element("div", { class: "missing" }, element("h3", {}, "Words that were not found"), element("ul", {}, ...terms)),
    );
  }
  if (nearest.length > 0) {
    parts.push(
      element("h3", {}, "Nearest, but not an answer"),
      element("ul", { class: "sources nearest" }, ...nearest.map((citation) => sourceCard(citation, false))),
    );
  }
  return parts;
}

function plainAnswer(answer: Answer): HTMLElement[] {
  const cards = answer.citations.map((citation) => sourceCard(citation, true));
  return [
    element("p", { class: "answer-text", dir: "auto" }, ...answerText(answer)),
    element("h3", { class: "unseen" }, "Sources"),
    element("ol", { class: "sources" }, ...cards),
  ];
}

/** What the question was read to ask for, so that a wrong reading is seen; null for a plain fact of any time. */
function readAs({ kind, groups, trace: { period, spans, mention } }: Answer): string | null {
  const of = period === null ? "" : `of the period ${periodInWords(period, spans)}`;
  if (kind === "comparison") {
    return groups === null ? "Read as a comparison." : `Compared: ${inWords(groups.map(({ title }) => title))}.`;
  }
  if (kind === "every-mention") {
    const what = mention === undefined ? "" : ` of ${mention.phrases.map((phrase) => `“${phrase}”`).join(" or ")}`;
    const how = mention?.exact === true ? ", to the letter" : "";
    return `Read as: every mention${what}${how}${of === "" ? "" : `, ${of}`}.`;
  }
  return of === "" ? null : `Read as: ${of}.`;
}

function inWords(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** What stands beneath a question: the answer or the refusal, its sources, and why. */
export function answerView(answer: Answer): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (answer.standaloneQuestion.trim() !== answer.question.trim()) {
    parts.push(
      element("p", { class: "hint standalone" }, "Understood as: ", element("q", {}, answer.standaloneQuestion)),
    );
  }
  const reading = readAs(answer);
  if (reading !== null) parts.push(element("p", { class: "hint reading" }, reading));
  if (answer.refusal !== null) parts.push(...refusalOf(answer.refusal));
  else if (answer.groups !== null) parts.push(...groupsView(answer, answer.groups));
  else parts.push(...plainAnswer(answer));
  if (answer.trace.passages.length > 0) parts.push(traceOf(answer));
  return parts;
}

/** What is said aloud when an answer arrives; of every mention only how many. */
export function spoken({ answer, kind, statements, refusal, citations }: Answer): string {
  if (refusal !== null) return answer;
  if (kind === "every-mention") return answer.slice(0, answer.indexOf(statements[0]?.text ?? "")).trim();
  return `${answer} ${count(citations.length, "source")}.`;
}
