import { completionOf, headOf } from "../chat-completions/completion.ts";
import { modelOf } from "../chat-completions/models.ts";
import { readChatRequest } from "../chat-completions/request.ts";
import { answer, documentSummary } from "./examples.ts";

/** The examples of examples.ts as other programs ask and are answered. */

export const model = modelOf("extractive", "2026-01-05T10:00:00.000Z");

export const chatQuestion = { model: model.id, messages: [{ role: "user", content: answer.question }] };

const head = {
  ...headOf(model.id, "0.1.0", "7"),
  id: "chatcmpl-3f0c3b5e-8f9a-4b59-9d7e-5a3f6d1c2b10",
  created: model.created + 60,
};
export const chatCompletion = completionOf(answer, head, {
  request: readChatRequest(chatQuestion),
  origin: "http://localhost:8787",
});

export const chatChunk = {
  ...head,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta: { content: answer.answer }, logprobs: null, finish_reason: null }],
};

export const rpcQuestion = {
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "search", arguments: { question: "bell" } },
};

export const rpcAnswer = {
  jsonrpc: "2.0",
  id: 1,
  result: { content: [{ type: "text", text: `${documentSummary.title}, ${documentSummary.date}: ...` }] },
};
