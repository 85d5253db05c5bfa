import { spanInWords } from "../src/answering/period-in-words.ts";
import type { Answer, ModelUse } from "../src/types.ts";
import { titleOf } from "./api.ts";
import { element, link } from "./elements.ts";
import { count } from "./format.ts";
import { openPanel, permalink, targetOf } from "./navigation.ts";

/** "Why this answer?": what was found, how it was ranked, and what the question was read to mean. */
export function traceOf(answer: Answer): HTMLElement {
  const details = element("details", { class: "trace" }, element("summary", {}, "Why this answer?"));
  // Filled when it is opened: the titles of the documents are known by then.
  details.addEventListener("toggle", () => details.append(...contentOf(answer)), { once: true });
  return details;
}

function contentOf({ trace, citations, refusal }: Answer): HTMLElement[] {
  const known = new Map([...citations, ...(refusal?.nearest ?? [])].map((citation) => [citation.passageId, citation]));
  const rows = trace.passages.map(({ passageId, rank, dense, lexical, wording, period, people, score }) => {
    const target = targetOf(passageId);
    const citation = known.get(passageId);
    const name = `${titleOf(target.documentId)}, ${citation?.label ?? target.anchor}`;
    return element(
      "tr",
      {},
      element("td", { class: "figure" }, String(rank)),
      element(
        "td",
        { class: "name" },
        link(permalink(target), () => openPanel(target), {}, name),
      ),
      ...[dense, lexical, wording, period, people, score].map((figure) =>
        element("td", { class: "figure" }, figure.toFixed(3)),
      ),
    );
  });
  const heads = ["Rank", "Passage", "Meaning", "Words", "Wording", "Period", "People", "Score"].map((head) =>
    element("th", { scope: "col" }, head),
  );
  const notes = notesOf(trace).map((note) => element("li", {}, note));
  return [
    element(
      "p",
      { class: "hint" },
      "The passages that were found. The score adds how near each is in meaning and in words, and what it gains for how the words stand together, for being of the period and speaking of the people asked about.",
    ),
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Passages found" },
      element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)),
    ),
    element("ul", { class: "hint" }, ...notes),
  ];
}

function notesOf({ period, spans, people, standalone, model, timings }: Answer["trace"]): string[] {
  const notes: string[] = [];
  if (period !== null) {
    const read = (spans ?? [period]).map(spanInWords).join(" or ");
    notes.push(`Period: “${period.text}”, read as ${read}`);
  }
  for (const { name, role } of people) notes.push(`Person: ${[name, role].filter((part) => part !== "").join(", ")}`);
  if (standalone !== undefined) {
    const who = standalone.by === "model" ? "the language model" : "rules";
    notes.push(`Follow-up: understood by ${who}, as ${standalone.reason}`);
  }
  if (model !== undefined) notes.push(...useOf(model));
  const times = Object.entries(timings).map(([step, ms]) => `${step} ${ms.toFixed(1)} ms`);
  if (times.length > 0) notes.push(`Time: ${times.join(", ")}`);
  return notes;
}

/** What the language model took, and what of its writing was not shown. */
function useOf(use: ModelUse): string[] {
  const { model, inputTokens, outputTokens, cost, complete, elapsedMs } = use;
  const withheld = use.withheld.length + use.withheldMore;
  const parts = [
    inputTokens === null ? null : `${count(inputTokens, "token")} read`,
    outputTokens === null ? null : `${count(outputTokens, "token")} written`,
    `${(elapsedMs / 1_000).toFixed(1)} s`,
    cost === null ? null : inDollars(cost),
  ];
  const isLeast = !complete && (inputTokens !== null || outputTokens !== null);
  return [
    `Language model: ${model}, ${parts.filter((part) => part !== null).join(", ")}${isLeast ? " or more" : ""}`,
    ...(withheld === 0 ? [] : [`Withheld: ${count(withheld, "sentence")} that the passages do not support`]),
  ];
}

/** What is less than a cent is not none. */
function inDollars(cost: number): string {
  const maximumFractionDigits = cost < 0.01 ? 6 : 2;
  return cost.toLocaleString("en", { style: "currency", currency: "USD", maximumFractionDigits });
}
