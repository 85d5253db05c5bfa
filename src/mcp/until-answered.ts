import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { isJSONRPCRequest, type RequestId } from "@modelcontextprotocol/sdk/types.js";
import { answeredBy, cancelledBy } from "./cancelled.ts";

/**
 * The same transport, closed by itself when nothing more comes in and all that came is answered: whoever pipes a few
 * requests in gets their answers.
 */
export function untilAnswered(inner: Transport, inputEnd: Promise<void>): Transport {
  const open = new Set<RequestId>();
  let hasEnded = false;
  const closeWhenDone = async () => {
    if (hasEnded && open.size === 0) await inner.close();
  };
  const outer: Transport = {
    async start() {
      inner.onmessage = (message, extra) => {
        if (isJSONRPCRequest(message)) open.add(message.id);
        // A request that is given up has no answer.
        const given = cancelledBy(message);
        if (given !== undefined) open.delete(given);
        outer.onmessage?.(message, extra);
      };
      inner.onerror = (error) => outer.onerror?.(error);
      inner.onclose = () => outer.onclose?.();
      await inner.start();
      void inputEnd.then(() => {
        hasEnded = true;
        return closeWhenDone();
      });
    },
    async send(message, options) {
      await inner.send(message, options);
      const answered = answeredBy(message);
      if (answered === undefined) return;
      open.delete(answered);
      await closeWhenDone();
    },
    close: () => inner.close(),
  };
  return outer;
}
