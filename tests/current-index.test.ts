import { readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { currentIndex } from "../src/current-index.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { changeOf, contentOf, documentOf } from "./store/content.ts";
import { temporaryPath } from "./store/temporary.ts";

async function setUp() {
  const folder = await temporaryPath();
  const store = vectraStore(folder, lexicalCodec);
  await store.exclusively(async ({ commit }) => commit(await contentOf(["the ferry", "the tram"])));
  const add = async (id: string) =>
    vectraStore(folder, lexicalCodec).exclusively(async ({ commit }) =>
      commit(await changeOf([documentOf(id, `about ${id}`)])),
    );
  return { folder, store, add };
}

const titles = async (index: ReturnType<typeof currentIndex>) =>
  (await index.get())?.documents.map(({ document }) => document.documentId);

test("there is none until one is made", async () => {
  const store = vectraStore(await temporaryPath(), lexicalCodec);
  const index = currentIndex(store);
  expect(await index.get()).toBeNull();
  expect(index.isOpen).toBe(false);
  await store.exclusively(async ({ commit }) => commit(await contentOf(["one"])));
  expect(await titles(index)).toEqual(["a-0000"]);
});

test("a question that comes while a newer index is opened is answered from the old one, and soon", async () => {
  const { store, add } = await setUp();
  const index = currentIndex(store);
  const old = await index.get();
  await add("z");
  let release = () => undefined as unknown;
  const held = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  const { open } = store;
  const opening = vi.fn(async () => {
    await held;
    return open();
  });
  Object.assign(store, { open: opening });
  const started = performance.now();
  expect(await index.get()).toBe(old);
  expect(await index.get()).toBe(old);
  expect(performance.now() - started).toBeLessThan(2000);
  release();
  await index.refresh();
  expect(await titles(index)).toEqual(["a-0000", "a-0001", "z"]);
  expect(opening).toHaveBeenCalledTimes(1);
});

test("an index that does not open leaves the old one in use, and is not read again at once", async () => {
  const { folder, store, add } = await setUp();
  const index = currentIndex(store);
  await index.get();
  const before = await readdir(folder);
  await add("z");
  const [segment = ""] = (await readdir(folder)).filter(
    (name) => name.startsWith("segment-") && !before.includes(name),
  );
  await truncate(join(folder, segment, "texts.bin"), 1);
  const { open } = store;
  const opening = vi.fn(open);
  Object.assign(store, { open: opening });
  await expect(index.refresh()).rejects.toMatchObject({ code: "index-damaged" });
  expect(await titles(index)).toEqual(["a-0000", "a-0001"]);
  await index.refresh();
  expect(opening).toHaveBeenCalledTimes(1);
  await add("y");
  await expect.poll(() => titles(index)).toEqual(["a-0000", "a-0001", "y"]);
});

test("one that does not open is not read again at once where there is no other either", async () => {
  const { folder, store, add } = await setUp();
  const [segment = ""] = (await readdir(folder)).filter((name) => name.startsWith("segment-"));
  await truncate(join(folder, segment, "texts.bin"), 1);
  const opening = vi.fn(store.open);
  Object.assign(store, { open: opening });
  const index = currentIndex(store);
  for (let i = 0; i < 3; i++) await expect(index.get()).rejects.toMatchObject({ code: "index-damaged" });
  expect(opening).toHaveBeenCalledTimes(1);
  await add("y");
  expect(await titles(index)).toEqual(["y"]);
});
