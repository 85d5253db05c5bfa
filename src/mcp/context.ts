import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { CallToolResult, ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import type { Pilcrow } from "../pilcrow.ts";

export type Extra = Pick<
  RequestHandlerExtra<ServerRequest, ServerNotification>,
  "signal" | "sendNotification" | "_meta"
>;

/** How far something has got that a request waits for. */
export interface Step {
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

/** What the tools and resources work with. */
export interface McpContext {
  readonly pilcrow: Pilcrow;
  /** Of Pilcrow. */
  readonly version: string;
  /** Resolves when questions can be answered; rejects with what stands in the way, and with the signal. */
  readonly ready: (signal: AbortSignal, tell: (step: Step) => void) => Promise<void>;
  /** Where a client finds what "/documents/minutes#p4" names. */
  readonly link: (url: string) => string;
  /** What a client is told of an error, what to do next among it. */
  readonly explain: (error: unknown) => string;
}

/** Waits until there is something to answer from; tells a client that asked for it how far that is. */
export async function whenReady({ ready }: McpContext, { signal, sendNotification, _meta }: Extra): Promise<void> {
  const token = _meta?.progressToken;
  let furthest = 0;
  await ready(signal, ({ done, total, message }) => {
    // The protocol wants each to be further than the one before.
    if (token === undefined || done <= furthest) return;
    furthest = done;
    const params = { progressToken: token, progress: done, total, message };
    sendNotification({ method: "notifications/progress", params }).catch(() => undefined);
  });
}

/** The result of a tool; what goes wrong is a result too, which says what to do, so that the caller can mend it. */
export async function resultOf(
  context: McpContext,
  extra: Extra,
  work: () => Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    await whenReady(context, extra);
    return await work();
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: context.explain(error) }] };
  }
}
