import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import onnxProto from "onnx-proto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matrix } from "../../distill/matrix.ts";
import { randomOf } from "../../distill/random.ts";
import { quantise, writeStaticModel } from "../../distill/static-model.ts";
import { readVocabulary, tokenise } from "../../distill/vocabulary.ts";
import { readModelFolder } from "../../src/embedding/model-folder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { BUNDLED, cosine } from "../embedding/model-paths.ts";
import { tinyTeacher } from "./tiny-teacher.ts";

let folder = "";
let teacher = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilcrow-static-"));
  teacher = await tinyTeacher(join(folder, "teacher"));
});
afterAll(() => rm(folder, { recursive: true }));

const readGraph = async (model: string) =>
  onnxProto.onnx.ModelProto.decode(await readFile(join(model, "onnx/model.onnx")));

test("the graph is that of the bundled model", async () => {
  const [ours, bundled] = await Promise.all([readGraph(teacher), readGraph(BUNDLED)]);
  const operators = ({ graph }: typeof ours) =>
    (graph?.node ?? []).map(({ opType, input, output }) => [opType, input, output]);
  expect(operators(ours)).toEqual(operators(bundled));
  const names = ({ graph }: typeof ours) => [graph?.input, graph?.output].map((list) => list?.map(({ name }) => name));
  expect(names(ours)).toEqual(names(bundled));
  expect(ours.opsetImport).toEqual(bundled.opsetImport);
});

test("a text's vector is the sum of its tokens' at unit length", async () => {
  const random = randomOf(11);
  const vocabulary = await readVocabulary(teacher, 64);
  const table = matrix(
    vocabulary.size,
    5,
    Float32Array.from({ length: vocabulary.size * 5 }, () => random() - 0.5),
  );
  const model = join(folder, "model");
  await writeStaticModel({ folder: model, table, teacher, window: 64 });
  const embedder = await loadEmbedder(model);
  for (const text of ["kalo mimi", "tupe", "sokalo unknown kaka"]) {
    const sum = new Float32Array(5);
    for (const id of vocabulary.encode(text))
      for (let k = 0; k < 5; k++) sum[k] = (sum[k] ?? 0) + (table.data[id * 5 + k] ?? 0);
    const [vector] = await embedder.embed([text], "passage");
    expect(cosine(vector, sum) / Math.hypot(...sum)).toBeGreaterThan(0.999);
  }
});

test("neither bytes nor identity depend on the name of the folder", async () => {
  const vocabulary = await readVocabulary(teacher, 64);
  const table = matrix(vocabulary.size, 2, new Float32Array(vocabulary.size * 2).fill(1));
  const folders = ["mine", "bge-small-en-v1.5"].map((name) => join(folder, name));
  for (const each of folders) await writeStaticModel({ folder: each, table, teacher, window: 64 });
  const [mine, named] = await Promise.all(folders.map((each) => readModelFolder(each)));
  expect(named?.prompts).toEqual({ query: "", passage: "" });
  expect(named?.hash).toBe(mine?.hash);
  expect((await readGraph(folders[1] ?? "")).graph?.name).toBe((await readGraph(BUNDLED)).graph?.name);
});

test("eight bits keep each number to half a step, and zeros as they are", () => {
  const table = matrix(3, 4, Float32Array.of(1, -2, 0.3, 0, 0, 0, 0, 0, 1e-3, -1e-4, 5e-4, 2e-4));
  const { rows, scales } = quantise(table);
  for (const [i, number] of table.data.entries()) {
    const scale = scales[Math.floor(i / 4)] ?? Number.NaN;
    expect(Math.abs((rows[i] ?? Number.NaN) * scale - number)).toBeLessThanOrEqual(scale * 0.5001);
  }
  expect(Array.from(scales)[1]).toBe(0);
});

test("pieces of a multilingual vocabulary are read as well", async () => {
  const folderOfPieces = await tinyTeacher(join(folder, "pieces"), "unigram");
  const { tokens, encode } = await readVocabulary(folderOfPieces, 64);
  expect([tokens[0], tokens[4], tokens.at(-1)]).toEqual(["", "kaka", "tu"]);
  expect(Array.from(encode("kaka kalotu"))).toEqual([2, 4, 5, 75, 3]);
});

test("a vocabulary gives the plain text of its tokens, and only those that occur get rows", async () => {
  const vocabulary = await readVocabulary(teacher, 64);
  expect(vocabulary.tokens.slice(0, 5)).toEqual(["", "", "", "", "kaka"]);
  // "##tu" as it stands within a word.
  expect(vocabulary.tokens.at(-1)).toBe("tu");
  const { bags, used } = tokenise(["kaka kalo", "kaka"], vocabulary, () => {});
  expect(Array.from(used)).toEqual([2, 3, 4, 5]);
  expect(Array.from(bags.rows)).toEqual([0, 2, 3, 1, 0, 2, 1]);
  expect(Array.from(bags.starts)).toEqual([0, 4, 7]);
});
