import { z } from "zod";
import { answerSchema, fallbackSchema, statementSchema, traceSchema } from "./answers.ts";
import { citationSchema } from "./citations.ts";
import { problemSchema } from "./problems.ts";

const retrievalSchema = z
  .strictObject({
    ...answerSchema.pick({ question: true, standaloneQuestion: true, kind: true }).shape,
    ...traceSchema.pick({ passages: true, period: true, people: true }).shape,
  })
  .meta({ id: "Retrieval", description: "What the question was read as, and the passages that were found." });

/** The events of a stream of `/ask`, by name: what the data of each is. */
export const askEventSchemas = {
  retrieval: retrievalSchema,
  citation: citationSchema,
  statement: statementSchema,
  fallback: fallbackSchema,
  "answer-end": answerSchema,
  error: problemSchema,
} as const;

/** The data of one event. */
export const askEventDataSchema = z.union(Object.values(askEventSchemas)).meta({
  id: "AskEventData",
  description:
    "The data of one event. `retrieval`: what was found. `citation`: one of the statement that follows. `statement`: a sentence of the answer, checked. `fallback`: what was said before it is withdrawn, the extractive answer follows. `answer-end`: the whole answer. `error`: a problem; the stream ends.",
});
