import { errno, PilcrowError, RequestError, UsageError } from "../errors.ts";
import { type Io, writeJson } from "./io.ts";
import { plain } from "./text.ts";

export const EXIT = { success: 0, failure: 1, usage: 2, refusal: 3, interrupted: 130 } as const;

/** What went wrong: the shape of an error under --json. */
export interface Problem {
  /** Stable, for programs. */
  readonly code: string;
  readonly message: string;
  /** What to do next; empty where the message says it all. */
  readonly advice: string;
}

/**
 * Says what went wrong, in one line on standard error, and with --json as a Problem on standard output too.
 * Returns the exit code. The stack is shown with PILCROW_DEBUG=1 only.
 */
export function report(error: unknown, json: boolean, io: Io): number {
  const problem = io.signal.aborted && !(error instanceof PilcrowError) ? STOPPED : problemOf(error);
  if (json) writeJson(io.stdout, problem);
  io.stderr.write(`${problemLine(problem)}\n`);
  if (io.env.PILCROW_DEBUG === "1" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  if (io.signal.aborted) return EXIT.interrupted;
  return error instanceof UsageError || error instanceof RequestError ? EXIT.usage : EXIT.failure;
}

/** `pilcrow: <message>. <advice>` */
export function problemLine({ message, advice }: Problem): string {
  return `pilcrow: ${sentences({ message, advice })}`;
}

/** `<message>. <advice>` on one line. */
export function sentences({ message, advice }: Pick<Problem, "message" | "advice">): string {
  const said = plain(message);
  return plain(`${/[.?!]$/.test(said) || !advice ? said : `${said}.`} ${advice}`);
}

/** A Problem for anything that can be thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof PilcrowError) return { code: error.code, message: error.message, advice: error.advice };
  if (!(error instanceof Error)) return { code: "internal", message: String(error), advice: REPORT };
  const known = SYSTEM_ERRORS[errno(error) ?? ""];
  if (known) return { code: known.code, message: error.message, advice: known.advice };
  return { code: "internal", message: error.message || error.name, advice: REPORT };
}

const STOPPED: Problem = { code: "interrupted", message: "Stopped", advice: "" };
const REPORT = "This should not happen: PILCROW_DEBUG=1 shows where it did, for a report.";

/** What the operating system refuses, by Node's code. */
const SYSTEM_ERRORS: Readonly<Record<string, { code: string; advice: string }>> = {
  EACCES: { code: "no-permission", advice: "Choose a folder or a port that you may use." },
  EPERM: { code: "no-permission", advice: "Choose a folder or a port that you may use." },
  EROFS: { code: "read-only", advice: "Keep the index elsewhere: --index FOLDER." },
  ENOSPC: { code: "disk-full", advice: "Make room, or keep the index elsewhere: --index FOLDER." },
  EMFILE: { code: "too-many-files", advice: "Raise the limit of open files: ulimit -n 4096." },
};
