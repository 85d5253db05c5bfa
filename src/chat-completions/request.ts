import { z } from "zod";
import { RequestError } from "../errors.ts";
import { parseAskBody } from "../schemas/parse-request.ts";
import { askBody } from "../schemas/requests.ts";
import type { AskRequest, Turn } from "../types.ts";

/** Turns before the question that are taken into account, the latest ones. */
const TURNS = 50;

const contentExpected = 'a text, or a list of {"type": "text", "text": "..."}: pictures, sound and files are not read';
const textPart = z.looseObject({ type: z.literal("text"), text: z.string() });
const refusalPart = z.looseObject({ type: z.literal("refusal"), refusal: z.string() });
const content = z.union([z.string(), z.array(z.union([textPart, refusalPart]))], { error: contentExpected });
const ROLES = ["system", "developer", "user", "assistant", "tool", "function"] as const;
const roleExpected = ROLES.map((role) => `"${role}"`).join(", ");
const message = z.looseObject({
  role: z.enum(ROLES, { error: roleExpected }),
  content: content.nullish(),
});

function none(what: string) {
  const error = `no ${what}: nothing but questions is answered here`;
  return z.array(z.unknown(), { error }).max(0, { error }).nullish();
}
const textOnly = 'only "text"';
const { documents, folders, from, to, limit } = askBody.shape;

/** What is asked beside the messages: where to look, and whether the trace is wanted. A field of our own. */
const ownFields = z
  .strictObject({ documents, folders, from, to, limit, trace: z.boolean().optional() })
  .meta({ description: "Of Pilcrow alone: where to look, as POST /ask takes it, and whether the trace is wanted." });

/** The body of `POST /v1/chat/completions`. Fields that are not here are taken and without effect. */
export const chatRequest = z
  .looseObject(
    {
      model: z.string({ error: "the name of a model, as GET /v1/models lists them" }),
      messages: z.array(message, { error: "a list of messages" }).meta({
        // For the description of the API alone: zod has no word for it, and readChatRequest() refuses a list without one.
        contains: { type: "object", properties: { role: { const: "user" } }, required: ["role"] },
        description:
          "One of them at least is of the user, and the last such one is the question: a text of 1 to 2000 characters that are not all white space. The last 50 of user and assistant before it are the conversation. Messages of other roles, calls of tools and refusals are read for nothing.",
      }),
      stream: z.boolean({ error: "true or false" }).nullish(),
      stream_options: z
        .looseObject({ include_usage: z.boolean({ error: "true or false" }).nullish() }, { error: "an object" })
        .nullish(),
      n: z.literal(1, { error: "1: a question has one answer here" }).nullish(),
      tools: none("tools"),
      functions: none("functions"),
      audio: z.null({ error: "nothing: an answer is text" }).optional(),
      modalities: z.array(z.literal("text", { error: textOnly }), { error: textOnly }).nullish(),
      response_format: z
        .looseObject({ type: z.literal("text", { error: textOnly }) }, { error: "an object" })
        .nullish(),
      pilcrow: ownFields.nullish(),
    },
    { error: "a JSON object with a model and messages" },
  )
  .meta({ id: "ChatCompletionRequest", description: "A conversation whose last question is to be answered." });

/** A conversation, read: what to ask, and how the answer is wanted. */
export interface ChatRequest {
  readonly model: string;
  readonly ask: Omit<AskRequest, "mode">;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly trace: boolean;
  /** The text of all messages, for counting. */
  readonly texts: readonly string[];
}

/** Reads the body of `POST /v1/chat/completions`. Throws RequestError with the field as `messages[0].content`. */
export function readChatRequest(body: unknown): ChatRequest {
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) throw refusalOf(parsed.error);
  const { model, messages, stream, stream_options, pilcrow } = parsed.data;
  const turns = messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  const asked = turns.findLastIndex(({ role }) => role === "user");
  const question = turns[asked]?.content.trim() ?? "";
  if (asked < 0) throw refused("messages", "a message of the user: the last of them is the question");
  const history = turns.slice(0, asked).filter(isTurn).slice(-TURNS);
  const { trace, ...where } = pilcrow ?? {};
  return {
    model,
    ask: { ...readQuestion({ question, ...where }, `messages[${asked}].content`), history },
    stream: stream ?? false,
    includeUsage: stream_options?.include_usage ?? false,
    trace: trace ?? false,
    texts: turns.map(({ content }) => content),
  };
}

function textOf(given: z.output<typeof content> | null | undefined): string {
  if (typeof given === "string") return given;
  return (given ?? [])
    .flatMap((part) => ("text" in part && typeof part.text === "string" ? [part.text] : []))
    .join("\n");
}

function isTurn(turn: { readonly role: string; readonly content: string }): turn is Turn {
  return (turn.role === "user" || turn.role === "assistant") && turn.content.trim() !== "";
}

/** A question and where to look, held to what `POST /ask` takes, with the fields as they are named here. */
function readQuestion(request: unknown, place: string): AskRequest {
  try {
    return parseAskBody(request);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw refused(error.field === "question" ? place : `pilcrow.${error.field}`, error.expected);
  }
}

function refusalOf(error: z.ZodError): RequestError {
  const [issue] = error.issues;
  if (issue === undefined) return refused("", "a JSON object");
  if (issue.code === "unrecognized_keys") {
    const field = `pilcrow.${issue.keys[0] ?? ""}`.slice(0, 200);
    return refused(field, `none but ${Object.keys(ownFields.shape).join(", ")}`);
  }
  return refused(fieldOf(issue.path), issue.message);
}

/** `messages[0].content` */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function refused(field: string, expected: string): RequestError {
  return new RequestError(field, expected, `${field === "" ? "The request" : `"${field}"`} takes ${expected}.`);
}
