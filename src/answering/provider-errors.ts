/** Reads what the AI SDK and fetch throw. Their messages may hold what was sent and, of some services, the key: none is kept. */

/** A model's text that broke off after its first word. */
export class StreamBroken extends Error {
  constructor(cause: unknown) {
    super("The text broke off", { cause });
    this.name = "StreamBroken";
  }
}

/** What was tried again until no try was left; the cause is what went wrong with the last. */
export class TriesUsed extends Error {
  readonly tries: number;

  constructor(cause: unknown, tries: number) {
    super("No try is left", { cause });
    this.name = "TriesUsed";
    this.tries = tries;
  }
}

/** The status of HTTP that the service answered with; null where it did not. */
export function statusOf(error: unknown): number | null {
  const status = field(error, "statusCode");
  // A stream that broke has a status of success.
  return typeof status === "number" && status >= 300 ? status : null;
}

/** Milliseconds that the service asks to wait; null where it does not say. */
export function retryAfter(error: unknown, now = Date.now()): number | null {
  const headers = field(error, "responseHeaders");
  const exact = Number.parseFloat(String(field(headers, "retry-after-ms")));
  if (exact >= 0) return exact;
  const value = field(headers, "retry-after");
  if (typeof value !== "string") return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return 1000 * Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Whether the same request may be answered a moment later. Where nobody listens, nobody will. */
export function worthAnotherTry(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null) return status === 408 || status === 409 || status === 429 || status >= 500;
  return /^(ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|UND_ERR_SOCKET)$/.test(causeOf(error) ?? "");
}

/** The system's or the library's name of why there was no answer: ECONNREFUSED, UND_ERR_SOCKET, CERT_HAS_EXPIRED. */
export function causeOf(error: unknown): string | null {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    const code = field(cause, "code");
    if (typeof code === "string" && /^[A-Z][A-Z\d_]+$/.test(code)) return code;
    // What listens on two addresses is tried on both, and fails with a list.
    if (cause instanceof AggregateError && causeOf(cause.errors[0]) !== null) return causeOf(cause.errors[0]);
  }
  return null;
}

/** Whether the service answered with what cannot be read: an error of the library about JSON or its types. */
export function isUnreadable(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (/JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody/.test(cause.name)) return true;
  }
  return false;
}

/** Whether a stream ended in order, but without saying why the text ends: what the AI SDK makes an error of. */
export function endsWithoutReason(error: unknown): boolean {
  return error instanceof Error && /InvalidResponseData/.test(error.name) && /finish reason/i.test(error.message);
}

/** Whether the service says that it was sent more than the model takes. */
export function saysTooMuch(error: unknown): boolean {
  if (statusOf(error) === 413) return true;
  const body = field(error, "responseBody");
  return (
    statusOf(error) === 400 &&
    typeof body === "string" &&
    /context.{0,20}(length|window)|too (long|many tokens)/i.test(body)
  );
}

/** What services call the format of an answer, or how the AI SDK asks for it. */
const FORMAT =
  /response[_ ]?(format|schema|mime[_ ]?type)|output[_ ](format|config)|schema|structured|json[_ ](mode|object|output|format)|grammar|(guided|constrained)[_ ](json|decoding)/i;
/** Where a format is asked for as a tool that the model has to use. */
const TOOLS =
  /(tool|function)\S*( \S+){0,6} (not|unsupported|disabled)\b|(not|n't|unsupported|disabled|unknown|unrecogni[sz]ed)( \S+){0,6} \S?(tool|function)/i;

/** Whether the service says that it is the format of the answer that it does not take. */
export function speaksOfFormat(error: unknown): boolean {
  const body = field(error, "responseBody");
  return typeof body === "string" && wordsOf(body).some((words) => FORMAT.test(words) || TOOLS.test(words));
}

/** What a service says in its error; not what it repeats of the request, which always names the format. */
function wordsOf(body: string): string[] {
  try {
    return textsOf(JSON.parse(body));
  } catch {
    return [body];
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (/^(input|body|request)$/.test(name) ? [] : textsOf(part)));
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
