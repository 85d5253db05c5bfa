import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { answerSchema } from "../schemas/answers.ts";
import { searchAnswerSchema } from "../schemas/citations.ts";
import { documentListSchema, documentViewSchema } from "../schemas/documents.ts";
import { askEventDataSchema } from "../schemas/events.ts";
import { healthSchema } from "../schemas/health.ts";
import { askBody, askQuery, searchQuery } from "../schemas/requests.ts";
import { answer, askRequest, documentSummary, documentView, events, health, refused, searchHit } from "./examples.ts";
import { problems } from "./problems.ts";

const documentParams = z.strictObject({
  id: z.string().meta({
    description: "The `documentId`, as `GET /documents` gives it.",
    examples: [documentSummary.documentId],
  }),
});

const eventExamples = Object.fromEntries(
  Object.entries(events).map(([name, value]) => [name, { summary: `Data of the event \`${name}\``, value }]),
);

const vary = z.string().meta({ description: "`Accept`." });

const answered = {
  200: {
    description:
      "The answer, or why there is none. With `Accept: text/event-stream` as it comes about: each event has an `id`, its name and JSON as its data, of which the schema is given here; comments keep a silent stream open; a failure after the first event is the event `error`; a stream without `answer-end` was cut off.",
    headers: z.strictObject({ Vary: vary }),
    content: {
      "application/json": {
        schema: answerSchema,
        examples: {
          answered: { summary: "An answer", value: answer },
          refused: { summary: "A refusal", value: refused },
        },
      },
      "text/event-stream": { schema: askEventDataSchema, examples: eventExamples },
    },
  },
  204: {
    description:
      "To a request for events with `Last-Event-ID`: an EventSource that comes again after the end is told to stop.",
  },
};

/** The routes of server.ts that questions and documents are for. */
export const routes: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/ask",
    operationId: "ask",
    tags: ["Questions"],
    summary: "Ask a question",
    description:
      "Every quote is read again from its file before it is given. A refusal is an answer too: `answered` is false and `refusal` says why.",
    request: {
      body: {
        required: true,
        description: "At most 32 KiB.",
        content: { "application/json": { schema: askBody, examples: { followUp: { value: askRequest } } } },
      },
    },
    responses: { ...answered, ...problems(400, 413, 415, 503) },
  },
  {
    method: "get",
    path: "/ask",
    operationId: "askByQuery",
    tags: ["Questions"],
    summary: "Ask a question in the address",
    description: "For a browser or a command line: as `POST /ask`, without a history.",
    request: { query: askQuery },
    responses: { ...answered, ...problems(400, 503) },
  },
  {
    method: "get",
    path: "/search",
    operationId: "search",
    tags: ["Questions"],
    summary: "Find passages",
    description: "The passages that come nearest, without an answer.",
    request: { query: searchQuery },
    responses: {
      200: {
        description: "The passages.",
        content: {
          "application/json": {
            schema: searchAnswerSchema,
            example: { question: answer.question, passages: [searchHit] },
          },
        },
      },
      ...problems(400, 503),
    },
  },
  {
    method: "get",
    path: "/documents",
    operationId: "listDocuments",
    tags: ["Documents"],
    summary: "List the documents",
    responses: {
      200: {
        description: "All documents of the index.",
        content: { "application/json": { schema: documentListSchema, example: { documents: [documentSummary] } } },
      },
      ...problems(503),
    },
  },
  {
    method: "get",
    path: "/documents/{id}",
    operationId: "readDocument",
    tags: ["Documents"],
    summary: "Read a document",
    description: "Its text and its passages. To a browser (`Accept: text/html`) the page, with the document open.",
    request: { params: documentParams },
    responses: {
      200: {
        description: "The document.",
        headers: z.strictObject({ Vary: vary }),
        content: {
          "application/json": { schema: documentViewSchema, example: documentView },
          "text/html": { schema: z.string() },
        },
      },
      ...problems(404, 503),
    },
  },
  {
    method: "get",
    path: "/documents/{id}/raw",
    operationId: "readFile",
    tags: ["Documents"],
    summary: "Read a document's file",
    description: "The bytes of the file as they are now. Text is `text/plain`, so that no markup of a document is run.",
    request: { params: documentParams },
    responses: {
      200: {
        description: "The file.",
        headers: z.strictObject({
          "Content-Disposition": z.string().meta({ description: "`inline` for text, else `attachment` with a name." }),
        }),
        content: { "text/plain": { schema: z.string(), example: documentView.text } },
      },
      ...problems(404, 503),
    },
  },
  {
    method: "get",
    path: "/health",
    operationId: "health",
    tags: ["Server"],
    summary: "Ask whether it can be asked",
    description: "200 while there is no index, too.",
    responses: {
      200: {
        description: "What is there.",
        content: { "application/json": { schema: healthSchema, example: health } },
      },
      ...problems(503),
    },
  },
  {
    method: "get",
    path: "/openapi.json",
    operationId: "openApi",
    tags: ["Server"],
    summary: "Read this description",
    description: "OpenAPI 3.1. `/reference` shows it to a person.",
    responses: {
      200: {
        description: "The description of this API.",
        content: { "application/json": { schema: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }) } },
      },
      ...problems(),
    },
  },
];
