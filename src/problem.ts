import { STATUS_CODES } from "node:http";
import { NotFoundError, PilcrowError, RequestError } from "./errors.ts";

export const PROBLEM_STATUSES = [400, 403, 404, 405, 413, 415, 500, 503] as const;
export type ProblemStatus = (typeof PROBLEM_STATUSES)[number];

/** An error as HTTP gives it: RFC 9457, `application/problem+json`. */
export interface Problem {
  readonly type: "about:blank";
  /** The name of the status. */
  readonly title: string;
  readonly status: ProblemStatus;
  /** Stable, for programs. */
  readonly code: string;
  /** What happened, for a person. */
  readonly detail: string;
  /** What to do next. */
  readonly advice?: string;
  /** The path in the request, and what it takes. */
  readonly field?: string;
  readonly expected?: string;
}

/** An error of the HTTP exchange itself. `headers` go with the response. */
export class HttpError extends PilcrowError {
  readonly status: ProblemStatus;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ProblemStatus,
    code: string,
    message: string,
    advice = "",
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message, advice);
    this.status = status;
    this.headers = headers;
  }
}

const REBUILD = "Run `pilcrow index --rebuild` with the settings of this server.";
const SEE_LOG = "The log of the server says more.";

/**
 * What an error of the layers below says in public: its own message may name paths of this machine.
 * A code that is not here is answered as `internal`.
 */
const PUBLIC_TEXT: Readonly<Record<string, readonly [status: ProblemStatus, detail: string, advice: string]>> = {
  "index-missing": [
    503,
    "There is no index of the documents yet.",
    "Run `pilcrow index` with the settings of this server.",
  ],
  "index-damaged": [
    503,
    "The index of the documents is damaged.",
    "Run `pilcrow index` with the settings of this server, which mends it.",
  ],
  "index-unreadable": [503, "The index of the documents cannot be read now.", SEE_LOG],
  "index-mismatch": [503, "The index was made with another embedding model.", REBUILD],
  "index-outdated": [
    503,
    "The index was made by another version of Pilcrow.",
    "Run `pilcrow index` with the settings of this server.",
  ],
  "index-foreign": [503, "The folder of the index holds something else.", SEE_LOG],
  "index-locked": [503, "The index is being written by another process.", "Try again when it is done."],
  "model-missing": [503, "The embedding model is not there.", "Run `pilcrow doctor` to see what is missing."],
  "model-broken": [503, "The embedding model cannot be loaded.", "Run `pilcrow doctor` to see what is wrong."],
  "corpus-missing": [503, "The folder of the documents is not there.", SEE_LOG],
  "corpus-unreadable": [503, "The folder of the documents cannot be read.", SEE_LOG],
  "corpus-empty": [503, "The folder of the documents holds no document.", SEE_LOG],
  unreadable: [503, "The file of this document cannot be read.", SEE_LOG],
};

/** The codes of what the layers below cannot do now: 503. */
export const UNAVAILABLE_CODES: readonly string[] = Object.keys(PUBLIC_TEXT);

function problem(status: ProblemStatus, code: string, detail: string, advice: string): Problem {
  const title = STATUS_CODES[status] ?? "Error";
  return { type: "about:blank", title, status, code, detail, ...(advice === "" ? {} : { advice }) };
}

/** A message as a person is told it: with a capital and a full stop. */
export function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? "" : ".");
}

/** The problem that answers an error. Nothing of an error that is not ours is told. */
export function toProblem(error: unknown): Problem {
  if (error instanceof RequestError) {
    const { field, expected } = error;
    return { ...problem(400, error.code, sentence(error.message), error.advice), field, expected };
  }
  if (error instanceof HttpError) return problem(error.status, error.code, error.message, error.advice);
  if (error instanceof NotFoundError) return problem(404, error.code, sentence(error.message), error.advice);
  const known = error instanceof PilcrowError ? PUBLIC_TEXT[error.code] : undefined;
  if (error instanceof PilcrowError && known !== undefined) return problem(known[0], error.code, known[1], known[2]);
  return problem(500, "internal", "Something went wrong in the server.", SEE_LOG);
}
