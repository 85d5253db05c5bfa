import { RequestError } from "../errors.ts";
import { type ProblemStatus, toProblem } from "../problem.ts";
import { ModelNotFoundError } from "./models.ts";

/** An error as clients of this API expect it. */
export interface ChatError {
  readonly error: {
    readonly message: string;
    readonly type: "invalid_request_error" | "server_error";
    /** The field of the request, `messages[0].content`. */
    readonly param: string | null;
    /** Stable, for programs. */
    readonly code: string;
  };
}

/** What answers an error below `/v1`: the same problem as elsewhere, in the shape of this API. */
export function chatErrorOf(error: unknown): { readonly status: ProblemStatus; readonly body: ChatError } {
  const { status, code, detail, advice } = toProblem(error);
  const message = advice === undefined ? detail : `${detail} ${advice}`;
  const type = status >= 500 ? "server_error" : "invalid_request_error";
  const field = error instanceof RequestError ? error.field : error instanceof ModelNotFoundError ? "model" : "";
  return { status, body: { error: { message, type, param: field === "" ? null : field, code } } };
}
