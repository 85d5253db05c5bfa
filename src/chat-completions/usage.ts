import type { Answer } from "../types.ts";

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** Words and numbers count one each, and so does every other character that is no white space. */
const TOKEN = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

function countTokens(text: string): number {
  return text.match(TOKEN)?.length ?? 0;
}

/**
 * What a language model took, as its provider says, whatever became of it; else the words of the messages and of the
 * answer, which cost nothing.
 */
export function usageOf(
  { trace: { model } }: Pick<Answer, "trace">,
  messages: readonly string[],
  content: string,
): Usage {
  const prompt = model?.inputTokens ?? messages.reduce((sum, text) => sum + countTokens(text), 0);
  const completion = model?.outputTokens ?? countTokens(content);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
