import { cp, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED, cosine, MINILM } from "./model-paths.ts";

const texts = [
  "Secretary Perry reaffirmed the United States commitment to the defense of Korea.",
  "The recipe asks for two eggs, a cup of flour and a pinch of salt.",
  "",
  "핵우산",
  "U.S. Defense Secretary William Perry again pledged that America would defend the Republic of Korea. ".repeat(3),
];

if (!MINILM) console.log("skipped: no ../shared/models/Xenova/all-MiniLM-L6-v2 beside the project");

const models = [
  { name: "the bundled model", folder: BUNDLED, dimension: 256 },
  ...(MINILM ? [{ name: "a transformer (all-MiniLM-L6-v2)", folder: MINILM, dimension: 384 }] : []),
];

describe.each(models)("$name", ({ folder, dimension }) => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder(folder);
  });

  test("says what it is", () => {
    expect(embedder.id).toBe(folder.split(/[\\/]/).at(-1));
    expect(embedder.dimension).toBe(dimension);
    expect(embedder.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(embedder.batchSize).toBeGreaterThan(1);
  });

  test("gives unit vectors, and numbers even for an empty text", async () => {
    for (const [i, vector] of (await embedder.embed([...texts, " \n\t", "\u0000", "\ud800"], "passage")).entries()) {
      expect(vector).toHaveLength(dimension);
      expect(vector.every(Number.isFinite)).toBe(true);
      if (texts[i]) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  test("gives in a batch, in any order, what it gives one by one", async () => {
    const single = await Promise.all(texts.map(async (text) => (await embedder.embed([text], "passage"))[0]));
    for (const order of [texts.map((_, i) => i), [4, 2, 0, 3, 1]]) {
      const batch = await embedder.embed(
        order.map((i) => texts[i] ?? ""),
        "passage",
      );
      order.forEach((i, row) => {
        const difference = single[i]?.map((value, k) => Math.abs(value - (batch[row]?.[k] ?? Number.NaN))) ?? [];
        // Weights of a quantised transformer are rounded by what else is in the batch.
        expect(Math.max(...difference)).toBeLessThan(folder === BUNDLED ? 1e-5 : 0.05);
      });
    }
  });

  test("puts like texts nearer than unlike ones, and a question near its passage", async () => {
    const [perry, recipe, , , paraphrase] = await embedder.embed(texts, "passage");
    const [question] = await embedder.embed(["What did Perry commit to?"], "query");
    expect(cosine(perry, paraphrase)).toBeGreaterThan(0.6);
    expect(cosine(perry, recipe)).toBeLessThan(0.3);
    expect(cosine(question, perry)).toBeGreaterThan(cosine(question, recipe) + 0.2);
  });

  test("reads a text to its end, however long", async () => {
    const filler = "The weather was mild and the harbour was quiet. ".repeat(120);
    const vectors = await embedder.embed(
      [filler, `${filler}${"Perry pledged a nuclear umbrella. ".repeat(60)}`],
      "passage",
    );
    const [umbrella] = await embedder.embed(["nuclear umbrella"], "query");
    expect(cosine(umbrella, vectors[1])).toBeGreaterThan(cosine(umbrella, vectors[0]) + 0.1);
  });

  test("takes no texts", async () => {
    expect(await embedder.embed([], "query")).toEqual([]);
  });
});

describe("a model folder", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pilcrow-model-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const copy = async (name: string): Promise<string> => {
    await cp(BUNDLED, join(folder, name), { recursive: true });
    return join(folder, name);
  };

  test("may have any name, and changes the hash with its content only", async () => {
    const [original, same] = await Promise.all([loadEmbedder(BUNDLED), copy("a b--c.git").then(loadEmbedder)]);
    expect(same.id).toBe("a b--c.git");
    expect(same.hash).toBe(original.hash);
    const other = await copy("other");
    await writeFile(join(other, "config.json"), '{"model_type":"bert","hidden_size":256,"max_position_embeddings":64}');
    expect((await loadEmbedder(other)).hash).not.toBe(original.hash);
  });

  test("says by prompts what goes before a question and a passage", async () => {
    const prompted = await copy("prompted");
    const prompts = { prompts: { query: "umbrella: ", document: "" } };
    await writeFile(join(prompted, "config_sentence_transformers.json"), JSON.stringify(prompts));
    const [plain, embedder] = await Promise.all([loadEmbedder(BUNDLED), loadEmbedder(prompted)]);
    const [expected] = await plain.embed(["umbrella: Perry"], "query");
    const [query] = await embedder.embed(["Perry"], "query");
    const [passage] = await embedder.embed(["Perry"], "passage");
    expect(cosine(query, expected)).toBeCloseTo(1, 5);
    expect(cosine(passage, expected)).toBeLessThan(0.95);
    expect(embedder.hash).not.toBe(plain.hash);
  });

  test.each(["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"])(
    "without %s is missing, with it damaged is broken",
    async (name) => {
      const damaged = await copy(`damaged-${name.replace("/", "-")}`);
      await truncate(join(damaged, name), 100);
      await expect(loadEmbedder(damaged)).rejects.toMatchObject({
        name: "ModelError",
        code: "model-broken",
        message: expect.stringContaining(damaged),
      });
      await rm(join(damaged, name));
      await expect(loadEmbedder(damaged)).rejects.toMatchObject({
        code: "model-missing",
        message: expect.stringContaining(name),
        advice: expect.stringContaining("PILCROW_MODEL"),
      });
    },
  );

  test("that is not there is missing, and a broken one does not spoil the next", async () => {
    const gone = join(folder, "gone");
    await expect(loadEmbedder(gone)).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringContaining(gone),
    });
    expect((await loadEmbedder(BUNDLED)).dimension).toBe(256);
  });
});
