import { appendFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { teach } from "../../distill/teacher.ts";
import { openVectorCache } from "../../distill/vector-cache.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { fakeEmbedder } from "../fake-embedder.ts";

const texts = Array.from({ length: 2500 }, (_, i) => `text ${i} ${"of words ".repeat(i % 7)}`);
const inner = fakeEmbedder({ dimension: 8 });
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pilcrow-cache-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Notes what it is asked, and fails where it is asked more often than `most`. */
function counting(most = Number.POSITIVE_INFINITY): { embedder: Embedder; asked: string[][] } {
  const asked: string[][] = [];
  const embed: Embedder["embed"] = async (some, kind) => {
    if (asked.length === most) throw new Error("killed");
    asked.push([...some]);
    return inner.embed(some, kind);
  };
  return { embedder: { ...inner, embed }, asked };
}

test("vectors come in the order of the texts, and a second time without the teacher", async () => {
  const cache = await openVectorCache(folder, 8);
  const first = await teach(texts, inner, cache, () => {});
  const expected = await inner.embed(texts, "passage");
  expect(Array.from(first.data)).toEqual(expected.flatMap((vector) => Array.from(vector)));
  const { embedder, asked } = counting();
  expect(await teach(texts, embedder, cache, () => {})).toEqual(first);
  expect(asked).toEqual([]);
});

test("after an interruption only the rest is asked, in the groups of an uninterrupted run", async () => {
  const whole = counting();
  const other = await mkdtemp(join(tmpdir(), "pilcrow-cache-"));
  await teach(texts, whole.embedder, await openVectorCache(other, 8), () => {});
  await rm(other, { recursive: true });
  expect(whole.asked.length).toBeGreaterThan(2);

  const killed = counting(2);
  const cache = await openVectorCache(folder, 8);
  await expect(teach(texts, killed.embedder, cache, () => {})).rejects.toThrow("killed");
  const rest = counting();
  await teach(texts, rest.embedder, cache, () => {});
  expect([...killed.asked, ...rest.asked]).toEqual(whole.asked);
});

test("a file that was not finished counts for nothing", async () => {
  const cache = await openVectorCache(folder, 8);
  await cache.write(["a"], [new Float32Array(8).fill(0.5)]);
  const [name = ""] = await readdir(folder);
  await writeFile(join(folder, `${name}.1.partial`), "half");
  await appendFile(join(folder, name), "torn");
  const { vectors, missing } = await cache.read(["a", "b"]);
  expect(Array.from(missing)).toEqual([1]);
  expect(Array.from(vectors.data)).toEqual([...Array(8).fill(0.5), ...Array(8).fill(0)]);
});

test("progress is told to the end", async () => {
  const told: number[] = [];
  await teach(texts, inner, await openVectorCache(folder, 8), (done, total) => told.push(done / total));
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
});
