import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { DTYPES, type Dtype, type LocalOptions, type Pooling } from "../config/model.ts";
import { errno, ModelError } from "../errors.ts";
import { knownModel } from "./models.ts";

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
export interface FolderOptions extends LocalOptions {
  /** The model's name where the folder's is not it. */
  readonly id?: string;
  /** Which weights to take where none are asked for, best first; else those of most digits. */
  readonly prefer?: readonly Dtype[];
}

const FILE_SUFFIX: Readonly<Record<Dtype, string>> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
};

/** The weights' path in the model's folder. */
export function weightsFile(dtype: Dtype): string {
  return `onnx/model${FILE_SUFFIX[dtype]}.onnx`;
}

/** Files of a model beside its weights: without the first three there is no model. */
export const NEEDED_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"] as const;
export const PROMPTS_FILE = "config_sentence_transformers.json";
export const POOLING_FILE = "1_Pooling/config.json";

const Config = z.object({
  max_position_embeddings: z.number().int().positive().optional(),
  _name_or_path: z.string().optional(),
});
const TokenizerConfig = z.object({ model_max_length: z.number().positive().optional() });
const Prompts = z.object({
  prompts: z.object({ query: z.string(), passage: z.string(), document: z.string() }).partial().nullish(),
});
/** One flag a way in older files, a word in newer ones. */
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
  ].filter((limit) => limit !== undefined);
  const trained = prompts && parse(Prompts, prompts, path, PROMPTS_FILE).prompts;
  const { prefixes } = options;
  // sentence-transformers writes empty prompts where nobody set any, so an empty one says nothing.
  const chosen = {
    pooling: options.pooling ?? (pooling && poolingOf(pooling, path)) ?? known?.pooling ?? "mean",
    query: prefixes?.query ?? (trained?.query || known?.query || ""),
    passage: prefixes?.passage ?? (trained?.passage || trained?.document || known?.passage || ""),
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

/** The weights that a folder has. */
async function dtypesIn(folder: string): Promise<Dtype[]> {
  const names: readonly string[] = await readdir(join(folder, "onnx")).catch(() => []);
  return DTYPES.filter((dtype) => names.includes(basename(weightsFile(dtype))));
}

function chooseDtype(folder: string, there: readonly Dtype[], { dtype, prefer = DTYPES }: FolderOptions): Dtype {
  const chosen =
    dtype === undefined ? prefer.find((each) => there.includes(each)) : there.find((each) => each === dtype);
  if (chosen !== undefined) return chosen;
  if (there.length === 0) throw missing(folder, dtype === undefined ? "onnx/model.onnx" : weightsFile(dtype));
  throw new ModelError(
    "model-missing",
    `The model folder ${folder} has no ${dtype} weights (${weightsFile(dtype ?? "fp32")}); those there are: ${there.join(", ")}`,
    "Choose one of them with PILCROW_MODEL_DTYPE, or unset it.",
  );
}

/** null where the file names none. */
function poolingOf(bytes: Buffer, folder: string): Pooling | null {
  const file = parse(PoolingFile, bytes, folder, POOLING_FILE);
  const modes = Object.entries(file).filter(([key, value]) => key.startsWith("pooling_mode_") && value === true);
  const named = typeof file.pooling_mode === "string" ? [file.pooling_mode] : modes.map(([key]) => key.slice(13));
  if (named.length === 0) return null;
  const pooling = named.length === 1 ? POOLING_NAMES[named[0] ?? ""] : undefined;
  if (pooling !== undefined) return pooling;
  const why = `${POOLING_FILE} asks for the pooling ${named.join(" with ")}, which Pilcrow does not have`;
  throw new ModelError("model-broken", `The model in ${folder} cannot be used: ${why}`, POOLING_ADVICE);
}

const POOLING_ADVICE = "Name another with PILCROW_MODEL_POOLING (mean, cls or last), or use another model.";
const POOLING_NAMES: Readonly<Record<string, Pooling>> = {
  mean_tokens: "mean",
  mean: "mean",
  cls_token: "cls",
  cls: "cls",
  lasttoken: "last",
};

async function readIfThere(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const code = errno(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(folder, name, error);
  }
}

function unreadable(folder: string, name: string, cause: unknown): ModelError {
  return new ModelError("model-broken", `The file ${name} of the model folder ${folder} cannot be read`, ADVICE, {
    cause,
  });
}

/**
 * Each file's length goes in before its bytes, so that moving a byte from one file to the next changes the hash. Weights
 * may be larger than a buffer can be, and may be in several files (`model.onnx_data`).
 */
async function hashOf(folder: string, weights: string, others: readonly Buffer[]): Promise<string> {
  const hash = createHash("sha256");
  try {
    const names = await readdir(join(folder, "onnx"));
    const parts = names.filter((name) => name.startsWith(`${basename(weights)}_data`)).sort();
    for (const name of [weights, ...parts.map((part) => `onnx/${part}`)]) {
      hash.update(`${(await stat(join(folder, name))).size}\n`);
      for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) hash.update(chunk);
    }
  } catch (error) {
    throw unreadable(folder, weights, error);
  }
  for (const file of others) hash.update(`${file.length}\n`).update(file);
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
  const what = `The model folder ${folder} has no ${name}`;
  return new ModelError("model-missing", what, ADVICE);
}

function noFolder(path: string): ModelError {
  const advice = `Name another, or a model of the hub as owner/name, or unset PILCROW_MODEL to use the bundled model (models/pilcrow-static).`;
  return new ModelError("model-missing", `There is no model folder ${path}`, advice);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function broken(folder: string, why: string, cause: unknown): ModelError {
  return new ModelError("model-broken", `The model in ${folder} cannot be used: ${why}`, ADVICE, { cause });
}
