import { expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { ChatChunk } from "../../src/chat-completions/chunks.ts";
import type { ChatCompletion } from "../../src/chat-completions/completion.ts";
import type { ChatError } from "../../src/chat-completions/error.ts";
import type { Model } from "../../src/chat-completions/models.ts";
import type { Problem } from "../../src/problem.ts";
import type { answerSchema } from "../../src/schemas/answers.ts";
import type {
  chatChunkSchema,
  chatCompletionSchema,
  chatErrorSchema,
  modelSchema,
} from "../../src/schemas/chat-completions.ts";
import type { citationSchema, searchHitSchema } from "../../src/schemas/citations.ts";
import type { documentSummarySchema, documentViewSchema } from "../../src/schemas/documents.ts";
import type { askEventSchemas } from "../../src/schemas/events.ts";
import type { problemSchema } from "../../src/schemas/problems.ts";
import type { askBody } from "../../src/schemas/requests.ts";
import type {
  Answer,
  AskEvent,
  AskRequest,
  Citation,
  DocumentSummary,
  DocumentView,
  SearchHit,
} from "../../src/types.ts";

/** A schema's type is no promise not to write, and `?` of it may be undefined: neither is told apart here. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Shape<Exclude<T[Key], undefined>> }
    : T;

type Inferred<Schema extends z.ZodType> = Shape<z.infer<Schema>>;

/** The data of an event is what its name says, by itself. */
type Data<Name extends AskEvent["type"]> = Shape<
  Name extends "retrieval"
    ? Omit<Extract<AskEvent, { type: "retrieval" }>, "type">
    : Name extends "answer-end"
      ? Answer
      : Extract<AskEvent, Record<Name, unknown>>[Name & keyof Extract<AskEvent, Record<Name, unknown>>]
>;

it("has in the schemas the fields of the types, no more and no fewer: held by the type check", () => {
  expectTypeOf<Inferred<typeof answerSchema>>().toEqualTypeOf<Shape<Answer>>();
  expectTypeOf<Inferred<typeof citationSchema>>().toEqualTypeOf<Shape<Citation>>();
  expectTypeOf<Inferred<typeof searchHitSchema>>().toEqualTypeOf<Shape<SearchHit>>();
  expectTypeOf<Inferred<typeof documentSummarySchema>>().toEqualTypeOf<Shape<DocumentSummary>>();
  expectTypeOf<Inferred<typeof documentViewSchema>>().toEqualTypeOf<Shape<DocumentView>>();
  expectTypeOf<Inferred<typeof askBody>>().toEqualTypeOf<Shape<AskRequest>>();
  expectTypeOf<Inferred<typeof problemSchema>>().toEqualTypeOf<Shape<Problem>>();
  expectTypeOf<Inferred<typeof chatCompletionSchema>>().toEqualTypeOf<Shape<ChatCompletion>>();
  expectTypeOf<Inferred<typeof chatChunkSchema>>().toEqualTypeOf<Shape<ChatChunk>>();
  expectTypeOf<Inferred<typeof chatErrorSchema>>().toEqualTypeOf<Shape<ChatError>>();
  expectTypeOf<Inferred<typeof modelSchema>>().toEqualTypeOf<Shape<Model>>();
  type Events = typeof askEventSchemas;
  expectTypeOf<keyof Events>().toEqualTypeOf<AskEvent["type"] | "error">();
  expectTypeOf<Inferred<Events["retrieval"]>>().toEqualTypeOf<Data<"retrieval">>();
  expectTypeOf<Inferred<Events["fallback"]>>().toEqualTypeOf<Data<"fallback">>();
  expectTypeOf<Inferred<Events["statement"]>>().toEqualTypeOf<Data<"statement">>();
  expectTypeOf<Inferred<Events["answer-end"]>>().toEqualTypeOf<Data<"answer-end">>();
});
