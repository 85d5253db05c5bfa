import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HttpError } from "./problem.ts";

/** The host of a `Host` header, without the port: "[::1]:8787" is "[::1]". */
function hostname(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, "");
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Keeps pages of other sites away from a server on this machine.
 * On a loopback address the `Host` must name this machine (DNS rebinding: a site's name made to point here);
 * a request that changes or costs something must not come from another origin.
 */
export function guard(host: string): MiddlewareHandler {
  const names = new Set(["localhost", "127.0.0.1", "[::1]", host, `[${host}]`]);
  return async (c, next) => {
    const header = c.req.header("Host") ?? "";
    if (isLoopback(host) && !names.has(hostname(header))) {
      throw new HttpError(
        403,
        "forbidden-host",
        "This server answers only under a name of the machine it runs on.",
        "Use localhost or 127.0.0.1 in the address.",
      );
    }
    const origin = c.req.header("Origin");
    if (c.req.method === "POST" && origin !== undefined && !isSameOrigin(origin, header)) {
      throw new HttpError(403, "forbidden-origin", "A page of another site may not ask this server.");
    }
    return next();
  };
}

function isSameOrigin(origin: string, host: string): boolean {
  return /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, "").toLowerCase() === host.toLowerCase();
}

/** Answers every method that a route has no handler for. */
export function onlyAllows(methods: string): (c: Context) => never {
  return (c) => {
    const message = `${c.req.method} is not possible here.`;
    throw new HttpError(405, "method-not-allowed", message, `Use ${methods}.`, { Allow: methods });
  };
}

export const requireJson: MiddlewareHandler = async (c, next) => {
  const type = (c.req.header("Content-Type") ?? "").toLowerCase();
  const encoding = (c.req.header("Content-Encoding") ?? "identity").toLowerCase();
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/.test(type) || encoding !== "identity") {
    throw new HttpError(
      415,
      "unsupported-media-type",
      "The body must be JSON in UTF-8, not compressed.",
      "Send it with `Content-Type: application/json`.",
      { "Accept-Post": "application/json" },
    );
  }
  return next();
};

export function tooLarge(): never {
  throw new HttpError(
    413,
    "too-large",
    "The body is larger than 32 KiB.",
    "Ask a shorter question, or send less history.",
  );
}

/** No body is larger than 32 KiB. */
export const smallBody = bodyLimit({ maxSize: 32 * 1024, onError: tooLarge });

/** The body, parsed. Throws HttpError `invalid-json`, whose advice is an example. */
export async function jsonBody(c: Context, advice = 'Send {"question": "..."}.'): Promise<unknown> {
  const bytes = await c.req.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : "it is not UTF-8";
    throw new HttpError(400, "invalid-json", `The body is not JSON: ${reason}.`, advice);
  }
}
