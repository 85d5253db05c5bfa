import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import {
  type CallToolResult,
  ErrorCode,
  type ServerNotification,
  type ServerRequest,
} from "@modelcontextprotocol/sdk/types.js";
import { NotFoundError } from "../errors.ts";
import type { Pilcrow } from "../pilcrow.ts";

export type Extra = Pick<
  RequestHandlerExtra<ServerRequest, ServerNotification>,
  "signal" | "sendNotification" | "_meta"
>;

/** Of the protocol, which the library has no name for. */
const RESOURCE_NOT_FOUND = -32002;

/** How far something has got that a request waits for. */
export interface Step {
  /** Where it is counted; else this is one step further. */
  readonly counted?: { readonly done: number; readonly total: number };
  readonly message: string;
}
export type Tell = (step: Step) => void;

/** What the tools and resources work with. */
export interface McpContext {
  readonly pilcrow: Pilcrow;
  /** Of Pilcrow. */
  readonly version: string;
  /** Whether a client hears when the list of documents has changed; without a session nobody can be told. */
  readonly listChanged: boolean;
  /** Resolves when questions can be answered; rejects with what stands in the way, and with the signal. */
  readonly ready: (signal: AbortSignal, tell: Tell) => Promise<void>;
  /** Where a client finds what "/documents/minutes#p4" names. */
  readonly link: (url: string) => string;
  /** What a client is told of an error, what to do next among it. */
  readonly explain: (error: unknown) => string;
}

/** Tells a client that asked for progress of each step. */
export function teller({ sendNotification, _meta }: Extra): Tell {
  const progressToken = _meta?.progressToken;
  let furthest = 0;
  return ({ counted, message }) => {
    const { done, total } = counted ?? { done: furthest + 1, total: undefined };
    // The protocol wants each to be further than the one before.
    if (progressToken === undefined || done <= furthest) return;
    furthest = done;
    const params = { progressToken, progress: done, message, ...(total !== undefined && { total }) };
    sendNotification({ method: "notifications/progress", params }).catch(() => undefined);
  };
}

/** Errors in the words of the protocol: the client's library puts the code before the message by itself. */
export async function told<T>({ explain }: McpContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw coded(error instanceof NotFoundError ? RESOURCE_NOT_FOUND : ErrorCode.InternalError, explain(error));
  }
}

/** An error that a client is told with this code; the library's own class would say the code twice. */
export function coded(code: number, message: string): Error & { readonly code: number } {
  return Object.assign(new Error(message), { code });
}

/** The result of a tool; what goes wrong is a result too, which says what to do, so that the caller can mend it. */
export async function resultOf(
  { ready, explain }: McpContext,
  extra: Extra,
  work: (tell: Tell) => Promise<CallToolResult>,
): Promise<CallToolResult> {
  const tell = teller(extra);
  try {
    await ready(extra.signal, tell);
    return await work(tell);
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: explain(error) }] };
  }
}
