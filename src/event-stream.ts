import { setTimeout as wait } from "node:timers/promises";
import type { Problem } from "./problem.ts";
import type { AskEvent } from "./types.ts";

/** The headers of a stream of events; a proxy that holds events back would undo what they are for. */
export const EVENT_STREAM_HEADERS = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };

/** Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. */
export const HEARTBEAT_MS = 15_000;

export interface EventStreamOptions {
  /** Milliseconds between two comments while there is nothing to tell. */
  readonly heartbeatMs: number;
  /** Of the request: aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** What a failure in the middle is told as. */
  readonly problemOf: (error: unknown) => Problem;
}

/**
 * What happens while a question is answered, as server-sent events (the HTML standard's, in UTF-8). Nothing is asked
 * for before the reader has taken what is there, so that a slow one holds up the work and fills no memory; one that
 * goes away aborts the signal that `ask` is given. Rejects with what `ask` throws before its first event; a later
 * failure is the event `error`. A stream without `answer-end` was cut off.
 */
export async function eventStream(
  ask: (signal: AbortSignal) => AsyncGenerator<AskEvent, void>,
  { heartbeatMs, signal, problemOf }: EventStreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const gone = new AbortController();
  const events = ask(gone.signal);
  const leave = () => {
    gone.abort();
    return events.return().catch(() => undefined);
  };
  if (signal.aborted) await leave();
  else signal.addEventListener("abort", leave, { once: true });
  let next: Promise<IteratorResult<AskEvent, void>> | null = events.next();
  await next;

  const encoder = new TextEncoder();
  let told = 0;
  const block = (name: string, data: unknown) => {
    told += 1;
    return encoder.encode(`id: ${told}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      next ??= events.next();
      const result = await unlessSilent(next, heartbeatMs);
      if (gone.signal.aborted) controller.error(gone.signal.reason);
      else if (result === null) controller.enqueue(encoder.encode(": heartbeat\n\n"));
      else if (result.done) controller.close();
      else {
        next = null;
        controller.enqueue(block(result.value.type, dataOf(result.value)));
      }
    } catch (error) {
      if (gone.signal.aborted) return controller.error(gone.signal.reason);
      controller.enqueue(block("error", problemOf(error)));
      controller.close();
    }
  }
  // Nothing is asked for in advance.
  return new ReadableStream<Uint8Array>({ pull, cancel: () => void leave() }, { highWaterMark: 0 });
}

/** The data of an event: what its name says, by itself. */
function dataOf(event: AskEvent): unknown {
  switch (event.type) {
    case "retrieval": {
      const { type: _, ...found } = event;
      return found;
    }
    case "citation":
      return event.citation;
    case "statement":
      return event.statement;
    case "fallback":
      return event.fallback;
    case "answer-end":
      return event.answer;
  }
}

/** What was waited for, or null when it took longer than these milliseconds. */
async function unlessSilent<T>(awaited: Promise<T>, ms: number): Promise<T | null> {
  const timer = new AbortController();
  try {
    return await Promise.race([awaited, wait(ms, null, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
