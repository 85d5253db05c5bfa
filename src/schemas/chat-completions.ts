import { z } from "zod";
import { answerSchema, traceSchema } from "./answers.ts";

/** What the routes below `/v1` answer, as clients of such services expect it. */

const text = z.string();
const seconds = z.int().meta({ description: "Seconds since 1970." });
const offset = z.int().min(0);

const headFields = {
  id: text.meta({ examples: ["chatcmpl-3f0c3b5e-8f9a-4b59-9d7e-5a3f6d1c2b10"] }),
  created: seconds,
  model: text.meta({ description: "As it was asked for." }),
  system_fingerprint: text.meta({ description: "Changes with the program and with the index." }),
};

const annotationSchema = z
  .strictObject({
    type: z.literal("url_citation"),
    url_citation: z.strictObject({
      url: text.meta({ description: "The permalink of the citation, absolute." }),
      title: text,
      start_index: offset.meta({ description: "Where the marker starts in `content`, in UTF-16 units." }),
      end_index: offset,
    }),
  })
  .meta({ id: "ChatAnnotation", description: "A marker in the text and what it leads to." });

const usageSchema = z.strictObject({ prompt_tokens: offset, completion_tokens: offset, total_tokens: offset }).meta({
  id: "ChatUsage",
  description:
    "What the language model took, as its provider says; where none was asked, the words and punctuation marks of the messages and of the answer, which cost nothing.",
});

const ownFields = z
  .strictObject({
    ...answerSchema.omit({ question: true, answer: true, trace: true }).shape,
    trace: traceSchema.optional().meta({ description: "Only where it was asked for." }),
  })
  .meta({ id: "ChatAnswer", description: "Of Pilcrow alone: the answer as `POST /ask` has it." });

const message = z.strictObject({
  role: z.literal("assistant"),
  content: text.meta({ description: "The answer with its markers, or the refusal's message." }),
  refusal: z.null(),
  annotations: z.array(annotationSchema),
});

export const chatCompletionSchema = z
  .strictObject({
    ...headFields,
    object: z.literal("chat.completion"),
    choices: z
      .tuple([z.strictObject({ index: z.literal(0), message, logprobs: z.null(), finish_reason: z.literal("stop") })])
      .meta({ minItems: 1, maxItems: 1 }),
    usage: usageSchema,
    pilcrow: ownFields,
  })
  .meta({ id: "ChatCompletion", description: "An answer as one message." });

const delta = z.strictObject({
  role: z.literal("assistant").optional(),
  content: text.optional().meta({ description: "What is said next." }),
  annotations: z.array(annotationSchema).optional().meta({ description: "Of the whole text, in the last delta." }),
});

export const chatChunkSchema = z
  .strictObject({
    ...headFields,
    object: z.literal("chat.completion.chunk"),
    choices: z
      .array(
        z.strictObject({
          index: z.literal(0),
          delta,
          logprobs: z.null(),
          finish_reason: z.enum(["stop"]).nullable(),
        }),
      )
      .meta({ description: "Empty in the chunk that tells the usage." }),
    usage: z.union([usageSchema, z.null()]).optional().meta({ description: "Only where it was asked for." }),
    pilcrow: ownFields.optional().meta({ description: "In the chunk that ends the message." }),
  })
  .meta({ id: "ChatChunk", description: "A part of an answer as it comes about." });

export const modelSchema = z
  .strictObject({
    id: text.meta({ examples: ["pilcrow"] }),
    object: z.literal("model"),
    created: seconds.meta({ description: "When the index was made; 0 while there is none." }),
    owned_by: z.literal("pilcrow"),
  })
  .meta({ id: "ChatModel", description: "A way to make an answer." });

export const modelListSchema = z
  .strictObject({ object: z.literal("list"), data: z.array(modelSchema) })
  .meta({ id: "ChatModelList" });

export const chatErrorSchema = z
  .strictObject({
    error: z.strictObject({
      message: text,
      type: z.enum(["invalid_request_error", "server_error"]),
      param: text.nullable().meta({ description: "The field of the request.", examples: ["messages[0].content"] }),
      code: text.meta({ description: "Stable, for programs; as in the problems of the other routes." }),
    }),
  })
  .meta({ id: "ChatError", description: "An error as clients of such services expect it." });
