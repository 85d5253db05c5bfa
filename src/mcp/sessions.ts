import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { RequestId } from "@modelcontextprotocol/sdk/types.js";
import { answeredBy, cancelledBy } from "./cancelled.ts";

export interface Sessions {
  /** The id of a new one. */
  begin(): string;
  /** Gives up the request that the message says, where it is of this session and still being answered. */
  heed(session: string | undefined, message: unknown): void;
  /** Has the requests that come over this transport, which a server is connected to, given up with `leave`. */
  follow(session: string | undefined, transport: Transport, leave: () => void): void;
}

/**
 * Which requests of which client are being answered. Over HTTP a client gives a request up by another one, which only
 * the id of its session connects with it. Nothing else is kept of a session, so that none has to end; and nobody can
 * give up what another asked: ids cannot be guessed, and those that were not given here are passed over.
 */
export function mcpSessions(): Sessions {
  const secret = randomBytes(32);
  const underWay = new Map<string, () => void>();
  const signed = (id: string) => `${id}.${createHmac("sha256", secret).update(id).digest("base64url")}`;
  const isOurs = (session: string | undefined): session is string =>
    session !== undefined && session === signed(session.split(".")[0] ?? "");
  const nameOf = (session: string, id: RequestId) => JSON.stringify([session, id]);
  return {
    begin: () => signed(randomUUID()),
    heed(session, message) {
      const given = cancelledBy(message);
      if (given !== undefined && isOurs(session)) underWay.get(nameOf(session, given))?.();
    },
    follow(session, transport, leave) {
      if (!isOurs(session)) return;
      const { onmessage, onclose } = transport;
      const send = transport.send.bind(transport);
      const mine = new Set<string>();
      const forget = (name: string) => {
        mine.delete(name);
        // A client that uses an id again, though it must not, gives up the later one.
        if (underWay.get(name) === leave) underWay.delete(name);
      };
      transport.onmessage = (message, extra) => {
        if ("method" in message && "id" in message) {
          const name = nameOf(session, message.id);
          mine.add(name);
          underWay.set(name, leave);
        }
        onmessage?.(message, extra);
      };
      transport.send = async (message, options) => {
        const answered = answeredBy(message);
        if (answered !== undefined) forget(nameOf(session, answered));
        return send(message, options);
      };
      transport.onclose = () => {
        for (const name of mine) forget(name);
        onclose?.();
      };
    },
  };
}
