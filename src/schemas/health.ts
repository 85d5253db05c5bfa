import { z } from "zod";

export const healthSchema = z
  .strictObject({
    status: z.enum(["ok", "no-index"]),
    version: z.string().meta({ description: "Of Pilcrow." }),
    modes: z
      .array(z.enum(["extractive", "generative"]))
      .meta({ description: "How questions can be asked here: `generative` only where a language model is set up." }),
    documents: z.int().min(0).meta({ description: "How many are in the index." }),
    passages: z.int().min(0).meta({ description: "How many." }),
    embedder: z.string().nullable().meta({ description: "The embedding model of the index." }),
    generation: z.string().nullable().meta({ description: "Changes with the index; null while there is none." }),
  })
  .meta({ id: "Health" });
