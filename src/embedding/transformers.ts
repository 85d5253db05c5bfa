import type { Embedder, ModelSource } from "./embedder.ts";
import { broken, type ModelFolder, readModelFolder } from "./model-folder.ts";
import { batchesOf, frameOf, type Window, windowsOf } from "./windows.ts";

/** Tokens a run of the model, padding included: bounds its memory (a transformer's grows with it). */
const TOKENS_A_RUN = 8192;
const TEXTS_AT_ONCE = 64;

/**
 * Loads a local model folder in transformers.js layout: config.json, tokenizer.json, tokenizer_config.json and
 * onnx/model.onnx or onnx/model_quantized.onnx. Nothing is fetched and nothing is written.
 * A graph that gives `sentence_embedding` is taken at its word; any other's `last_hidden_state` is averaged over the
 * attention mask. A text longer than the model's window is embedded in pieces and averaged by their length, so none of
 * it is cut. An empty text may give the zero vector, the only one that is not of unit length.
 * Throws ModelError `model-missing` or `model-broken`.
 */
export async function loadEmbedder(folder: string): Promise<Embedder> {
  // Imported here because it takes 0.1 to 0.4 s, which `pilcrow --help` need not wait for; the folder is read meanwhile.
  const library = import("@xenova/transformers");
  library.catch(() => undefined);
  const model = await readModelFolder(folder);
  try {
    return await embedderOf(model, await library);
  } catch (error) {
    throw broken(model.path, error instanceof Error ? error.message : String(error), error);
  }
}

/** The model of a folder, read and loaded no earlier than asked for. */
export function modelSource(folder: string): ModelSource {
  const once = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    };
  };
  return { identity: once(() => readModelFolder(folder)), load: once(() => loadEmbedder(folder)) };
}

async function embedderOf(folder: ModelFolder, library: Library): Promise<Embedder> {
  const { tokenizer, model } = await load(library, folder);
  const tokenise = (texts: readonly string[]): number[][] => texts.map((text) => tokenizer.encode(text));
  const sample = tokenizer.encode("a", { add_special_tokens: false });
  const frame = frameOf(tokenizer.encode("a"), sample);

  /** One pooled vector a window, not yet of unit length. */
  async function run(windows: readonly Window[]): Promise<Float32Array[]> {
    const width = Math.max(1, ...windows.map(({ tokens }) => tokens.length));
    const ids = new BigInt64Array(windows.length * width).fill(BigInt(tokenizer.pad_token_id ?? 0));
    const mask = new BigInt64Array(windows.length * width);
    windows.forEach(({ tokens }, row) => {
      tokens.forEach((token, i) => {
        ids[row * width + i] = BigInt(token);
        mask[row * width + i] = 1n;
      });
    });
    const dims = [windows.length, width];
    const output: unknown = await model({
      input_ids: new library.Tensor("int64", ids, dims),
      attention_mask: new library.Tensor("int64", mask, dims),
    });
    const pooled = valuesOf(output, "sentence_embedding");
    if (pooled) return rows(pooled.data, windows.length);
    const hidden = valuesOf(output, "last_hidden_state");
    if (hidden)
      return rows(hidden.data, windows.length).map((row, i) => meanOf(row, windows[i]?.tokens.length ?? 0, width));
    throw new Error("its graph has neither the output sentence_embedding nor last_hidden_state");
  }

  async function embed(texts: readonly string[], kind: "query" | "passage"): Promise<Float32Array[]> {
    const prompt = folder.prompts[kind];
    const windows = tokenise(texts.map((text) => prompt + text)).flatMap((tokens, i) =>
      windowsOf(i, tokens, frame, folder.window),
    );
    const sums = texts.map(() => new Float32Array(dimension));
    for (const batch of batchesOf(windows, TOKENS_A_RUN)) {
      const vectors = await run(batch);
      batch.forEach(({ text, tokens }, i) => {
        const sum = sums[text];
        const vector = vectors[i];
        if (sum && vector) addUnit(sum, vector, tokens.length);
      });
    }
    return sums.map(toUnit);
  }

  const probe = await run([{ text: 0, tokens: [...frame.before, ...sample, ...frame.after] }]);
  const dimension = probe[0]?.length ?? 0;
  if (dimension === 0) throw new Error("its vectors have no numbers");
  return {
    id: folder.id,
    hash: folder.hash,
    dimension,
    batchSize: TEXTS_AT_ONCE,
    async embed(texts, kind) {
      try {
        return await embed(texts, kind);
      } catch (error) {
        throw broken(folder.path, error instanceof Error ? error.message : String(error), error);
      }
    },
  };
}

type Library = typeof import("@xenova/transformers");

/** The folder's absolute path stands for the model's name: a bare name is looked up, and remembered, across folders. */
async function load({ env, AutoModel, AutoTokenizer }: Library, { path, dtype }: ModelFolder) {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useWasmCache = false;
  const tokenizer = await AutoTokenizer.from_pretrained(path, { local_files_only: true });
  const model = await AutoModel.from_pretrained(path, { local_files_only: true, dtype, device: "cpu" });
  return { tokenizer, model };
}

/** The float values of a named output tensor, where the graph has it. */
function valuesOf(output: unknown, name: string): { readonly data: Float32Array } | null {
  if (typeof output !== "object" || output === null) return null;
  const tensor: unknown = Reflect.get(output, name);
  if (typeof tensor !== "object" || tensor === null) return null;
  const data: unknown = Reflect.get(tensor, "data");
  return data instanceof Float32Array ? { data } : null;
}

function rows(data: Float32Array, count: number): Float32Array[] {
  const width = data.length / count;
  return Array.from({ length: count }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

/** The mean of the first `count` of `width` token vectors; the rest is padding. */
function meanOf(hidden: Float32Array, count: number, width: number): Float32Array {
  const dimension = hidden.length / width;
  const mean = new Float32Array(dimension);
  for (let token = 0; token < count; token++) {
    for (let i = 0; i < dimension; i++) mean[i] = (mean[i] ?? 0) + (hidden[token * dimension + i] ?? 0) / count;
  }
  return mean;
}

/** 1 / length, or 0 for a vector that has none (or is no number): an empty text must not become NaN. */
function scaleOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = 1 / Math.sqrt(squares);
  return Number.isFinite(scale) ? scale : 0;
}

function addUnit(sum: Float32Array, vector: Float32Array, weight: number): void {
  const scale = scaleOf(vector) * weight;
  if (scale === 0) return;
  vector.forEach((value, i) => {
    sum[i] = (sum[i] ?? 0) + value * scale;
  });
}

function toUnit(vector: Float32Array): Float32Array {
  const scale = scaleOf(vector);
  return vector.map((value) => value * scale);
}
