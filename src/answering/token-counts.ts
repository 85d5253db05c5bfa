/** Counts of tokens; null where the provider does not say. */
export interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
}

/** What is known of the tokens of a text. */
export interface Counted {
  readonly tokens: Tokens;
  /** Whether the text came to its end, where services tell the whole: else there may be more. */
  readonly isWhole: boolean;
}

export const UNKNOWN: Counted = { tokens: { input: null, output: null }, isWhole: false };

/** Where services count, in a piece of their stream, and what they call it: OpenAI and its like, Anthropic, Google. */
const PLACES = [["usage"], ["message", "usage"], ["usageMetadata"]] as const;
const INPUT = ["prompt_tokens", "input_tokens", "promptTokenCount"];
const OUTPUT = ["completion_tokens", "output_tokens", "candidatesTokenCount"];
const THOUGHTS = ["thoughtsTokenCount"];

/**
 * The counts with what a piece of a provider's stream, as it came, tells of them. The AI SDK gives them only with the
 * end of a text, which one that is stopped or breaks off does not have.
 */
export function countedOn({ tokens }: Counted, piece: unknown): Counted {
  let { input, output } = tokens;
  for (const place of PLACES) {
    const usage = place.reduce(fieldOf, piece);
    const [written, thought] = [numberOf(usage, OUTPUT), numberOf(usage, THOUGHTS)];
    input = most(input, numberOf(usage, INPUT));
    output = most(output, written === null ? thought : written + (thought ?? 0));
  }
  return { tokens: { input, output }, isWhole: false };
}

function most(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function numberOf(usage: unknown, names: readonly string[]): number | null {
  const found = names.map((name) => fieldOf(usage, name)).find((value) => typeof value === "number");
  return typeof found === "number" && Number.isFinite(found) && found >= 0 ? found : null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
