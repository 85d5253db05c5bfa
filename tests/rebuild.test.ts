import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Embedder, EmbedderIdentity } from "../src/embedding/embedder.ts";
import { type IndexEvent, type IndexOptions, indexCorpus, indexDocuments } from "../src/index-corpus.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { fakeEmbedder } from "./fake-embedder.ts";
import { documentOf, folderOf } from "./make-index.ts";

const FILES = Object.fromEntries(
  Array.from({ length: 6 }, (_, i) => [`${i}.txt`, `Report ${i}\n\nThe ferry of day ${i}.\n\nThe quay of day ${i}.\n`]),
);

/** An index in files, made a document a commit; `stop` ends a run after so many. */
async function setUp() {
  const folder = await folderOf(FILES);
  const store = vectraStore(await folderOf({}), lexicalCodec);
  const embedded: string[] = [];
  async function index(
    identity: Partial<EmbedderIdentity>,
    { stop = Number.POSITIVE_INFINITY, ...options }: IndexOptions & { readonly stop?: number } = {},
  ) {
    const fake = fakeEmbedder(identity);
    const embedder: Embedder = {
      ...fake,
      ...identity,
      embed(texts, kind) {
        embedded.push(...texts);
        return fake.embed(texts, kind);
      },
    };
    const model = { identity: async () => embedder, load: async () => embedder };
    const ending = new AbortController();
    const events: IndexEvent[] = [];
    embedded.length = 0;
    const run = indexCorpus(
      { folder, ignore: [], maxFileBytes: 1_000 },
      { model, store },
      { passagesACommit: 1, signal: ending.signal, ...options },
    );
    try {
      for await (const event of run) {
        events.push(event);
        if (event.type === "progress" && event.documents >= stop) ending.abort();
      }
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    }
    return events;
  }
  const current = async () => {
    const snapshot = await store.open();
    return snapshot && [snapshot.embedder.id, snapshot.documents.length];
  };
  const underWay = async () => {
    const replacement = await store.replacement();
    return replacement && [replacement.embedder.id, replacement.documents.length];
  };
  return { folder, store, embedded, index, current, underWay };
}

const end = (events: readonly IndexEvent[]) => events.find((event) => event.type === "index-end");
const scan = (events: readonly IndexEvent[]) => events.find((event) => event.type === "scan-end");

test("a first index is seen as it grows", async () => {
  const { index, current, underWay } = await setUp();
  await index({}, { stop: 3 });
  expect(await current()).toEqual(["fake", 3]);
  expect(await underWay()).toBeNull();
  await index({});
  expect(await current()).toEqual(["fake", 6]);
});

test("with another model the old index stays until the new one is complete, which a later run goes on with", async () => {
  const { index, embedded, current, underWay } = await setUp();
  await index({});
  await index({ id: "other" }, { rebuild: true, stop: 4 });
  expect(await current()).toEqual(["fake", 6]);
  expect(await underWay()).toEqual(["other", 4]);
  const events = await index({ id: "other" }, { rebuild: true });
  expect(scan(events)).toMatchObject({ added: 2, unchanged: 4 });
  expect(events.some(({ type }) => type === "file-changed")).toBe(false);
  expect(embedded).toHaveLength(4);
  expect(end(events)).toMatchObject({ written: true, documents: 6, passages: 12 });
  expect(await current()).toEqual(["other", 6]);
  expect(await underWay()).toBeNull();
});

test("what was begun by --rebuild is gone on with without being told again", async () => {
  const { index, embedded, current, underWay } = await setUp();
  await index({});
  await index({}, { rebuild: true, stop: 4 });
  expect(embedded).toHaveLength(8);
  expect(await underWay()).toEqual(["fake", 4]);
  await index({});
  expect(embedded).toHaveLength(4);
  expect([await current(), await underWay()]).toEqual([["fake", 6], null]);
});

test("a run with a model that it is not made with gives it up, unless that is refused", async () => {
  const { index, embedded, current, underWay } = await setUp();
  await index({});
  await index({ id: "other" }, { rebuild: true, stop: 4 });
  await expect(index({ id: "third" })).rejects.toMatchObject({ code: "index-mismatch" });
  expect(await underWay()).toEqual(["other", 4]);
  await index({ id: "third" }, { rebuild: true, stop: 2 });
  expect(await underWay()).toEqual(["third", 2]);
  await index({});
  expect(embedded).toEqual([]);
  expect([await current(), await underWay()]).toEqual([["fake", 6], null]);
});

test("an endpoint whose vectors have another length by now does not go on with the shorter ones", async () => {
  const { index, current } = await setUp();
  await index({});
  await index({ hash: "other", dimension: 16 }, { rebuild: true, stop: 4 });
  expect(end(await index({ hash: "other", dimension: 32 }, { rebuild: true }))).toMatchObject({ documents: 6 });
  expect(await current()).toEqual(["fake", 6]);
});

test("an index of other rules is made anew unasked, and stays until that is done", async () => {
  const { store, index, current, underWay } = await setUp();
  const old = documentOf("old", { title: "Old", paragraphs: ["The ferry."] });
  const change = await indexDocuments([old], fakeEmbedder());
  await store.exclusively(({ commit }) => commit({ ...change, rules: "of yesterday" }));
  await index({}, { stop: 5 });
  expect([await current(), await underWay()]).toEqual([
    ["fake", 1],
    ["fake", 5],
  ]);
  await index({});
  expect([await current(), await underWay()]).toEqual([["fake", 6], null]);
});

test("what a stopped rebuild did not come to finish is finished, though nothing is left to be embedded", async () => {
  const { index, embedded, current, underWay } = await setUp();
  await index({});
  await index({ id: "other" }, { rebuild: true, stop: 6 });
  expect([await current(), await underWay()]).toEqual([
    ["fake", 6],
    ["other", 6],
  ]);
  expect(end(await index({ id: "other" }))).toMatchObject({ written: true, documents: 6 });
  expect(embedded).toEqual([]);
  expect([await current(), await underWay()]).toEqual([["other", 6], null]);
});

test("files that change during a rebuild are in it", async () => {
  const { folder, store, index } = await setUp();
  await index({});
  await index({}, { rebuild: true, stop: 4 });
  await writeFile(join(folder, "1.txt"), "Report 1\n\nThe crane.\n");
  await index({}, { rebuild: true });
  const texts = (await store.open())?.documents.map(({ document }) => document.text) ?? [];
  expect(texts.filter((text) => text.includes("The crane."))).toHaveLength(1);
  expect(texts).toHaveLength(6);
});

test("a model with another prefix of questions alone adds to the index that is there", async () => {
  const { folder, index, embedded, current, underWay } = await setUp();
  await index({ hash: "a", details: { files: "0", "query prefix": '""' } });
  await writeFile(join(folder, "7.txt"), "Report 7\n\nThe crane.\n");
  const events = await index({ hash: "b", details: { files: "0", "query prefix": '"query: "' } });
  expect(end(events)).toMatchObject({ documents: 7 });
  expect(embedded).toHaveLength(1);
  expect([await current(), await underWay()]).toEqual([["fake", 7], null]);
});
