import { PilcrowError } from "../errors.ts";
import type { Fallback } from "../types.ts";
import {
  causeOf,
  isUnreadable,
  retryAfter,
  StreamBroken,
  saysTooMuch,
  statusOf,
  TriesUsed,
} from "./provider-errors.ts";
import type { StatementReader } from "./written-statements.ts";

/** A model's text is far too long beyond so many characters: forty statements with their quotes are half of it. */
export const MOST_CHARACTERS = 24_000;

/** What went wrong, for a person; of the service's own words nothing is passed on. */
export function faultOf(thrown: unknown, name: string): Fallback {
  const [error, tries] = thrown instanceof TriesUsed ? [thrown.cause, thrown.tries] : [thrown, null];
  // Ours say what to install or to set.
  if (error instanceof PilcrowError) return fault("provider-error", `${error.message}. ${error.advice}`.trim());
  if (error instanceof StreamBroken) return fault("interrupted", `The answer of ${name} broke off.`);
  const status = statusOf(error);
  if (status === 429) {
    return fault(
      "rate-limited",
      `${name} takes no more questions for now (429).${whyNotAgain(retryAfter(error), tries)}`,
    );
  }
  if (saysTooMuch(error)) {
    return fault("provider-error", `The passages are more than ${name} takes. A lower limit sends fewer of them.`);
  }
  if (status !== null) return fault("provider-error", `${name} answers ${status}${meaningOf(status)}.`);
  if (isUnreadable(error)) return fault("malformed", `What the service of ${name} sent cannot be read.`);
  const cause = causeOf(error);
  // It was reached: what had come of a text is lost with the connection.
  if (cause !== null && /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(cause)) {
    return fault("interrupted", `The connection to the service of ${name} broke off (${cause}).`);
  }
  const why = cause === null ? "" : ` (${cause})`;
  return fault("provider-error", `${name} cannot be reached${why}.`);
}

/** Why a service that is busy is not asked again: it was, often enough, or the time does not allow its pause. */
function whyNotAgain(wait: number | null, tries: number | null): string {
  if (tries !== null) return ` It was asked ${tries} times, with pauses.`;
  if (wait === null) return "";
  return ` It asks to wait ${Math.ceil(wait / 1000)} s, longer than is left of the time for an answer.`;
}

function meaningOf(status: number): string {
  if (status < 400) return ": it sends elsewhere, which is not followed; PILCROW_LLM_BASE_URL must be its last address";
  const said = MEANING[status];
  if (said !== undefined) return said;
  return status >= 500 ? ": it fails, and its own log may say why; later it may work again" : "";
}

const MEANING: Readonly<Record<number, string>> = {
  401: ": the key is not accepted",
  402: ": the account has no credit",
  403: ": the key may not use this model",
  404: ": it does not know the model, or the address is another",
  529: ": it is overloaded",
};

export function timedOut(name: string, timeoutMs: number): Fallback {
  return fault("timeout", `${name} did not finish within ${timeoutMs / 1000} s.`);
}

export function tooLong(name: string): Fallback {
  return fault("too-long", `${name} wrote far more than an answer and was stopped.`);
}

/** The model finds nothing, but something that it read speaks to it, and may have told it to. */
export function toldSilence(): Fallback {
  const message = "The language model finds no answer, but a text that it read tells it what to write.";
  return fault("unsupported", message);
}

const DECLINES =
  /\b(?:I|we)(?:['’]m| am| are|['’]re)?\s+(?:sorry|unable|not able)\b|\b(?:I|we)\s+(?:can(?:['’]t|not| not)|won['’]t|will not|must decline|decline)\b/i;

/** What is wrong with a text that has ended; null where nothing is. `count` is how many statements were read. */
export function faultOfText(
  { isSilent, isClosed, text }: ReturnType<StatementReader["end"]>,
  reason: string,
  count: number,
  name: string,
): Fallback | null {
  if (reason === "content-filter") return fault("declined", `${name} declined to answer.`);
  if (reason === "length") return fault("too-long", `The answer of ${name} was cut for its length.`);
  if (text.trim() === "") return fault("empty", `${name} wrote nothing.`);
  // A service that says nothing of the end may have lost the connection, unless all brackets are closed.
  if (reason !== "stop" && !isClosed) return fault("interrupted", `The answer of ${name} broke off.`);
  if (count > 0 || isSilent) return null;
  if (DECLINES.test(text)) return fault("declined", `${name} declined to answer.`);
  return fault("malformed", `${name} did not write what it was asked for.`);
}

function fault(reason: Fallback["reason"], message: string): Fallback {
  return { reason, message };
}
