/** Codes of JSON-RPC 2.0. */
export const INVALID_REQUEST = -32600;

/** The protocol had batches until 2025-06-18. */
export const NO_BATCHES = "One message at a time: this protocol has no batches any more.";

/** An error as JSON-RPC 2.0 answers it; without an id where the request's own is not known. */
export function rpcError(id: string | number | null, code: number, message: string) {
  return { jsonrpc: "2.0", id, error: { code, message } } as const;
}
