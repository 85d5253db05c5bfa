import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { answerInWords } from "../../src/answering/groups.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import type { Answer, AskEvent, AskRequest, Fallback, Statement } from "../../src/types.ts";

/** A question that was asked; what happens to it is for the test to say. */
export interface Asked {
  readonly request: AskRequest;
  readonly signal: AbortSignal;
  tell(...events: readonly AskEvent[]): void;
  end(): void;
  fail(error: Error): void;
}

/** A Pilcrow whose answers come about as the test says. `asked` gives the questions one by one, as they come. */
export function scripted(base: Pilcrow): { pilcrow: Pilcrow; asked: () => Promise<Asked> } {
  const questions = queue<Asked>();
  const reader = questions.stream.getReader();
  return {
    asked: async () => {
      const { value } = await reader.read();
      if (value === undefined) throw new Error("nothing is asked any more");
      return value;
    },
    pilcrow: {
      ...base,
      async *askEvents(request, { signal = new AbortController().signal } = {}) {
        const { stream, tell, end, fail } = queue<AskEvent>();
        signal.addEventListener("abort", () => fail(signal.reason), { once: true });
        questions.tell({ request, signal, tell: (...events) => events.forEach(tell), end, fail });
        yield* stream;
      },
    },
  };
}

function queue<T>() {
  let control: ReadableStreamDefaultController<T> | undefined;
  const stream = new ReadableStream<T>({
    start(controller) {
      control = controller;
    },
  });
  return {
    stream,
    tell: (one: T) => control?.enqueue(one),
    end: () => control?.close(),
    fail: (error: unknown) => control?.error(error),
  };
}

export const FALLBACK: Fallback = { reason: "interrupted", message: "The language model broke off." };

/** An answer as a language model would have written it, each statement resting on the citation of its number. */
export function written(answer: Answer, statements: readonly Partial<Statement>[]): Answer {
  const all = statements.map((statement, index) => ({
    text: `Sentence ${index + 1}.`,
    citations: [index + 1],
    rank: index + 1,
    verdict: "supported" as const,
    missing: [],
    ...statement,
  }));
  const model = { model: "scripted:one", inputTokens: 1_234, outputTokens: 56, cost: 0.0021, complete: true };
  const withheld = [{ text: "It was Tuesday.", verdict: "unsupported" as const, missing: ["Tuesday"] }];
  return {
    ...answer,
    mode: "generative",
    answer: answerInWords(all, null),
    statements: all,
    trace: {
      ...answer.trace,
      standalone: { by: "rules", reason: "the model writes the same" },
      model: { ...model, elapsedMs: 2_345.6, withheld, withheldMore: 0 },
    },
  };
}

/** Collects garbage now, as Node itself does when it likes. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc !== "function") throw new Error("this Node does not let garbage be collected");
  gc();
}

export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** The events of a response as they arrive. */
export async function* serverSent(response: Response): AsyncGenerator<ServerSentEvent, void> {
  if (response.body === null) throw new Error("a stream has a body");
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { id, event, data } of events) yield { id, event, data: JSON.parse(data) };
}
