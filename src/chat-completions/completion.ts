import { randomUUID } from "node:crypto";
import type { Answer } from "../types.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import type { ChatRequest } from "./request.ts";
import { type Usage, usageOf } from "./usage.ts";

/** What every object about one answer has. */
export interface Head {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  /** Changes with the program and with the index. */
  readonly system_fingerprint: string;
}

/** The answer as `POST /ask` has it, but for what stands elsewhere. A field of our own. */
export type OwnFields = Omit<Answer, "question" | "answer" | "trace"> & Partial<Pick<Answer, "trace">>;

export interface ChatCompletion extends Head {
  readonly object: "chat.completion";
  readonly choices: readonly [
    {
      readonly index: 0;
      readonly message: {
        readonly role: "assistant";
        readonly content: string;
        readonly refusal: null;
        readonly annotations: readonly Annotation[];
      };
      readonly logprobs: null;
      readonly finish_reason: "stop";
    },
  ];
  readonly usage: Usage;
  readonly pilcrow: OwnFields;
}

/** What is asked, and what the answer's place is. */
export interface Asked {
  readonly request: ChatRequest;
  /** "http://localhost:8787": makes the permalinks absolute. */
  readonly origin: string;
}

export function headOf(model: string, version: string, generation: string | null): Head {
  return {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: `pilcrow-${version}-${generation ?? "no-index"}`,
  };
}

/** An answer as one message. A refusal is a message like any other. */
export function completionOf(answer: Answer, head: Head, { request, origin }: Asked): ChatCompletion {
  const content = answer.answer;
  const annotations = annotationsOf(answer, content, 0, origin);
  const message = { role: "assistant", content, refusal: null, annotations } as const;
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage: usageOf(answer, request.texts, content),
    pilcrow: ownFieldsOf(answer, request),
  };
}

export function ownFieldsOf(answer: Answer, { trace: withTrace }: Pick<ChatRequest, "trace">): OwnFields {
  const { question: _, answer: _text, trace, ...rest } = answer;
  return withTrace ? { ...rest, trace } : rest;
}
