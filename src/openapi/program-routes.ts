import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { chatErrorOf } from "../chat-completions/error.ts";
import { ModelNotFoundError } from "../chat-completions/models.ts";
import { chatRequest } from "../chat-completions/request.ts";
import { LARGE, tooLarge } from "../guard.ts";
import { INVALID_REQUEST, NO_BATCHES, rpcError } from "../mcp/rpc-error.ts";
import { PROBLEM_STATUSES, type ProblemStatus, toProblem } from "../problem.ts";
import {
  chatChunkSchema,
  chatCompletionSchema,
  chatErrorSchema,
  modelListSchema,
  modelSchema,
} from "../schemas/chat-completions.ts";
import { rpcAnswerSchema, rpcMessageSchema, rpcNoticeSchema } from "../schemas/mcp.ts";
import { problemOfStatus } from "../schemas/problems.ts";
import { descriptionOf, EXAMPLES, problemName, problems } from "./problems.ts";
import { chatChunk, chatCompletion, chatQuestion, model, rpcAnswer, rpcQuestion } from "./program-examples.ts";

/** The answer of each status below `/v1`, for `components.responses`. */
export const chatErrorResponses = PROBLEM_STATUSES.map((status) => {
  const isModel = status === 404;
  const own: Partial<Record<ProblemStatus, Error>> = {
    404: new ModelNotFoundError("other", ["extractive"]),
    413: tooLarge(LARGE),
  };
  const error = own[status] ?? EXAMPLES[status];
  const response = {
    description: isModel ? "There is no such model. Codes: `model_not_found`." : descriptionOf(status),
    content: {
      "application/json": { schema: { $ref: "#/components/schemas/ChatError" }, example: chatErrorOf(error).body },
    },
  };
  return { name: `Chat${problemName(status)}`, response };
});

/** The answers of a route below `/v1` that are errors: those of any, and these. */
function chatErrors(...statuses: readonly ProblemStatus[]): RouteConfig["responses"] {
  const all = [...statuses, 403, 405, 500] as const;
  return Object.fromEntries(
    all.map((status) => [status, { $ref: `#/components/responses/Chat${problemName(status)}` }]),
  );
}

const tags = ["Other programs"];

/** Pilcrow for programs that speak to a model's service, or the Model Context Protocol. */
export const programRoutes: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/v1/chat/completions",
    operationId: "createChatCompletion",
    tags,
    summary: "Ask as one asks a language model's service",
    description:
      "The last message of the user is the question, the turns before it are the conversation, of which the last 50 are read; messages of any other role have no effect. A key is taken and not looked at; fields that are not here are taken and without effect.",
    request: {
      body: {
        required: true,
        description: "At most 1 MiB.",
        content: { "application/json": { schema: chatRequest, example: chatQuestion } },
      },
    },
    responses: {
      200: {
        description:
          "The answer as one message, a refusal too. With `stream` as events whose data is a chunk each: a statement is sent when it is checked, never before; an error in the middle is data of the shape of an error; `[DONE]` is the last, and a stream without it was cut off.",
        content: {
          "application/json": { schema: chatCompletionSchema, example: chatCompletion },
          "text/event-stream": { schema: z.union([chatChunkSchema, chatErrorSchema]), example: chatChunk },
        },
      },
      ...chatErrors(400, 404, 413, 415, 503),
    },
  },
  {
    method: "get",
    path: "/v1/models",
    operationId: "listModels",
    tags,
    summary: "List what a chat completion can be asked of",
    description: "`pilcrow` quotes the documents; `pilcrow-generative` is there where a language model is set up.",
    responses: {
      200: {
        description: "What may stand as `model`.",
        content: { "application/json": { schema: modelListSchema, example: { object: "list", data: [model] } } },
      },
      ...chatErrors(503),
    },
  },
  {
    method: "get",
    path: "/v1/models/{model}",
    operationId: "readModel",
    tags,
    summary: "Read one of them",
    request: { params: z.strictObject({ model: z.string().meta({ description: "Its id.", examples: [model.id] }) }) },
    responses: {
      200: { description: "The model.", content: { "application/json": { schema: modelSchema, example: model } } },
      ...chatErrors(404, 503),
    },
  },
  {
    method: "post",
    path: "/mcp",
    operationId: "sendMcpMessage",
    tags,
    summary: "Send a message of the Model Context Protocol",
    description:
      "Streamable HTTP: each message stands for itself. A session, which the answer to `initialize` names, is there for giving a request up by `notifications/cancelled`; a client that sends none gives one up by closing its connection. The tools `ask`, `search` and `read_document`, and the documents as resources, describe themselves: `tools/list`, `resources/list`.",
    request: {
      headers: z.strictObject({
        Accept: z.string().meta({
          description: "Both kinds of answer, as the protocol asks.",
          examples: ["application/json, text/event-stream"],
        }),
        "Mcp-Session-Id": z
          .string()
          .optional()
          .meta({ description: "As the answer to `initialize` gave it. One that was not given here has no effect." }),
      }),
      body: {
        required: true,
        description: "At most 1 MiB.",
        content: { "application/json": { schema: rpcMessageSchema, example: rpcQuestion } },
      },
    },
    responses: {
      200: {
        description:
          "The answer; as events where the request asks for progress. With that to `initialize` the header `Mcp-Session-Id` names a new session.",
        content: {
          "application/json": { schema: rpcAnswerSchema, example: rpcAnswer },
          "text/event-stream": { schema: z.union([rpcAnswerSchema, rpcNoticeSchema]), example: rpcAnswer },
        },
      },
      202: { description: "A notification was taken, or the request was given up by one." },
      ...problems(415),
      400: {
        description: `The message is none of the protocol, or several at once; or it is no JSON at all: ${descriptionOf(400)}`,
        content: {
          "application/json": { schema: rpcAnswerSchema, example: rpcError(null, INVALID_REQUEST, NO_BATCHES) },
          "application/problem+json": { schema: problemOfStatus(400) },
        },
      },
      413: {
        description: descriptionOf(413),
        content: {
          "application/problem+json": { schema: problemOfStatus(413), example: toProblem(tooLarge(LARGE)) },
        },
      },
      406: {
        description: "`Accept` does not name both kinds of answer.",
        content: { "application/json": { schema: rpcAnswerSchema } },
      },
    },
  },
];
