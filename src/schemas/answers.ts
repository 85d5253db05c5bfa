import { z } from "zod";
import { citationSchema, date, scoreFields } from "./citations.ts";

/** The answer of `/ask` as types.ts has it. `null` beside a named schema is a union: so it stays a reference. */

const text = z.string();
const day = date.meta({ description: "A date; null where that side is open." });

const periodSchema = z
  .strictObject({ from: day, to: day, text: text.meta({ description: "How the question said it." }) })
  .meta({ id: "Period", description: "A span of time, both ends included." });
const period = z
  .union([periodSchema, z.null()])
  .meta({ description: "The time that the question names; null where it names none." });

const personSchema = z
  .strictObject({
    name: text,
    role: text.meta({ description: "As the document introduces the person." }),
  })
  .meta({ id: "Person" });

const verdict = z.enum(["supported", "partly", "unsupported"]).meta({
  id: "Verdict",
  description: "What came of checking a sentence that a language model wrote against what it cites.",
});
const missing = z.array(text).meta({ description: "Words of the statement that what it cites does not hold." });

export const statementSchema = z
  .strictObject({
    text: text.meta({
      description:
        "The quote with each run of white space shown as one blank; of a generative answer the model's own sentence.",
    }),
    citations: z.array(z.int().min(1)).meta({ description: "Markers of the citations that carry it." }),
    rank: z
      .int()
      .min(1)
      .meta({ description: "1 for the one that answers best by itself, while all stand in reading order." }),
    verdict: verdict.optional().meta({ description: "Only of a generative answer." }),
    missing: missing.optional(),
  })
  .meta({ id: "Statement", description: "One sentence of the answer." });

const refusalSchema = z
  .strictObject({
    reason: z.enum(["no-evidence", "missing-terms", "no-document-in-period", "empty-index"]),
    message: text.meta({ description: "For a person: what is not there, and where the nearest is." }),
    missingTerms: z.array(text).meta({ description: "Words of the question that no document contains." }),
    period,
    nearest: z.array(citationSchema).meta({ description: "What comes nearest, best first; it does not answer." }),
  })
  .meta({ id: "Refusal", description: "Why there is no answer." });

const tracePassageSchema = z
  .strictObject({
    passageId: text,
    ...scoreFields,
    period: z.number().meta({ description: "For being of the very period that the question names." }),
    people: z.number().meta({ description: "For speaking of the people that the question means." }),
    rank: z.int().min(1),
  })
  .meta({ id: "TracePassage", description: "Why a passage ranks where it does." });

const mentionReadingSchema = z
  .strictObject({
    phrases: z.array(text).meta({ description: "A mention of any of them counts." }),
    exact: z.boolean().meta({ description: "Whether only these very characters count, or every form of the words." }),
    forms: z.array(text).meta({ description: "The forms that were found, in lower case, the most frequent first." }),
    headings: z.array(text).meta({ description: "Some headings that have it; they are not counted." }),
  })
  .meta({ id: "MentionReading", description: "What every mention was looked for, and what was counted." });

const count = z.number().nullable();
const modelUseSchema = z
  .strictObject({
    model: text.meta({ description: "As it was set." }),
    inputTokens: count.meta({ description: "As far as the provider says; null where nothing is known." }),
    outputTokens: count.meta({ description: "As far as the provider says; null where nothing is known." }),
    cost: count.meta({
      description: "In US dollars, of the tokens that are known; null where no price is set or none are known.",
    }),
    complete: z.boolean().meta({
      description:
        "Whether tokens and cost are all that it took. Else they are the least: a text was stopped or broke off, or the provider does not say everything.",
    }),
    elapsedMs: z.number().meta({ description: "Milliseconds from the first request to the last word." }),
    withheld: z
      .array(z.strictObject({ text, verdict, missing }))
      .meta({ description: "What the model wrote that did not stand the check: the first 20." }),
    withheldMore: z.int().min(0).meta({ description: "How many more there were." }),
  })
  .meta({ id: "ModelUse", description: "What the language model was asked for and what that took." });

const standaloneSchema = z
  .strictObject({
    by: z.enum(["rules", "model"]),
    reason: text.meta({ description: "For a person." }),
  })
  .meta({
    id: "StandaloneTrace",
    description: "Of a follow-up in generative mode: who wrote the question that was searched for.",
  });

export const traceSchema = z
  .strictObject({
    passages: z.array(tracePassageSchema),
    period,
    spans: z
      .array(z.strictObject({ from: day, to: day }))
      .optional()
      .meta({ description: "What of the period was searched, where that is several times." }),
    people: z.array(personSchema).meta({ description: "The people that the question was read to mean." }),
    mention: mentionReadingSchema.optional(),
    model: modelUseSchema.optional(),
    standalone: standaloneSchema.optional(),
    timings: z.record(text, z.number()).meta({ description: "Milliseconds, by step." }),
  })
  .meta({ id: "Trace", description: "How the answer came about." });

const groupSchema = z
  .strictObject({
    title: text.meta({ description: "The side of the comparison, or the document's title." }),
    date,
    documentId: text.nullable().meta({ description: "Where the group is a document." }),
    statements: z.array(z.int().min(0)).meta({ description: "Positions in `statements`, from 0." }),
    count: z.int().nullable().meta({ description: "How many mentions; null for a comparison." }),
    message: text.nullable().meta({ description: "What is said of a side without evidence." }),
  })
  .meta({ id: "Group", description: "One side of a comparison, or one document of every mention." });

export const fallbackSchema = z
  .strictObject({
    reason: z.enum([
      "timeout",
      "rate-limited",
      "provider-error",
      "interrupted",
      "malformed",
      "empty",
      "too-long",
      "declined",
      "unsupported",
      "complete-list",
    ]),
    message: text.meta({ description: "For a person." }),
  })
  .meta({ id: "Fallback", description: "Why a question for a generative answer got an extractive one." });

export const answerSchema = z
  .strictObject({
    question: text,
    kind: z.enum(["fact", "comparison", "every-mention"]).meta({ description: "What sort of answer is asked for." }),
    mode: z
      .enum(["extractive", "generative"])
      .meta({ description: "How this answer was made, which is not what was asked for where there is a `fallback`." }),
    fallback: z.union([fallbackSchema, z.null()]),
    standaloneQuestion: text.meta({ description: "What was searched for, after the history was taken into account." }),
    answered: z.boolean(),
    answer: text.meta({ description: "Plain text with [1] [2] markers; the refusal's message when not answered." }),
    statements: z.array(statementSchema).meta({ description: "The answer, sentence by sentence." }),
    citations: z.array(citationSchema),
    groups: z.array(groupSchema).nullable().meta({ description: "In order of date; null for a plain fact." }),
    refusal: z.union([refusalSchema, z.null()]),
    trace: traceSchema,
  })
  .meta({ id: "Answer", description: "An answer that can be checked, or why there is none." });
