import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import type { Dtype, LocalOptions, Pooling } from "../config/model.ts";
import { errno } from "../errors.ts";
import { broken, missing, noFolder, unreadable } from "./model-errors.ts";
import { knownModel } from "./models.ts";
import { poolingOf } from "./pooling.ts";
import { chooseDtype, dtypesIn, hashOf, type WantedWeights, weightsFile } from "./weights.ts";

/** What a model folder says about itself, read without the model library. */
export interface ModelFolder {
  /** Absolute. */
  readonly path: string;
  /** The folder's name, or the model's on the hub. */
  readonly id: string;
  /** SHA-256, in hex, over every file and choice that decides the vectors. */
  readonly hash: string;
  /** What the hash is made of, in words. */
  readonly details: Readonly<Record<string, string>>;
  /** The library's name for the weights that are used: `fp32` is onnx/model.onnx, `q8` onnx/model_quantized.onnx. */
  readonly dtype: Dtype;
  /** The most tokens the model takes at once, special tokens and all. */
  readonly window: number;
  /** What the model was trained to see before a text of each kind; mostly nothing. */
  readonly prompts: { readonly query: string; readonly passage: string };
  /** How a graph's token vectors become one; `asked` where a setting says so, so that the graph's own is not taken. */
  readonly pooling: { readonly way: Pooling; readonly asked: boolean };
}

/** How a folder is to be read. */
export interface FolderOptions extends LocalOptions, WantedWeights {
  /** The model's name where the folder's is not it. */
  readonly id?: string;
}

/** Files of a model beside its weights: without the first three there is no model. */
export const NEEDED_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"] as const;
export const PROMPTS_FILE = "config_sentence_transformers.json";
/** One flag a way in older files, a word in newer ones. */
export const POOLING_FILE = "1_Pooling/config.json";

const Config = z.object({
  max_position_embeddings: z.number().int().positive().nullish(),
  _name_or_path: z.string().nullish(),
});
const TokenizerConfig = z.object({ model_max_length: z.number().positive().nullish() });
const Prompts = z.object({
  prompts: z.object({ query: z.string(), passage: z.string(), document: z.string() }).partial().nullish(),
});
const PoolingFile = z.record(z.string(), z.unknown());

/** Taken where neither configuration names a limit. */
const DEFAULT_WINDOW = 512;
/** A transformer's memory grows with the square of the window: 8192 tokens would take gigabytes. */
const LARGEST_WINDOW = 2048;

/**
 * Reads and hashes a folder in transformers.js layout. Pooling and prefixes are those of the options, else of the
 * folder's own files, else those known of the model, else the mean and none. Throws ModelError.
 */
export async function readModelFolder(folder: string, options: FolderOptions = {}): Promise<ModelFolder> {
  const path = resolve(folder);
  const read = (name: string) => readIfThere(path, name);
  const needed = Promise.all(NEEDED_FILES.map(read));
  const [[config, tokenizer, tokenizerConfig], prompts, pooling, dtypes] = await Promise.all([
    needed,
    read(PROMPTS_FILE),
    read(POOLING_FILE),
    dtypesIn(path),
  ]);
  if (!config) throw (await isThere(path)) ? missing(path, "config.json") : noFolder(path);
  if (!tokenizer) throw missing(path, "tokenizer.json");
  if (!tokenizerConfig) throw missing(path, "tokenizer_config.json");
  const dtype = chooseDtype(path, dtypes, options);

  const id = options.id ?? basename(path);
  const said = parse(Config, config, path, "config.json");
  const known = knownModel([id, said._name_or_path ?? ""]);
  const limits = [
    said.max_position_embeddings,
    parse(TokenizerConfig, tokenizerConfig, path, "tokenizer_config.json").model_max_length,
  ].filter((limit) => limit !== undefined && limit !== null);
  const trained = prompts && parse(Prompts, prompts, path, PROMPTS_FILE).prompts;
  const { prefixes } = options;
  // sentence-transformers writes empty prompts where nobody set any, so an empty one says nothing; null says: none.
  const family = trained === null && prompts !== null ? null : known;
  const chosen = {
    pooling:
      options.pooling ??
      (pooling && poolingOf(parse(PoolingFile, pooling, path, POOLING_FILE), path)) ??
      known?.pooling ??
      "mean",
    query: prefixes?.query ?? (trained?.query || family?.query || ""),
    passage: prefixes?.passage ?? (trained?.passage || trained?.document || family?.passage || ""),
  };
  const files = await hashOf(path, weightsFile(dtype), [tokenizer, tokenizerConfig, config]);
  return {
    path,
    id,
    hash: createHash("sha256")
      .update(JSON.stringify([files, chosen]))
      .digest("hex"),
    details: {
      files: files.slice(0, 8),
      weights: dtype,
      pooling: chosen.pooling,
      "query prefix": JSON.stringify(chosen.query),
      "passage prefix": JSON.stringify(chosen.passage),
    },
    dtype,
    window: Math.min(LARGEST_WINDOW, ...(limits.length > 0 ? limits : [DEFAULT_WINDOW])),
    prompts: { query: chosen.query, passage: chosen.passage },
    pooling: { way: chosen.pooling, asked: options.pooling !== undefined },
  };
}

async function readIfThere(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const code = errno(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(folder, name, error);
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer, folder: string, name: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw broken(folder, `${name} is not what it should be`, cause);
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
