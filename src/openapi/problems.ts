import type { RouteConfig } from "@hono/zod-openapi";
import { IndexError, NotFoundError, RequestError } from "../errors.ts";
import { forbiddenHost, SMALL, tooLarge } from "../guard.ts";
import { HttpError, PROBLEM_STATUSES, type ProblemStatus, toProblem } from "../problem.ts";
import { PROBLEMS, problemOfStatus } from "../schemas/problems.ts";

type Responses = RouteConfig["responses"];
type Headers = Readonly<Record<string, { readonly description: string; readonly schema: { readonly type: "string" } }>>;

const NAMES: Readonly<Record<ProblemStatus, string>> = {
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  413: "ContentTooLarge",
  415: "UnsupportedMediaType",
  500: "InternalError",
  503: "Unavailable",
};

/** An error of each status, as the server may have it. */
export const EXAMPLES: Readonly<Record<ProblemStatus, Error>> = {
  400: new RequestError("limit", "a whole number from 1 to 20", '"limit" takes a whole number from 1 to 20.'),
  403: forbiddenHost(),
  404: new NotFoundError("that document", "GET /documents lists them."),
  405: new HttpError(405, "method-not-allowed", "DELETE is not possible here.", "Use GET, HEAD."),
  413: tooLarge(SMALL),
  415: new HttpError(
    415,
    "unsupported-media-type",
    "The body must be JSON in UTF-8, not compressed.",
    "Send it with `Content-Type: application/json`.",
  ),
  500: new Error(),
  503: new IndexError("index-missing", "there is no index yet"),
};

const header = (description: string) => ({ description, schema: { type: "string" as const } });
const HEADERS: Partial<Readonly<Record<ProblemStatus, Headers>>> = {
  405: { Allow: header("The methods that are possible on this path.") },
  415: { "Accept-Post": header("What a body may be.") },
};

/** What a status says, and with which codes. */
export function descriptionOf(status: ProblemStatus): string {
  const { says, codes } = PROBLEMS[status];
  return `${says} Codes: ${codes.map((code) => `\`${code}\``).join(", ")}.`;
}

/** "BadRequest" */
export function problemName(status: ProblemStatus): string {
  return NAMES[status];
}

/** The answer of each status, for `components.responses`, and the schema of its body. */
export const problemResponses = PROBLEM_STATUSES.map((status) => {
  const name = NAMES[status];
  const headers = HEADERS[status];
  const response = {
    description: descriptionOf(status),
    ...(headers && { headers }),
    content: {
      "application/problem+json": {
        schema: { $ref: `#/components/schemas/${name}Problem` },
        example: toProblem(EXAMPLES[status]),
      },
    },
  };
  return { name, schema: problemOfStatus(status), response };
});

/** The responses of an operation that are problems: those of any, and these. */
export function problems(...statuses: readonly ProblemStatus[]): Responses {
  const all = [...statuses, 403, 405, 500] as const;
  return Object.fromEntries(all.map((status) => [status, { $ref: `#/components/responses/${NAMES[status]}` }]));
}
