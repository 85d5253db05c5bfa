import type { ModelUse } from "../types.ts";
import type { LanguageModel } from "./language-model.ts";
import type { Counted } from "./token-counts.ts";

export type Withheld = ModelUse["withheld"][number];

/** Statements that are told of what was withheld: a model that turns in circles writes hundreds. */
const MOST_WITHHELD = 20;

/** What asking a model took since `started`, of performance.now(). */
export function useOf(
  { name, settings: { price } }: Pick<LanguageModel, "name" | "settings">,
  { tokens: { input, output }, isWhole }: Counted,
  started: number,
  withheld: readonly Withheld[] = [],
): ModelUse {
  const isKnown = input !== null || output !== null;
  const cost = price !== null && isKnown ? ((input ?? 0) * price.input + (output ?? 0) * price.output) / 1e6 : null;
  return {
    model: name,
    inputTokens: input,
    outputTokens: output,
    cost,
    complete: isWhole && input !== null && output !== null,
    elapsedMs: Math.round(performance.now() - started),
    withheld: withheld.slice(0, MOST_WITHHELD),
    withheldMore: Math.max(0, withheld.length - MOST_WITHHELD),
  };
}

/** Two requests for one answer as one: of what is not known of one, what is known of the other. */
export function bothUses(first: ModelUse | null, second: ModelUse | null): ModelUse | null {
  if (first === null || second === null) return first ?? second;
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : a + b);
  return {
    model: second.model,
    inputTokens: sum(first.inputTokens, second.inputTokens),
    outputTokens: sum(first.outputTokens, second.outputTokens),
    cost: sum(first.cost, second.cost),
    complete: first.complete && second.complete,
    elapsedMs: first.elapsedMs + second.elapsedMs,
    withheld: [...first.withheld, ...second.withheld],
    withheldMore: first.withheldMore + second.withheldMore,
  };
}
