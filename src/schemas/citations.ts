import { z } from "zod";

/** What types.ts says of documents and citations, as data: what an answer of the API is held to and described by. */

export const date = z
  .string()
  .nullable()
  .meta({
    description: "A calendar date of day, month or year precision; null where none is known.",
    examples: ["1931-06-02", "1931-06", "1931"],
  });
const offset = z.int().min(0);
const check = z.enum(["verified", "changed", "not-found"]).meta({
  id: "Check",
  description:
    "What came of reading the file again when the answer was given. `verified`: it is the file that was indexed, and the quote stands at its place. `changed`: the file has changed since, and the quote still stands in it. `not-found`: it does not, and nothing is quoted.",
});

/** Of which document, and where it is. */
export const documentFields = {
  documentId: z.string().meta({ description: "Readable and stable, made from `path`." }),
  title: z.string(),
  date,
  path: z.string().meta({ description: "Relative to the folder of the documents, with forward slashes." }),
};
/** Which passage, and the characters of the document's text that are meant. */
export const passageFields = {
  passageId: z
    .string()
    .meta({ description: "`DOCUMENT#pN`; the part after the hash is the anchor on the document's page." }),
  label: z.string().meta({
    description: "How a person would name the paragraph: by its own number where it has one, else by its position.",
    examples: ["¶6", "§5 ¶2", "paragraph 3"],
  }),
  start: offset.meta({ description: "Where it starts in the document's `text`, in UTF-16 units." }),
  end: offset.meta({ description: "Where it ends, exclusive." }),
};

export const citationSchema = z
  .strictObject({
    marker: z.int().min(1).meta({ description: "The number in the answer: 1 for [1]." }),
    ...documentFields,
    ...passageFields,
    line: z.int().min(1).meta({ description: "The line of the file at which the quote starts, from 1." }),
    quote: z.string().meta({ description: "The very characters of the file, line breaks and all." }),
    check,
    url: z.string().meta({ description: "A permalink on this server: the document, open at the passage." }),
  })
  .meta({ id: "Citation", description: "A quote and where it stands, read again from the file." });

const score = z.number();
/** Why a passage ranks where it does; all but `score` are parts of it. */
export const scoreFields = {
  score: score.meta({ description: "The sum of the parts, each already weighted." }),
  dense: score.meta({ description: "For likeness in meaning." }),
  lexical: score.meta({ description: "For the words of the question." }),
  wording: score.meta({ description: "For how the question's words stand together in it." }),
};

export const searchHitSchema = z
  .strictObject({
    ...documentFields,
    ...passageFields,
    text: z.string().meta({ description: "The passage; empty where the file no longer has it." }),
    check,
    ...scoreFields,
  })
  .meta({ id: "SearchHit", description: "A passage that comes near the question." });

export const searchAnswerSchema = z
  .strictObject({
    question: z.string(),
    passages: z.array(searchHitSchema).meta({ description: "Best first." }),
  })
  .meta({ id: "SearchAnswer" });
