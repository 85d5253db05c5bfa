import { CancelledNotificationSchema, type JSONRPCMessage, type RequestId } from "@modelcontextprotocol/sdk/types.js";

/** The request that a client gives up with this message; undefined where it is another message. */
export function cancelledBy(message: unknown): RequestId | undefined {
  const parsed = CancelledNotificationSchema.safeParse(message);
  return parsed.success ? parsed.data.params.requestId : undefined;
}

/** The request that a message answers. */
export function answeredBy(message: JSONRPCMessage): RequestId | undefined {
  return "method" in message ? undefined : message.id;
}
