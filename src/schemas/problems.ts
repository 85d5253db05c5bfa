import { z } from "zod";
import { PROBLEM_STATUSES, type ProblemStatus, UNAVAILABLE_CODES } from "../problem.ts";

const text = z.string();

export const problemSchema = z
  .strictObject({
    type: z.literal("about:blank"),
    title: text.meta({ description: "The name of the status." }),
    status: z
      .union(PROBLEM_STATUSES.map((status) => z.literal(status)))
      .meta({ type: "integer", enum: [...PROBLEM_STATUSES] }),
    code: text.meta({ description: "Stable, for programs." }),
    detail: text.meta({ description: "What happened, for a person." }),
    advice: text.optional().meta({ description: "What to do next." }),
    field: text.optional().meta({ description: "The path in the request that cannot be meant." }),
    expected: text.optional().meta({ description: "What that field takes." }),
  })
  .meta({ id: "Problem", description: "An error, as RFC 9457 has it." });

/** What the server says of each status, and with which codes. */
export const PROBLEMS: Readonly<Record<ProblemStatus, { readonly says: string; readonly codes: readonly string[] }>> = {
  400: {
    says: "The request cannot be meant as it stands; `field` names what, `expected` what it takes.",
    codes: ["invalid-request", "invalid-json"],
  },
  403: {
    says: "It was asked under a name that is not its own, or by a page of another site.",
    codes: ["forbidden-host", "forbidden-origin"],
  },
  404: { says: "It is not there.", codes: ["not-found"] },
  405: { says: "Another method than these was used on this path.", codes: ["method-not-allowed"] },
  413: { says: "The body is larger than this path takes.", codes: ["too-large"] },
  415: { says: "The body is not JSON in UTF-8.", codes: ["unsupported-media-type"] },
  500: { says: "A fault of the server; its log says more.", codes: ["internal"] },
  503: { says: "It cannot be answered now; `advice` says what to do.", codes: [...UNAVAILABLE_CODES, "page-missing"] },
};

/** The problem of one status, with the codes that it can have. */
export function problemOfStatus(status: ProblemStatus) {
  return z.intersection(problemSchema, z.object({ status: z.literal(status), code: z.enum(PROBLEMS[status].codes) }));
}
