/** Layer 0: what can go wrong. Every error says what happened and what to do next, and carries a stable code. */

export abstract class PilcrowError extends Error {
  /** Stable, for programs: `index-missing`. */
  readonly code: string;
  /** What to do next, one sentence. Empty where the message says it all. */
  readonly advice: string;

  constructor(code: string, message: string, advice = "", options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.advice = advice;
  }
}

/** A setting or a command line that cannot be meant. The command line exits with 2. */
export class UsageError extends PilcrowError {}

/** A request that cannot be answered as it stands. `field` is the path in the request, `expected` what it takes. */
export class RequestError extends PilcrowError {
  readonly field: string;
  readonly expected: string;

  constructor(field: string, expected: string, message: string) {
    super("invalid-request", message);
    this.field = field;
    this.expected = expected;
  }
}

/** Something asked for by name is not there: a document id, a route. */
export class NotFoundError extends PilcrowError {
  constructor(what: string, advice = "") {
    super("not-found", `${what} was not found`, advice);
  }
}

export type DocumentErrorCode =
  | "empty"
  | "binary"
  | "too-large"
  | "undecodable"
  | "unreadable"
  | "no-passages"
  | "unsupported-type"
  | "bad-front-matter";

/** One file that cannot be indexed; the others are. */
export class DocumentError extends PilcrowError {
  constructor(code: DocumentErrorCode, message: string, advice = "", options?: ErrorOptions) {
    super(code, message, advice, options);
  }
}

/** The corpus folder is missing, unreadable or without a document. */
export class CorpusError extends PilcrowError {
  constructor(
    code: "corpus-missing" | "corpus-unreadable" | "corpus-empty" | "bad-metadata",
    message: string,
    advice = "",
    options?: ErrorOptions,
  ) {
    super(code, message, advice, options);
  }
}

/** The index is missing, damaged, made by another model, in use, or cannot be written or read. */
export class IndexError extends PilcrowError {
  constructor(
    code:
      | "index-missing"
      | "index-damaged"
      | "index-mismatch"
      | "index-outdated"
      | "index-locked"
      | "index-unwritable"
      | "index-unreadable"
      | "index-foreign"
      | "index-of-other-documents",
    message: string,
    advice = "",
    options?: ErrorOptions,
  ) {
    super(code, message, advice, options);
  }
}

/** The embedding model is missing, cannot be loaded, or cannot be reached. */
export class ModelError extends PilcrowError {
  constructor(
    code: "model-missing" | "model-broken" | "model-unreachable",
    message: string,
    advice = "",
    options?: ErrorOptions,
  ) {
    super(code, message, advice, options);
  }
}

/** The server cannot listen on the address or port. */
export class ListenError extends PilcrowError {
  constructor(code: "port-in-use" | "port-forbidden" | "host-unavailable", message: string, advice: string) {
    super(code, message, advice);
  }
}

/** The system's name of what went wrong (ENOENT, ENOSPC), null where it is no such error. */
export function errno(error: unknown): string | null {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}
