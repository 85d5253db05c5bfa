import { ModelError } from "../errors.ts";
import type { Embedder } from "./embedder.ts";
import { broken, poolsByItself } from "./model-errors.ts";
import { type FolderOptions, type ModelFolder, readModelFolder } from "./model-folder.ts";
import { pooled } from "./pooling.ts";
import { libraryTokenizer, ownTokenizer } from "./tokenizer.ts";
import { addUnit, makeUnit } from "./vectors.ts";
import { batchesOf, type Frame, frameThatFits, padded, type Window, windowsOf } from "./windows.ts";
import { isTokenTable, wordTable } from "./words.ts";

/** Tokens a run of the model, padding included: what it works on stays within a core's cache; more was slower for every model tried. */
const TOKENS_A_RUN = 1024;
const TEXTS_AT_ONCE = 64;

/** ONNX's threads wait asleep: spinning between runs took the cores from the tokenizer, and half the speed where others work too. */
const SESSION = { extra: { session: { intra_op: { allow_spinning: "0" } } } };

/**
 * Loads a local model folder in transformers.js layout: config.json, tokenizer.json, tokenizer_config.json and
 * onnx/model.onnx or another of the weights. Nothing is fetched and nothing is written.
 * A graph that gives `sentence_embedding` is taken at its word, unless the options ask for a pooling; any other's
 * `last_hidden_state` is pooled as the model's files or the options say. A text longer than the model's window is
 * embedded in pieces, each behind the text's prefix, and averaged by their length, so none of it is cut. An empty text
 * may give the zero vector, the only one that is not of unit length.
 * Throws ModelError `model-missing` or `model-broken`.
 */
export async function loadEmbedder(folder: string, options?: FolderOptions): Promise<Embedder> {
  // Imported here because it takes 0.1 to 0.4 s, which `pilcrow --help` need not wait for; the folder is read meanwhile.
  const library = import("@xenova/transformers");
  library.catch(() => undefined);
  const model = await readModelFolder(folder, options);
  try {
    return await embedderOf(model, await library);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw broken(model.path, error instanceof Error ? error.message : String(error), error);
  }
}

async function embedderOf(folder: ModelFolder, library: Library): Promise<Embedder> {
  const { tokenizer, model } = await load(library, folder);
  const { frame } = tokenizer;
  // Blanks at a prefix's end belong to the token after them, where they count at all.
  const behind = (prefix: string): Frame => {
    const framed = tokenizer.encode(prefix.trimEnd());
    return { before: [...framed.subarray(0, framed.length - frame.after.length)], after: frame.after };
  };
  const prompted = { query: behind(folder.prompts.query), passage: behind(folder.prompts.passage) };

  /** One pooled vector a window, not yet of unit length. */
  async function run(windows: readonly Window[]): Promise<Float32Array[]> {
    const { ids, mask, width } = padded(windows, tokenizer.pad);
    const dims = [windows.length, width];
    const output: unknown = await model({
      input_ids: new library.Tensor("int64", ids, dims),
      attention_mask: new library.Tensor("int64", mask, dims),
    });
    const { way, asked } = folder.pooling;
    const sentences = asked ? null : valuesOf(output, "sentence_embedding");
    if (sentences) return rows(sentences.data, windows.length);
    const hidden = valuesOf(output, "last_hidden_state");
    if (hidden)
      return rows(hidden.data, windows.length).map((row, i) => pooled(row, windows[i]?.tokens.length ?? 0, width, way));
    if (asked) throw poolsByItself(folder.path, way);
    throw new Error("its graph has neither the output sentence_embedding nor last_hidden_state");
  }

  async function embed(texts: readonly string[], kind: "query" | "passage"): Promise<Float32Array[]> {
    const prompt = folder.prompts[kind];
    const windows = texts.flatMap((text, i) => {
      const tokens = tokenizer.encode(prompt + text);
      return windowsOf(i, tokens, frameThatFits(tokens, prompted[kind], frame, folder.window), folder.window);
    });
    const sums = texts.map(() => new Float32Array(dimension));
    for (const batch of batchesOf(windows, TOKENS_A_RUN)) {
      const vectors = await run(batch);
      batch.forEach(({ text, tokens }, i) => {
        const sum = sums[text];
        const vector = vectors[i];
        if (sum && vector) addUnit(sum, vector, tokens.length);
      });
    }
    return sums.map(makeUnit);
  }

  const probe = await run([{ text: 0, tokens: tokenizer.encode("a") }]);
  const dimension = probe[0]?.length ?? 0;
  if (dimension === 0) throw new Error("its vectors have no numbers");
  const table = (await isTokenTable(run, tokenizer)) ? wordTable(run, tokenizer, TOKENS_A_RUN, dimension) : null;
  const asBroken = (error: unknown): never => {
    throw broken(folder.path, error instanceof Error ? error.message : String(error), error);
  };
  return {
    id: folder.id,
    hash: folder.hash,
    details: folder.details,
    dimension,
    batchSize: TEXTS_AT_ONCE,
    embed: (texts, kind) => embed(texts, kind).catch(asBroken),
    ...(table && {
      words: (each) => table.words(each).catch(asBroken),
      bestWindows: (...given) => table.bestWindows(...given).catch(asBroken),
    }),
  };
}

type Library = typeof import("@xenova/transformers");

/** The folder's absolute path stands for the model's name: a bare name is looked up, and remembered, across folders. */
async function load({ env, AutoModel, AutoTokenizer }: Library, { path, dtype }: ModelFolder) {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useWasmCache = false;
  const options = { local_files_only: true, dtype, device: "cpu", session_options: SESSION } as const;
  const model = await AutoModel.from_pretrained(path, options);
  const tokenizer =
    (await ownTokenizer(path)) ??
    libraryTokenizer(await AutoTokenizer.from_pretrained(path, { local_files_only: true }));
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
