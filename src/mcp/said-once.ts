import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { isJSONRPCErrorResponse, type JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

/**
 * The same transport, whose errors go out without "MCP error -32602: " before them. The library's own errors have that
 * in their message, and the library of the client puts it there once more.
 */
export function saidOnce<T extends Transport>(transport: T): T {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(withoutCode(message), options);
  return transport;
}

function withoutCode(message: JSONRPCMessage): JSONRPCMessage {
  if (!isJSONRPCErrorResponse(message)) return message;
  const { error } = message;
  const code = `MCP error ${error.code}: `;
  if (!error.message.startsWith(code)) return message;
  return { ...message, error: { ...error, message: error.message.slice(code.length) } };
}
