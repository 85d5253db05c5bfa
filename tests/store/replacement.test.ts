import { readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { REPLACEMENT } from "../../src/store/manifest.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { changeOf, contentOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { indexed, segmentsIn } from "./indexed.ts";

/** An index with another beside it that is not complete, of one segment. */
async function withReplacement() {
  const set = await indexed();
  const change = await contentOf(["the new one"], "b");
  await set.store.exclusively(({ replacement }) => replacement.commit(change));
  const segments = await segmentsIn(set.folder);
  return { ...set, added: segments.find((name) => name !== set.segment) ?? "" };
}

test("the segments of both indexes stay while either is written, and those of the old one go at the end", async () => {
  const { folder, store, segment, added } = await withReplacement();
  await store.exclusively(async ({ commit }) => commit(await changeOf([documentOf("later", "a word")])));
  expect(await segmentsIn(folder)).toEqual(expect.arrayContaining([segment, added]));
  expect(await segmentsIn(folder)).toHaveLength(3);
  await store.exclusively(({ replacement }) => replacement.finish());
  expect(await segmentsIn(folder)).toEqual([added]);
  expect(await readdir(folder)).not.toContain(REPLACEMENT);
});

test("a replacement that is given up leaves nothing behind", async () => {
  const { folder, store, segment } = await withReplacement();
  await store.exclusively(({ replacement }) => replacement.discard());
  expect((await readdir(folder)).sort()).toEqual(["manifest.json", segment]);
});

test("a replacement whose manifest is damaged is made anew, and its segments are removed", async () => {
  const { folder, store, content, segment } = await withReplacement();
  await writeFile(join(folder, REPLACEMENT), "{");
  expect(await store.replacement()).toBeNull();
  await store.exclusively(async ({ replacement }) => expect(await replacement.catalogue()).toBeNull());
  expect(await segmentsIn(folder)).toEqual([segment]);
  expect(plainSnapshot(await vectraStore(folder, lexicalCodec).open())).toEqual(plainChange(content));
  const change = await contentOf(["anew"], "b");
  await store.exclusively(async ({ replacement }) => {
    await replacement.commit(change);
    await replacement.finish();
  });
  expect(plainSnapshot(await store.open())).toEqual(plainChange(change));
});

test("a damaged segment of a replacement is left out of it, and named", async () => {
  const { folder, store, added } = await withReplacement();
  await truncate(join(folder, added, "texts.bin"), 1);
  await store.exclusively(async ({ replacement }) => {
    expect(await replacement.catalogue()).toMatchObject({ documents: [], damaged: [`${added}/texts.bin`] });
  });
});

test("a manifest of a later version is replaced in one step, too", async () => {
  const { folder, store } = await withReplacement();
  await writeFile(join(folder, "manifest.json"), '{"format":"pilcrow-index/9"}');
  await expect(store.open()).rejects.toMatchObject({ code: "index-mismatch" });
  await store.exclusively(({ replacement }) => replacement.finish());
  expect(plainSnapshot(await store.open())).toEqual(plainChange(await contentOf(["the new one"], "b")));
  expect(await segmentsIn(folder)).toHaveLength(1);
});
