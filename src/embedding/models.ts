import type { Pooling } from "../config/model.ts";

/** How a family of models was trained to be used. */
export interface KnownModel {
  readonly pooling: Pooling;
  readonly query: string;
  readonly passage: string;
}

const mean = { pooling: "mean", query: "", passage: "" } as const;

/**
 * From the model cards of the families, by what stands in a model's id after its owner's name. Taken where a model's
 * own files say nothing. The first that matches counts.
 */
const FAMILIES: readonly (readonly [pattern: RegExp, known: KnownModel])[] = [
  // intfloat/e5-small-v2, intfloat/multilingual-e5-small; not the instruct models, whose prefix names a task.
  [
    /^(multilingual-)?e5-(small|base|large)(-v2|-unsupervised)?$/,
    { pooling: "mean", query: "query: ", passage: "passage: " },
  ],
  [
    /^bge-(small|base|large)-en(-v1\.5)?$/,
    { pooling: "cls", query: "Represent this sentence for searching relevant passages: ", passage: "" },
  ],
  [/^bge-m3$/, { pooling: "cls", query: "", passage: "" }],
  [/^nomic-embed-text-v(1|1\.5|2-moe)$/, { pooling: "mean", query: "search_query: ", passage: "search_document: " }],
  [
    /^(snowflake-arctic-embed-(xs|s|m|l)(-v1\.5)?|mxbai-embed-large-v1)$/,
    { pooling: "cls", query: "Represent this sentence for searching relevant passages: ", passage: "" },
  ],
  [/^gte-(small|base|large)$/, mean],
  [/^(all|multi-qa|paraphrase)-.*(minilm|mpnet|distilbert)/, mean],
];

/** What is known of a model by one of its names, its own id first; null where nothing is. */
export function knownModel(names: readonly string[]): KnownModel | null {
  for (const name of names) {
    const own = name.split(/[/\\]/).at(-1)?.toLowerCase() ?? "";
    const found = FAMILIES.find(([pattern]) => pattern.test(own));
    if (found) return found[1];
  }
  return null;
}
