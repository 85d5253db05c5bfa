import { z } from "zod";
import { documentFields, passageFields } from "./citations.ts";

const fields = {
  ...documentFields,
  source: z.string().nullable().meta({ description: "Who published it or where it was taken from, where known." }),
  mediaType: z.string().meta({ examples: ["text/plain", "text/markdown"] }),
  hash: z.string().meta({ description: "SHA-256 of the file's bytes, in hex." }),
};

export const documentSummarySchema = z
  .strictObject({ ...fields, passages: z.int().min(0).meta({ description: "How many." }) })
  .meta({ id: "DocumentSummary", description: "A document of the index." });

export const documentListSchema = z
  .strictObject({ documents: z.array(documentSummarySchema) })
  .meta({ id: "DocumentList" });

const passageSchema = z
  .strictObject({
    ...passageFields,
    text: z.string(),
    page: z.int().min(1).optional().meta({ description: "From 1, in formats that have pages." }),
  })
  .meta({ id: "Passage", description: "One paragraph: what is found and cited." });

export const documentViewSchema = z
  .strictObject({
    ...fields,
    text: z.string().meta({ description: "The whole file, decoded; all offsets count in it." }),
    passages: z.array(passageSchema).meta({ description: "In reading order." }),
  })
  .meta({ id: "Document", description: "A document with its text and passages." });
