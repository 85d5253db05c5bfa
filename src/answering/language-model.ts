import { setTimeout as sleep } from "node:timers/promises";
import type { LlmSettings } from "../config.ts";
import {
  endsWithoutReason,
  retryAfter,
  StreamBroken,
  saysTooMuch,
  speaksOfFormat,
  statusOf,
  TriesUsed,
  worthAnotherTry,
} from "./provider-errors.ts";
import { chooseLanguageModel, type SdkModel } from "./providers.ts";
import { type Counted, countedOn, type Tokens, UNKNOWN } from "./token-counts.ts";

/** What a model is asked. The instructions are ours; the rest is data. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
  /** JSON schema of the answer, sent where the service takes one. */
  readonly schema: object;
}

/** How a model's text ended: "stop" where it was finished, "length" where it was cut, "content-filter" and others. */
export interface TextEnd {
  readonly reason: string;
  readonly tokens: Tokens;
}

/** A language model that writes text bit by bit. */
export interface LanguageModel {
  /** `PROVIDER:MODEL`, as it was set. */
  readonly name: string;
  readonly settings: LlmSettings;
  /**
   * Its text as it comes. Before the first word, what may pass is tried again until `deadline` (of performance.now()).
   * Throws what the AI SDK throws, TriesUsed around the last of it, StreamBroken after the first word, and the signal's
   * reason. `tell` hears of the tokens as far as the service counts them while the text comes.
   */
  stream(
    prompt: Prompt,
    deadline: number,
    signal: AbortSignal,
    tell?: (counted: Counted) => void,
  ): AsyncGenerator<string, TextEnd>;
}

/** Milliseconds before the second try, doubled for each after it; and how many tries there are. */
const BACKOFF = 500;
const TRIES = 4;
/** Requests in a row that are answered only without the format: then it is the format, whatever the service says. */
const REFUSALS = 3;

/** The language model of the settings. Throws UsageError at once; the provider's package is imported at first use. */
export function languageModel(settings: LlmSettings, backoff = BACKOFF): LanguageModel {
  const { name, open } = chooseLanguageModel(settings);
  let opened: Promise<SdkModel> | undefined;
  // A service that does not take the format of the answer is not asked for it again.
  let takesFormat = true;
  let refusals = 0;

  /** A request is answered. One that was refused with the format may have been refused for something else. */
  function learn(withFormat: boolean, refusal: unknown): void {
    if (withFormat) refusals = 0;
    else if (refusal !== null) refusals++;
    if (refusals >= REFUSALS || speaksOfFormat(refusal)) takesFormat = false;
  }

  async function* stream(
    prompt: Prompt,
    deadline: number,
    signal: AbortSignal,
    tell?: (counted: Counted) => void,
  ): AsyncGenerator<string, TextEnd> {
    opened ??= open();
    const model = await opened;
    let refusal: unknown = null;
    for (let attempt = 1; ; attempt++) {
      const withFormat = takesFormat && refusal === null;
      let hasBegun = false;
      try {
        const pieces = streamOnce(model, prompt, withFormat, signal, tell);
        for (let next = await pieces.next(); ; next = await pieces.next()) {
          if (!hasBegun) learn(withFormat, refusal);
          if (next.done) return next.value;
          hasBegun = true;
          yield next.value;
        }
      } catch (error) {
        signal.throwIfAborted();
        if (hasBegun) throw new StreamBroken(error);
        if (withFormat && [400, 422].includes(statusOf(error) ?? 0) && !saysTooMuch(error)) {
          refusal = error;
          continue;
        }
        const pause = retryAfter(error) ?? backoff * 2 ** (attempt - 1);
        const isInTime = performance.now() + pause < deadline;
        if (!worthAnotherTry(error)) throw error;
        if (attempt >= TRIES) throw new TriesUsed(error, attempt);
        if (!isInTime) throw error;
        await sleep(pause, undefined, { signal });
      }
    }
  }
  return { name, settings, stream };
}

async function* streamOnce(
  model: SdkModel,
  { system, user, schema }: Prompt,
  withFormat: boolean,
  abortSignal: AbortSignal,
  tell?: (counted: Counted) => void,
): AsyncGenerator<string, TextEnd> {
  const { jsonSchema, streamText, wrapLanguageModel } = await import("ai");
  // The library's warnings would be printed among the answers.
  globalThis.AI_SDK_LOG_WARNINGS ??= false;
  const responseFormat = { type: "json", name: "answer", schema: await jsonSchema(schema).jsonSchema } as const;
  // Asked for here and not as the library's `output`, which holds back text that is no JSON until it ends.
  const asked = wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: "v3",
      transformParams: async ({ params }) => (withFormat ? { ...params, responseFormat } : params),
    },
  });
  const { fullStream } = streamText({
    model: asked,
    system,
    prompt: user,
    maxRetries: 0,
    // Some services count while they write; of a text without an end nothing else is known.
    includeRawChunks: true,
    abortSignal,
    // What goes wrong is a part of the stream; without this it would be printed as well.
    onError: () => {},
  });
  let hasText = false;
  let isCutShort = false;
  let counted = UNKNOWN;
  for await (const part of fullStream) {
    if (part.type === "error") {
      // Some services end without a word on why; what came may be whole all the same.
      isCutShort = hasText && endsWithoutReason(part.error);
      if (!isCutShort) throw part.error;
    }
    if (part.type === "raw") {
      counted = countedOn(counted, part.rawValue);
      tell?.(counted);
    }
    if (part.type === "abort") abortSignal.throwIfAborted();
    if (part.type === "text-delta") {
      hasText = true;
      yield part.text;
    }
    if (part.type === "finish") {
      const { inputTokens, outputTokens } = part.totalUsage;
      const tokens = { input: inputTokens ?? null, output: outputTokens ?? null };
      return { reason: isCutShort ? "other" : part.finishReason, tokens };
    }
  }
  return { reason: "other", tokens: counted.tokens };
}
