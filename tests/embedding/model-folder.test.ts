import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FolderOptions, readModelFolder } from "../../src/embedding/model-folder.ts";
import { knownModel } from "../../src/embedding/models.ts";
import { pooled } from "../../src/embedding/pooling.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED, cosine, MINILM } from "./model-paths.ts";

if (!MINILM) console.log("skipped in part: no ../shared/models/Xenova/all-MiniLM-L6-v2 beside the project");

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "pilcrow-folder-"));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const instruction = "Represent this sentence for searching relevant passages: ";

/** A folder that has what is read before a model is loaded. */
async function folderWith(name: string, files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const needed = { "config.json": {}, "tokenizer.json": {}, "tokenizer_config.json": {}, "onnx/model.onnx": "full" };
  for (const [file, content] of Object.entries({ ...needed, ...files })) {
    await mkdir(dirname(join(scratch, name, file)), { recursive: true });
    await writeFile(join(scratch, name, file), JSON.stringify(content));
  }
  return join(scratch, name);
}

test.each([
  ["Xenova/e5-small-v2", "query: ", "passage: ", "mean"],
  ["intfloat/multilingual-e5-small", "query: ", "passage: ", "mean"],
  ["Xenova/bge-small-en-v1.5", instruction, "", "cls"],
  ["nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: ", "mean"],
  ["Xenova/all-MiniLM-L6-v2", "", "", "mean"],
  ["Snowflake/snowflake-arctic-embed-s", instruction, "", "cls"],
])("%s is known", (id, query, passage, pooling) => {
  expect(knownModel([id])).toEqual({ query, passage, pooling });
});

test.each(["acme/my-model", "intfloat/multilingual-e5-large-instruct", "BAAI/bge-reranker-base", ""])(
  "%s is not known",
  (id) => {
    expect(knownModel([id])).toBeNull();
  },
);

test("a model is known by what its configuration says it was made of, too", async () => {
  const folder = await folderWith("renamed", { "config.json": { _name_or_path: "BAAI/bge-small-en-v1.5" } });
  expect(await readModelFolder(folder)).toMatchObject({
    pooling: { way: "cls", asked: false },
    prompts: { query: instruction },
  });
});

test("a setting goes before the folder's files, they before what is known, and that before the default", async () => {
  const own = {
    "1_Pooling/config.json": { pooling_mode_cls_token: false, pooling_mode_lasttoken: true },
    "config_sentence_transformers.json": { prompts: { query: "own: ", document: "" } },
  };
  const known = await folderWith("e5-small-v2");
  const both = await folderWith("e5-base-v2", own);
  const said = async (folder: string, options: FolderOptions = {}) => {
    const { pooling, prompts } = await readModelFolder(folder, options);
    return [pooling.way, prompts.query, prompts.passage];
  };
  expect(await said(known)).toEqual(["mean", "query: ", "passage: "]);
  expect(await said(both)).toEqual(["last", "own: ", "passage: "]);
  const prefixes = { query: "set: ", passage: "" };
  expect(await said(both, { prefixes, pooling: "cls" })).toEqual(["cls", "set: ", ""]);
  expect(await said(await folderWith("anything"))).toEqual(["mean", "", ""]);
  // A folder may say that there are none, whatever its name.
  const files = {
    "1_Pooling/config.json": { pooling_mode: "mean" },
    "config_sentence_transformers.json": { prompts: null },
  };
  expect(await said(await folderWith("bge-small-en-v1.5", files))).toEqual(["mean", "", ""]);
});

test("whatever decides the vectors changes the hash and is told", async () => {
  const folder = await folderWith("hashed", { "onnx/model_quantized.onnx": "less" });
  const read = (options: Partial<FolderOptions>) => readModelFolder(folder, options);
  const plain = await read({});
  const others = await Promise.all([
    read({ pooling: "cls" }),
    read({ prefixes: { query: "q: " } }),
    read({ prefixes: { passage: "q: " } }),
    read({ dtype: "q8" }),
  ]);
  expect(new Set([plain, ...others].map(({ hash }) => hash)).size).toBe(5);
  expect(plain.details).toMatchObject({ weights: "fp32", pooling: "mean", "query prefix": '""' });
  expect(others[1]?.details["query prefix"]).toBe('"q: "');
  expect((await read({ pooling: "mean", prefixes: { query: "", passage: "" }, dtype: "fp32" })).hash).toBe(plain.hash);
  await writeFile(join(folder, "onnx", "model.onnx_data"), "more");
  expect((await read({})).hash).not.toBe(plain.hash);
});

test("weights that are not there are refused with those that are", async () => {
  const folder = await folderWith("some", { "onnx/model_quantized.onnx": "less", "onnx/model_fp16.onnx": "half" });
  await expect(readModelFolder(folder, { dtype: "q4" })).rejects.toMatchObject({
    code: "model-missing",
    message: expect.stringMatching(/has no q4 weights \(onnx\/model_q4\.onnx\); those there are: fp32, fp16, q8$/),
    advice: expect.stringContaining("PILCROW_MODEL_DTYPE"),
  });
});

test("a pooling that is not to be had is refused, unless a setting names another", async () => {
  const files = { "1_Pooling/config.json": { pooling_mode_mean_tokens: true, pooling_mode_max_tokens: true } };
  const folder = await folderWith("pooled", files);
  await expect(readModelFolder(folder)).rejects.toMatchObject({
    code: "model-broken",
    message: expect.stringMatching(/the pooling mean_tokens with max_tokens/),
  });
  expect((await readModelFolder(folder, { pooling: "mean" })).pooling.way).toBe("mean");
});

test("pooling leaves padding out", () => {
  const hidden = Float32Array.from([1, 2, 3, 4, 90, 90]);
  expect([...pooled(hidden, 2, 3, "mean")]).toEqual([2, 3]);
  expect([...pooled(hidden, 2, 3, "cls")]).toEqual([1, 2]);
  expect([...pooled(hidden, 2, 3, "last")]).toEqual([3, 4]);
});

test("a graph that pools by itself cannot be asked for a pooling", async () => {
  await expect(loadEmbedder(BUNDLED, { pooling: "cls" })).rejects.toMatchObject({
    message: expect.stringMatching(/the pooling cls cannot be had$/),
    advice: "Unset PILCROW_MODEL_POOLING (--model-pooling).",
  });
});

describe.runIf(MINILM)("a transformer", () => {
  const load = (options: Partial<FolderOptions>) => loadEmbedder(MINILM ?? "", { ...options });

  test("pools as it is told, and takes the prefix before every piece of a long text", async () => {
    const [mean, cls, last] = await Promise.all([load({}), load({ pooling: "cls" }), load({ pooling: "last" })]);
    const text = ["Perry pledged a nuclear umbrella."];
    const vectors = await Promise.all([mean, cls, last].map(async (each) => (await each.embed(text, "query"))[0]));
    expect(cosine(vectors[0], vectors[1])).toBeLessThan(0.99);
    expect(cosine(vectors[1], vectors[2])).toBeLessThan(0.99);
    expect(new Set([mean.hash, cls.hash, last.hash]).size).toBe(3);

    const prefixed = await load({ prefixes: { passage: "nuclear umbrella: " } });
    const long = ["The weather was mild and the harbour was quiet. ".repeat(150)];
    const [[with_], [without], [umbrella]] = await Promise.all([
      prefixed.embed(long, "passage"),
      mean.embed(long, "passage"),
      mean.embed(["nuclear umbrella"], "query"),
    ]);
    expect(cosine(with_, umbrella)).toBeGreaterThan(cosine(without, umbrella) + 0.1);
  });

  test("known by its name takes its prefixes", async () => {
    const folder = join(scratch, "Xenova", "e5-small-v2");
    await cp(MINILM ?? "", folder, { recursive: true });
    const [e5, plain] = await Promise.all([loadEmbedder(folder), load({})]);
    const [[question], [expected]] = await Promise.all([
      e5.embed(["who?"], "query"),
      plain.embed(["query: who?"], "query"),
    ]);
    expect(cosine(question, expected)).toBeCloseTo(1, 4);
  });
});
