import { periodInWords } from "../src/answering/period-in-words.ts";
import type { Answer, Citation, Fallback, Refusal, Statement } from "../src/types.ts";
import { element } from "./elements.ts";
import { count } from "./format.ts";
import { groupsView } from "./groups.ts";
import { sourceCard } from "./sources.ts";
import { statementView } from "./statement.ts";
import { traceOf } from "./trace.ts";

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

/** Where the statements of an answer stand, and the cards of their sources beneath them. */
export interface PlainAnswer {
  readonly text: HTMLElement;
  readonly title: HTMLElement;
  readonly sources: HTMLElement;
}

export function plainAnswer(statements: readonly Statement[], citations: readonly Citation[]): PlainAnswer {
  const plain = {
    text: element("p", { class: "answer-text", dir: "auto" }),
    title: element("h3", { class: "unseen" }, "Sources"),
    sources: element("ol", { class: "sources" }),
  };
  for (const statement of statements) addStatement(plain, statement, citations);
  return plain;
}

/** Sets a statement after those that are there, and the cards of those of its sources that it is the first to cite. */
export function addStatement(
  { text, sources }: PlainAnswer,
  statement: Statement,
  citations: readonly Citation[],
): void {
  text.append(...(text.hasChildNodes() ? [" "] : []), statementView(statement, citations));
  const shown = sources.childElementCount;
  // Markers count up, in the order of the statements.
  const cited = citations.filter(({ marker }) => marker > shown && statement.citations.includes(marker));
  sources.append(...cited.map((citation) => sourceCard(citation, true)));
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

/** "Understood as", where that is not what was asked in so many words. */
export function understoodAs({
  question,
  standaloneQuestion,
}: Pick<Answer, "question" | "standaloneQuestion">): HTMLElement[] {
  if (standaloneQuestion.trim() === question.trim()) return [];
  return [element("p", { class: "hint standalone" }, "Understood as: ", element("q", {}, standaloneQuestion))];
}

/** Why an answer that was to be written is quoted. */
export function fallbackNote({ message }: Fallback): HTMLElement {
  return element("p", { class: "fallback" }, element("strong", {}, "Quoted, not written. "), message);
}

const WRITTEN = "Written by a language model. Each sentence was checked against the passages that it cites.";

/** How many sentences did not stand the check; nothing where all did. */
function withheldOf({ trace: { model } }: Answer): string {
  const withheld = model === undefined ? 0 : model.withheld.length + model.withheldMore;
  if (withheld === 0) return "";
  return ` ${count(withheld, "sentence")} of the model ${withheld === 1 ? "was" : "were"} withheld.`;
}

/** How the question was read and the answer made, where that is to be said. */
export function headOf(answer: Answer): HTMLElement[] {
  const reading = readAs(answer);
  return [
    ...understoodAs(answer),
    ...(reading === null ? [] : [element("p", { class: "hint reading" }, reading)]),
    ...(answer.fallback === null ? [] : [fallbackNote(answer.fallback)]),
    ...(answer.mode === "generative" && answer.answered
      ? [element("p", { class: "hint written" }, `${WRITTEN}${withheldOf(answer)}`)]
      : []),
  ];
}

/** Why this answer, where there is anything to tell. */
export function footOf(answer: Answer): HTMLElement[] {
  return answer.trace.passages.length > 0 ? [traceOf(answer)] : [];
}

/** What stands beneath a question: the answer or the refusal, its sources, and why. */
export function answerView(answer: Answer): HTMLElement[] {
  const { refusal, groups, statements, citations } = answer;
  const plain = () => Object.values(plainAnswer(statements, citations));
  const main = refusal !== null ? refusalOf(refusal) : groups !== null ? groupsView(answer, groups) : plain();
  return [...headOf(answer), ...main, ...footOf(answer)];
}

/** What is said aloud when an answer arrives; of every mention only how many. */
export function spoken({ answer, kind, statements, refusal, citations }: Answer): string {
  if (refusal !== null) return answer;
  if (kind === "every-mention") return answer.slice(0, answer.indexOf(statements[0]?.text ?? "")).trim();
  return `${answer} ${count(citations.length, "source")}.`;
}
