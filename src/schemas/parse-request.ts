import type { z } from "zod";
import { RequestError } from "../errors.ts";
import type { AskRequest, Filters, SearchRequest } from "../types.ts";
import { askBody, askQuery, searchQuery } from "./requests.ts";

/** The first day of the earlier date is compared with the last day of the later one. */
function isOrdered(from: string, to: string): boolean {
  return from.padEnd(10, "-01") <= to.padEnd(10, "-99");
}

/** The field an issue is about, "history.3.role", and what it takes. */
function explain(issue: z.core.$ZodIssue, fields: readonly string[]): RequestError {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const field = [...path, ...issue.keys.slice(0, 1)].join(".").slice(0, 200);
    const expected = path.length === 0 ? `one of ${fields.join(", ")}` : "one of role, content";
    return new RequestError(field, expected, `There is no field "${field}": it takes ${expected}.`);
  }
  const field = path.join(".");
  return new RequestError(
    field,
    issue.message,
    `${field === "" ? "The request" : `"${field}"`} takes ${issue.message}.`,
  );
}

function parse<T extends z.ZodRawShape>(schema: z.ZodObject<T>, value: unknown): z.output<z.ZodObject<T>> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  throw explain(issue, Object.keys(schema.shape));
}

function inOrder<T extends Filters>({ from, to, ...rest }: T) {
  if (from !== undefined && to !== undefined && !isOrdered(from, to)) {
    const expected = 'a date that is not before "from"';
    throw new RequestError("to", expected, `"to" takes ${expected}.`);
  }
  return { ...rest, from, to };
}

/** The parameters as an object; `document` and `folder` may be repeated, no other. Throws RequestError. */
function fromQuery(query: URLSearchParams): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const [value = ""] = values;
    const isList = name === "document" || name === "folder";
    if (!isList && values.length > 1) {
      throw new RequestError(name, "one value", `"${name}" takes one value, not ${values.length}.`);
    }
    if (isList) object[name] = values;
    else if (name === "limit") object[name] = /^\d{1,9}$/.test(value) ? Number(value) : value;
    else Object.defineProperty(object, name, { value, enumerable: true });
  }
  return object;
}

/** The body of `POST /ask`. Throws RequestError, which names the field and what it takes. */
export function parseAskBody(body: unknown): AskRequest {
  return inOrder(parse(askBody, body));
}

/** The query of `GET /ask`. Throws RequestError. */
export function parseAskQuery(query: URLSearchParams): AskRequest {
  return requestOf(parse(askQuery, fromQuery(query)));
}

/** The query of `GET /search`. Throws RequestError. */
export function parseSearchQuery(query: URLSearchParams): SearchRequest {
  return requestOf(parse(searchQuery, fromQuery(query)));
}

function requestOf({ q, document, folder, ...rest }: z.output<typeof searchQuery> & Pick<AskRequest, "mode">) {
  return inOrder({ question: q, documents: document, folders: folder, ...rest });
}
