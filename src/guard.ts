import { isIP } from "node:net";
import { hostname as machineName } from "node:os";
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

export interface GuardOptions {
  /** The address that is listened on. */
  readonly host: string;
  /** Further names, in lower case, under which requests are answered. */
  readonly allowedHosts?: readonly string[];
  /** The origin by which others reach the server. */
  readonly publicUrl?: string | null;
}

/**
 * Keeps pages of other sites away. The `Host` must name this machine or be an allowed one (DNS rebinding: a site's name
 * made to point here; an address in numbers cannot be made to). No other site may ask for anything, which may cost
 * something; only follow a link to a page.
 */
export function guard({ host, allowedHosts = [], publicUrl = null }: GuardOptions): MiddlewareHandler {
  const outside = publicUrl === null ? [] : [new URL(publicUrl).hostname];
  const names = new Set(["localhost", "127.0.0.1", "[::1]", host, `[${host}]`, ...allowedHosts, ...outside]);
  const isOnNetwork = !isLoopback(host);
  if (isOnNetwork) for (const name of ownNames()) names.add(name);
  return async (c, next) => {
    const header = c.req.header("Host") ?? "";
    const name = hostname(header);
    if (!names.has(name) && !(isOnNetwork && isAddress(name))) throw forbiddenHost();
    if (isForeign(c, header, publicUrl)) {
      throw new HttpError(403, "forbidden-origin", "A page of another site may not ask this server.");
    }
    return next();
  };
}

/** "box", "box.local" */
function ownNames(): string[] {
  const name = machineName().toLowerCase();
  const short = name.replace(/\..*$/, "");
  return [name, short, `${short}.local`];
}

function isAddress(name: string): boolean {
  return isIP(name) === 4 || isIP(name.replace(/^\[(.*)\]$/, "$1")) === 6;
}

export function forbiddenHost(): HttpError {
  return new HttpError(
    403,
    "forbidden-host",
    "This server answers only under a name of the machine it runs on.",
    "Use localhost or 127.0.0.1 in the address, or allow the name with PILCROW_ALLOWED_HOSTS (--allowed-hosts).",
  );
}

/** Whether a browser asks for a page of another site; whoever is no browser says nothing of where a request comes from. */
function isForeign(c: Context, host: string, publicUrl: string | null): boolean {
  const origin = c.req.header("Origin");
  if (origin !== undefined && origin !== publicUrl && !isSameOrigin(origin, host)) return true;
  const site = c.req.header("Sec-Fetch-Site") ?? "none";
  // A person who follows a link leaves the other site, which sees nothing of what is found.
  const isLink = c.req.header("Sec-Fetch-Mode") === "navigate" && PAGES.test(c.req.path);
  return site !== "none" && site !== "same-origin" && !isLink;
}

/** The pages, and a document's permalink. */
const PAGES = /^\/(?:reference|documents\/[^/]+)?$/;

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

export function tooLarge(kibibytes: number): HttpError {
  const size = kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`;
  const advice = "Ask a shorter question, or send less history.";
  // What is left of the body is not read, so that nothing can follow it.
  return new HttpError(413, "too-large", `The body is larger than ${size}.`, advice, { Connection: "close" });
}

/** KiB of a body; of one that other programs send, who send a whole conversation with each question. */
export const SMALL = 32;
export const LARGE = 1024;

/** No body is larger. */
export function atMost(kibibytes: number): MiddlewareHandler {
  const onError = () => {
    throw tooLarge(kibibytes);
  };
  return bodyLimit({ maxSize: kibibytes * 1024, onError });
}

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
