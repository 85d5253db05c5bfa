import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutoModel, AutoTokenizer, env } from "@xenova/transformers";
import { expect, test } from "vitest";
import { libraryTokenizer, ownTokenizer } from "../../src/embedding/tokenizer.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED } from "./model-paths.ts";

const texts = [
  "Secretary Perry reaffirmed the United States commitment to the defense of Korea.",
  "",
  "Naïve co\u00adoperation… 핵우산 [SEP] 中文 ΟΔΟΣ 😀",
  ...Array.from({ length: 70 }, (_, i) => `What is said ${i} times over. `.repeat(1 + ((i * 7) % 23))),
];

test("the bundled model's vectors are those of the library's tokenizer and model, each text by itself", async () => {
  env.allowRemoteModels = false;
  const tokenizer = await AutoTokenizer.from_pretrained(BUNDLED, { local_files_only: true });
  const model = await AutoModel.from_pretrained(BUNDLED, { local_files_only: true, dtype: "fp32", device: "cpu" });
  const vectors = await (await loadEmbedder(BUNDLED)).embed(texts, "passage");
  for (const [i, text] of texts.entries()) {
    const { sentence_embedding } = await model(tokenizer(text));
    const expected: Float32Array = sentence_embedding.data;
    expect(Math.max(...expected.map((value, k) => Math.abs(value - (vectors[i]?.[k] ?? Number.NaN))))).toBeLessThan(
      1e-5,
    );
  }
});

test("ours and the library's are the same to their user", async () => {
  const library = libraryTokenizer(await AutoTokenizer.from_pretrained(BUNDLED, { local_files_only: true }));
  const own = await ownTokenizer(BUNDLED);
  expect([own?.frame, own?.pad]).toEqual([library.frame, library.pad]);
  for (const text of texts) expect(own?.encode(text)).toEqual(library.encode(text));
});

test("a tokenizer of another kind is the library's, and embeds", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pilcrow-tokenizer-"));
  try {
    await cp(BUNDLED, folder, { recursive: true });
    const json = JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8"));
    // The same steps, said in another way.
    json.pre_tokenizer = { type: "Sequence", pretokenizers: [json.pre_tokenizer] };
    await writeFile(join(folder, "tokenizer.json"), JSON.stringify(json));
    expect(await ownTokenizer(folder)).toBeNull();
    const [other, own] = await Promise.all([loadEmbedder(folder), loadEmbedder(BUNDLED)]);
    expect(await other.embed(texts, "passage")).toEqual(await own.embed(texts, "passage"));
    expect(await other.words?.(["umbrella"])).toEqual(await own.words?.(["umbrella"]));
  } finally {
    await rm(folder, { recursive: true });
  }
});
