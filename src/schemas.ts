import { z } from "zod";
import { isIsoDate } from "./documents/dates.ts";
import { RequestError } from "./errors.ts";
import type { AskRequest, Filters, SearchRequest } from "./types.ts";

const QUESTION_LENGTH = 2_000;
const TURNS = 50;
const TURN_LENGTH = 8_000;
const DOCUMENTS = 100;
const DOCUMENT_ID_LENGTH = 1_000;

/** The first day of the earlier date is compared with the last day of the later one. */
function isOrdered(from: string, to: string): boolean {
  return from.padEnd(10, "-01") <= to.padEnd(10, "-99");
}

/** In every schema the error says what is expected: it becomes the problem's `expected`. */
function text(max: number, error: string, min = 1): z.ZodType<string> {
  return z.string({ error }).trim().min(min, { error }).max(max, { error });
}

function integer(max: number): z.ZodType<number> {
  const error = `a whole number from 1 to ${max}`;
  return z.int({ error }).min(1, { error }).max(max, { error });
}

const question = text(QUESTION_LENGTH, `a text of 1 to ${QUESTION_LENGTH} characters`);
const dateExpected = "a calendar date such as 1996-11-01, 1996-11 or 1996";
const date = z.string({ error: dateExpected }).refine(isIsoDate, { error: dateExpected });
const documentsExpected = `a list of at most ${DOCUMENTS} document ids, as GET /documents gives them`;
const documents = z
  .array(text(DOCUMENT_ID_LENGTH, "a document id, as GET /documents gives it"), { error: documentsExpected })
  .max(DOCUMENTS, { error: documentsExpected });

const foldersExpected = `a list of at most ${DOCUMENTS} folders of the corpus, such as minutes/2019`;
const folders = z
  .array(text(DOCUMENT_ID_LENGTH, "a folder of the corpus, such as minutes/2019"), { error: foldersExpected })
  .max(DOCUMENTS, { error: foldersExpected });

const turn = z.strictObject(
  {
    role: z.enum(["user", "assistant"], { error: '"user" or "assistant"' }),
    content: text(TURN_LENGTH, `a text of at most ${TURN_LENGTH} characters`, 0),
  },
  { error: 'an object with "role" and "content"' },
);
const historyExpected = `a list of at most ${TURNS} turns`;

const period = { from: date.optional(), to: date.optional() };
const modeExpected = '"extractive" or "generative"';

const askBody = z.strictObject(
  {
    question,
    history: z.array(turn, { error: historyExpected }).max(TURNS, { error: historyExpected }).optional(),
    limit: integer(20).optional(),
    documents: documents.optional(),
    folders: folders.optional(),
    ...period,
    mode: z.enum(["extractive", "generative"], { error: modeExpected }).optional(),
  },
  { error: 'a JSON object with a "question"' },
);
const searchQuery = z.strictObject({
  q: question,
  limit: integer(100).optional(),
  ...period,
  document: documents.optional(),
  folder: folders.optional(),
});
const askQuery = searchQuery.extend({
  limit: integer(20).optional(),
  mode: z.enum(["extractive", "generative"], { error: modeExpected }).optional(),
});

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
