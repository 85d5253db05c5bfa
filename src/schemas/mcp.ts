import { z } from "zod";

/** Messages of JSON-RPC 2.0, as far as every one has them; what they hold is for the Model Context Protocol to say. */

const version = z.literal("2.0");
const id = z.union([z.string(), z.int()]).meta({ description: "Stands in the answer, too." });

export const rpcMessageSchema = z
  .looseObject({
    jsonrpc: version,
    id: id.optional(),
    method: z.string().meta({ examples: ["tools/call"] }),
    params: z.looseObject({}).optional(),
  })
  .meta({ id: "McpMessage", description: "A request, or a notification where it has no `id`." });

export const rpcAnswerSchema = z
  .looseObject({
    jsonrpc: version,
    id: z.union([z.string(), z.int(), z.null()]),
    result: z.looseObject({}).optional(),
    error: z.looseObject({ code: z.int(), message: z.string() }).optional(),
  })
  .meta({ id: "McpAnswer", description: "The result, or the error." });

export const rpcNoticeSchema = z
  .looseObject({
    jsonrpc: version,
    method: z.literal("notifications/progress"),
    params: z.looseObject({
      progressToken: id,
      progress: z.number(),
      total: z.number().optional(),
      message: z.string().optional(),
    }),
  })
  .meta({ id: "McpProgress", description: "How far the answer has got, where the request asks for that." });
