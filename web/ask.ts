import { EventSourceParserStream } from "eventsource-parser/stream";
import type { AskEvent, Mode, Turn } from "../src/types.ts";
import { ApiError, failureOf, send } from "./api.ts";

/**
 * What happens while a question is answered; the last event is its end. Throws ApiError, also where the answer is cut
 * off before its end, or the AbortError of the signal.
 */
export async function* askEvents(
  question: string,
  history: readonly Turn[],
  mode: Mode,
  signal: AbortSignal,
): AsyncGenerator<AskEvent, void> {
  const body = JSON.stringify({ question, history: recent(history), mode });
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const response = await send("/ask", { method: "POST", headers, body, signal });
  if (!response.ok || response.body === null) throw await failureOf(response);
  const messages = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  for (;;) {
    const { value } = await reader.read().catch((error: unknown) => {
      signal.throwIfAborted();
      console.info("The stream of the answer broke off:", error);
      return { value: undefined };
    });
    if (value === undefined) throw new ApiError("cut-off", "The answer was cut off before its end.");
    const event = eventOf(value.event, value.data);
    if (event !== null) yield event;
    if (event?.type === "answer-end") return;
  }
}

/** The event of a message; null where it is of a kind that this page does not know. Throws what the server failed with. */
function eventOf(name: string | undefined, json: string): AskEvent | null {
  // From Pilcrow of the same version: its shape is tested there.
  const data = JSON.parse(json);
  switch (name) {
    case "retrieval":
      return { type: name, ...data };
    case "citation":
      return { type: name, citation: data };
    case "statement":
      return { type: name, statement: data };
    case "fallback":
      return { type: name, fallback: data };
    case "answer-end":
      return { type: name, answer: data };
    case "error":
      throw new ApiError(data.code, data.detail, data.advice);
    default:
      return null;
  }
}

/** The end of the conversation that the server takes: 50 turns of 8,000 characters, 32 KiB with the question. */
function recent(history: readonly Turn[]): Turn[] {
  const kept = history.slice(-50).map(({ role, content }) => ({ role, content: content.slice(0, 8_000) }));
  while (new TextEncoder().encode(JSON.stringify(kept)).length > 20_000) kept.splice(0, 2);
  return kept;
}
