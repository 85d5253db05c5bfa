import type { ModelUse } from "../types.ts";
import type { LanguageModel, Tokens } from "./language-model.ts";

/** What asking a model took since `started`, of performance.now(). */
export function useOf(
  { name, settings: { price } }: Pick<LanguageModel, "name" | "settings">,
  { input, output }: Tokens,
  started: number,
  withheld: ModelUse["withheld"],
): ModelUse {
  const isKnown = price !== null && input !== null && output !== null;
  const cost = isKnown ? (input * price.input + output * price.output) / 1e6 : null;
  const elapsedMs = Math.round(performance.now() - started);
  return { model: name, inputTokens: input, outputTokens: output, cost, elapsedMs, withheld };
}

/** Two requests for one answer as one; what is not known of one is not known of both. */
export function bothUses(first: ModelUse | null, second: ModelUse | null): ModelUse | null {
  if (first === null || second === null) return first ?? second;
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    model: second.model,
    inputTokens: sum(first.inputTokens, second.inputTokens),
    outputTokens: sum(first.outputTokens, second.outputTokens),
    cost: sum(first.cost, second.cost),
    elapsedMs: first.elapsedMs + second.elapsedMs,
    withheld: [...first.withheld, ...second.withheld],
  };
}
