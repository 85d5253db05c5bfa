import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { errno, ModelError } from "../errors.ts";

/** What a model folder says about itself, read without the model library. */
export interface ModelFolder {
  /** Absolute. */
  readonly path: string;
  /** The folder's name. */
  readonly id: string;
  /** SHA-256, in hex, over every file that decides the vectors. */
  readonly hash: string;
  /** The library's name for the weights that are there: `fp32` is onnx/model.onnx, `q8` onnx/model_quantized.onnx. */
  readonly dtype: "fp32" | "q8";
  /** The most tokens the model takes at once, special tokens and all. */
  readonly window: number;
  /** What the model was trained to see before a text of each kind; mostly nothing. */
  readonly prompts: { readonly query: string; readonly passage: string };
}

const Config = z.object({ max_position_embeddings: z.number().int().positive().optional() });
const TokenizerConfig = z.object({ model_max_length: z.number().positive().optional() });
const Prompts = z.object({
  prompts: z.object({ query: z.string(), passage: z.string(), document: z.string() }).partial().optional(),
});

/** Taken where neither configuration names a limit. */
const DEFAULT_WINDOW = 512;

/** Reads and hashes a folder in transformers.js layout. Throws ModelError. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const path = resolve(folder);
  const read = (name: string) => readIfThere(path, name);
  const [config, tokenizer, tokenizerConfig, prompts, full] = await Promise.all([
    read("config.json"),
    read("tokenizer.json"),
    read("tokenizer_config.json"),
    read("config_sentence_transformers.json"),
    read("onnx/model.onnx"),
  ]);
  const weights = full ?? (await read("onnx/model_quantized.onnx"));
  if (!config) throw missing(path, "config.json");
  if (!tokenizer) throw missing(path, "tokenizer.json");
  if (!tokenizerConfig) throw missing(path, "tokenizer_config.json");
  if (!weights) throw missing(path, "onnx/model.onnx (or onnx/model_quantized.onnx)");

  const limits = [
    parse(Config, config, path, "config.json").max_position_embeddings,
    parse(TokenizerConfig, tokenizerConfig, path, "tokenizer_config.json").model_max_length,
  ].filter((limit) => limit !== undefined);
  const trained = prompts && parse(Prompts, prompts, path, "config_sentence_transformers.json").prompts;
  return {
    path,
    id: basename(path),
    hash: hashOf([weights, tokenizer, tokenizerConfig, config, ...(prompts ? [prompts] : [])]),
    dtype: full ? "fp32" : "q8",
    window: limits.length > 0 ? Math.min(...limits) : DEFAULT_WINDOW,
    prompts: { query: trained?.query ?? "", passage: trained?.passage ?? trained?.document ?? "" },
  };
}

async function readIfThere(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const code = errno(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ModelError("model-broken", `The file ${name} of the model folder ${folder} cannot be read`, ADVICE, {
      cause: error,
    });
  }
}

/** Each file's length goes in before its bytes, so that moving a byte from one file to the next changes the hash. */
function hashOf(files: readonly Buffer[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.length}\n`).update(file);
  return hash.digest("hex");
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer, folder: string, name: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw broken(folder, `${name} is not what it should be`, cause);
  }
}

const ADVICE =
  "Unset PILCROW_MODEL to use the bundled model (models/pilcrow-static), or name a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx.";

function missing(folder: string, name: string): ModelError {
  return new ModelError("model-missing", `The model folder ${folder} has no ${name}`, ADVICE);
}

export function broken(folder: string, why: string, cause: unknown): ModelError {
  return new ModelError("model-broken", `The model in ${folder} cannot be used: ${why}`, ADVICE, { cause });
}
