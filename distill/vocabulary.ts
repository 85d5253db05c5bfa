import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { libraryTokenizer, ownTokenizer } from "../src/embedding/tokenizer.ts";
import { ModelError } from "../src/errors.ts";
import type { Bags } from "./bags.ts";

/** The teacher's tokenizer, which the student keeps. */
export interface Vocabulary {
  /** One more than the highest id. */
  readonly size: number;
  /** The plain text of each token, by id; "" for special tokens and ids without one. */
  readonly tokens: readonly string[];
  /** Special tokens included; at most `window` of them. */
  encode(text: string): Int32Array;
}

const Tokenizer = z.object({
  model: z.object({
    vocab: z.union([z.record(z.string(), z.number()), z.array(z.tuple([z.string(), z.number()]))]),
    continuing_subword_prefix: z.string().nullish(),
  }),
  added_tokens: z.array(z.object({ id: z.number(), content: z.string(), special: z.boolean() })).default([]),
});

/** Reads the tokenizer of a model folder: WordPiece, BPE or Unigram. Throws ModelError. */
export async function readVocabulary(folder: string, window: number): Promise<Vocabulary> {
  const { model, added_tokens } = await readTokenizer(folder);
  const entries: (readonly [string, number])[] = Array.isArray(model.vocab)
    ? model.vocab.map(([token], id) => [token, id])
    : Object.entries(model.vocab);
  const ids = [...entries.map(([, id]) => id), ...added_tokens.map(({ id }) => id)];
  const size = ids.reduce((most, id) => Math.max(most, id + 1), 0);

  const { AutoTokenizer, env } = await import("@xenova/transformers");
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  const library = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });

  const { encode } = (await ownTokenizer(folder)) ?? libraryTokenizer(library);

  const special = new Set(added_tokens.filter((token) => token.special).map(({ id }) => id));
  const prefix = model.continuing_subword_prefix ?? "";
  const tokens = Array.from({ length: size }, () => "");
  for (const [, id] of entries) {
    if (special.has(id)) continue;
    const text = library.decode([id]);
    tokens[id] = (prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text).trim();
  }
  return { size, tokens, encode: (text) => encode(text).subarray(0, window) };
}

async function readTokenizer(folder: string): Promise<z.infer<typeof Tokenizer>> {
  const path = join(folder, "tokenizer.json");
  try {
    return Tokenizer.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new ModelError("model-broken", `${path} is no tokenizer that can be learnt from`, "", { cause });
  }
}

export interface TokenisedTexts {
  /** Of rows of the table of the tokens that occur. */
  readonly bags: Bags;
  /** The ids of the tokens that occur, rising: row i of the table is that of token `used[i]`. */
  readonly used: Int32Array;
}

/** Only tokens that occur have anything to learn, so they alone get a row. */
export function tokenise(
  texts: readonly string[],
  { encode }: Vocabulary,
  onText: (done: number) => void,
): TokenisedTexts {
  const starts = new Int32Array(texts.length + 1);
  const ids: number[] = [];
  for (const [i, text] of texts.entries()) {
    for (const id of encode(text)) ids.push(id);
    starts[i + 1] = ids.length;
    onText(i + 1);
  }
  const used = Int32Array.from(new Set(ids)).sort();
  const rowOf = new Map(Array.from(used, (id, row) => [id, row]));
  return { bags: { rows: Int32Array.from(ids, (id) => rowOf.get(id) ?? 0), starts }, used };
}
