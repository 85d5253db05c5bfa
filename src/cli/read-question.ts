import { UsageError } from "../errors.ts";
import type { Io } from "./io.ts";

/** As much as the HTTP API takes. */
const MAX_BYTES = 32 * 1024;

/** The question itself, or what standard input holds where it is "-". Throws UsageError. */
export async function readQuestion(question: string, { stdin, signal }: Io): Promise<string> {
  if (question !== "-") return question;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    const read = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    bytes += read.length;
    if (bytes > MAX_BYTES)
      throw new UsageError("question-too-long", "The question is longer than 32 KiB", "Ask less at once.");
    chunks.push(read);
  }
  const text = Buffer.concat(chunks).toString("utf8").trim();
  if (!text)
    throw new UsageError("no-question", "Standard input held no question", 'For example: echo "..." | pilcrow ask -');
  return text;
}
