import { setTimeout as wait } from "node:timers/promises";
import type { Problem } from "./problem.ts";
import type { AskEvent } from "./types.ts";

/** The headers of a stream of events; a proxy that holds events back would undo what they are for. */
export const EVENT_STREAM_HEADERS = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };

/** Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. */
export const HEARTBEAT_MS = 15_000;

export interface BlockStreamOptions {
  /** Milliseconds between two comments while there is nothing to tell. */
  readonly heartbeatMs: number;
  /** Of the request: aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/**
 * Blocks of text, each the lines of an event and the empty one after them, as the body of a response in UTF-8.
 * Nothing is made before the reader has taken what is there, so that a slow one holds up the work and fills no
 * memory; one that goes away aborts the signal that `make` is given. Rejects with what `make` throws before its first
 * block; a later throw breaks the stream off.
 */
export async function blockStream(
  make: (signal: AbortSignal) => AsyncGenerator<string, void>,
  { heartbeatMs, signal }: BlockStreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  const gone = new AbortController();
  const blocks = make(gone.signal);
  const leave = () => {
    gone.abort();
    return blocks.return().catch(() => undefined);
  };
  if (signal.aborted) await leave();
  else signal.addEventListener("abort", leave, { once: true });
  let next: Promise<IteratorResult<string, void>> | null = blocks.next();
  await next;

  const encoder = new TextEncoder();
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    next ??= blocks.next();
    const result = await unlessSilent(next, heartbeatMs);
    gone.signal.throwIfAborted();
    if (result === null) return controller.enqueue(encoder.encode(": heartbeat\n\n"));
    if (result.done) return controller.close();
    next = null;
    controller.enqueue(encoder.encode(result.value));
  }
  // Nothing is made in advance.
  return new ReadableStream<Uint8Array>({ pull, cancel: () => void leave() }, { highWaterMark: 0 });
}

export interface EventStreamOptions extends BlockStreamOptions {
  /** What a failure in the middle is told as. */
  readonly problemOf: (error: unknown) => Problem;
}

/**
 * What happens while a question is answered, as server-sent events. Rejects with what `ask` throws before its first
 * event; a later failure is the event `error`. A stream without `answer-end` was cut off.
 */
export function eventStream(
  ask: (signal: AbortSignal) => AsyncGenerator<AskEvent, void>,
  { problemOf, ...options }: EventStreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  return blockStream((signal) => toldAsBlocks(ask(signal), signal, problemOf), options);
}

async function* toldAsBlocks(
  events: AsyncGenerator<AskEvent, void>,
  signal: AbortSignal,
  problemOf: (error: unknown) => Problem,
): AsyncGenerator<string, void> {
  let told = 0;
  const block = (name: string, data: unknown) => {
    told += 1;
    return `id: ${told}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  };
  try {
    for await (const event of events) yield block(event.type, dataOf(event));
  } catch (error) {
    if (told === 0 || signal.aborted) throw error;
    yield block("error", problemOf(error));
  }
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
