import { readdir, rename, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Embedder } from "../src/embedding/embedder.ts";
import { type IndexEvent, type IndexOptions, indexCorpus } from "../src/index-corpus.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { memoryStore } from "../src/store/memory.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { fakeEmbedder } from "./fake-embedder.ts";
import { folderOf } from "./make-index.ts";

const FILES = {
  "2004-03-01-spring.txt": "Spring\n\nThe ferry broke down twice.\n\nThe library opened.\n",
  "notes/autumn.md": "# Autumn\n\nThe ferry ran on time.\n",
};

async function setUp(files: Readonly<Record<string, string | Uint8Array>> = FILES) {
  const folder = await folderOf(files);
  const store = memoryStore(lexicalCodec);
  const embedded: string[] = [];
  const fake = fakeEmbedder();
  const counting: Embedder = {
    ...fake,
    embed(texts, kind) {
      embedded.push(...texts);
      return fake.embed(texts, kind);
    },
  };
  async function index(options: IndexOptions = {}, embedder = counting) {
    const model = { identity: async () => embedder, load: async () => embedder };
    embedded.length = 0;
    const events: IndexEvent[] = [];
    for await (const event of indexCorpus({ folder, ignore: [], maxFileBytes: 1_000 }, { model, store }, options)) {
      events.push(event);
    }
    return events;
  }
  return { folder, store, embedded, index };
}

const scan = (events: readonly IndexEvent[]) => events.find((event) => event.type === "scan-end");
const end = (events: readonly IndexEvent[]) => events.find((event) => event.type === "index-end");

describe("indexCorpus", () => {
  it("indexes every file, then nothing again", async () => {
    const { index, embedded, store } = await setUp();
    const first = await index();
    expect(scan(first)).toMatchObject({ added: 2, changed: 0, removed: 0, unchanged: 0 });
    expect(end(first)).toMatchObject({ written: true, documents: 2, passages: 3 });
    expect(first.at(-2)).toMatchObject({
      type: "progress",
      documents: 2,
      documentsTotal: 2,
      passages: 3,
      passagesTotal: 3,
    });
    const generation = await store.generation();
    expect(end(await index())).toMatchObject({ written: false, documents: 2, passages: 3 });
    expect(embedded).toEqual([]);
    expect(await store.generation()).toBe(generation);
  });

  it("embeds only what is new when a file changes, goes or is renamed", async () => {
    const { folder, index, embedded, store } = await setUp();
    await index();
    await writeFile(
      join(folder, "2004-03-01-spring.txt"),
      "Spring\n\nThe ferry broke down twice.\n\nThe crane fell.\n",
    );
    expect(scan(await index())).toMatchObject({ added: 0, changed: 1, removed: 0, unchanged: 1 });
    expect(embedded).toHaveLength(1);
    expect(embedded[0]).toContain("The crane fell.");

    await rename(join(folder, "notes/autumn.md"), join(folder, "notes/moved.md"));
    expect(scan(await index())).toMatchObject({ added: 0, renamed: 1, removed: 0, unchanged: 1 });
    expect(embedded).toEqual([]);

    await rm(join(folder, "notes/moved.md"));
    expect(scan(await index())).toMatchObject({ removed: 1, unchanged: 1 });
    expect((await store.open())?.documents.map(({ document }) => document.path)).toEqual(["2004-03-01-spring.txt"]);
  });

  it("gives each passage the vector of its own text after a change", async () => {
    const { folder, index, store } = await setUp();
    await index();
    await writeFile(join(folder, "0-first.txt"), "First\n\nA crane stands here.\n");
    await index();
    const [vector] = await fakeEmbedder().embed(["crane stands here"], "query");
    const snapshot = await store.open();
    const [best] = snapshot?.search(vector ?? new Float32Array(64), 1) ?? [];
    const passages = snapshot?.documents.flatMap((entry) => entry.passages) ?? [];
    expect(passages[best?.ordinal ?? -1]?.text).toBe("A crane stands here.");
  });

  it("reports files that cannot be indexed, and indexes the rest", async () => {
    const { index } = await setUp({
      ...FILES,
      "zeros.txt": new Uint8Array(100),
      "large.txt": "a ".repeat(600),
      "empty.txt": "",
    });
    const events = await index();
    expect(end(events)).toMatchObject({ documents: 2 });
    const failures = events.flatMap((event) =>
      event.type === "file-failed" ? [`${event.failure.path} ${event.failure.code}`] : [],
    );
    expect(failures.sort()).toEqual(["empty.txt empty", "large.txt too-large", "zeros.txt binary"]);
  });

  it("keeps the old index when the folder holds nothing any more", async () => {
    const { folder, index, store } = await setUp();
    await index();
    for (const path of Object.keys(FILES)) await rm(join(folder, path));
    await expect(index()).rejects.toMatchObject({ code: "corpus-empty" });
    expect((await store.open())?.documents).toHaveLength(2);
  });

  it("does not replace an index unasked by that of a folder that has none of its documents, also where the old one is gone", async () => {
    const { folder, store, index } = await setUp();
    await index();
    await rm(folder, { recursive: true });
    const other = await folderOf({ "other.txt": "Other\n\nA crane stands.\n" });
    const embedder = fakeEmbedder();
    const model = { identity: async () => embedder, load: async () => embedder };
    const run = async (options: IndexOptions) => {
      const events: IndexEvent[] = [];
      const corpus = { folder: other, ignore: [], maxFileBytes: 1_000 };
      for await (const event of indexCorpus(corpus, { model, store }, options)) events.push(event);
      return events;
    };
    await expect(run({})).rejects.toMatchObject({ code: "index-of-other-documents" });
    expect((await store.open())?.documents).toHaveLength(2);
    expect((await run({ rebuild: true })).at(-1)).toMatchObject({ type: "index-end", documents: 1, written: true });
  });

  it("refuses to mix models, naming both, until it is told to rebuild", async () => {
    const { index, store } = await setUp();
    await index();
    const other = fakeEmbedder({ id: "other", dimension: 32 });
    const refused = index({}, other);
    await expect(refused).rejects.toMatchObject({ code: "index-mismatch" });
    await expect(refused).rejects.toThrow(/fake .*other/);
    expect(end(await index({ rebuild: true }, other))).toMatchObject({ written: true });
    expect((await store.open())?.embedder).toMatchObject({ id: "other", dimension: 32 });
  });

  it("says what differs where a model is used in another way, or gives other vectors than it did", async () => {
    const { index } = await setUp();
    const way = (hash: string, pooling: string): Embedder => ({
      ...fakeEmbedder({ id: "tiny" }),
      hash,
      details: { files: "00", pooling },
    });
    await index({}, way("a", "mean"));
    await expect(index({}, way("b", "cls"))).rejects.toThrow(/tiny \(a\).* tiny \(b\): pooling mean there, cls here$/);
    const longer = { ...fakeEmbedder({ id: "tiny", dimension: 40 }), hash: "a", details: { files: "00" } };
    await expect(index({}, longer)).rejects.toMatchObject({
      code: "index-mismatch",
      message: expect.stringMatching(/: dimension \d+ there, 40 here$/),
    });
  });

  it("tells how the download of its model goes, first", async () => {
    const { folder, store } = await setUp();
    const embedder = fakeEmbedder();
    const download = { type: "download", model: "tiny", file: "config.json", bytes: 1, bytesTotal: 2 } as const;
    const model = {
      async *prepare() {
        yield download;
      },
      identity: async () => embedder,
      load: async () => embedder,
    };
    const events: IndexEvent[] = [];
    for await (const event of indexCorpus({ folder, ignore: [], maxFileBytes: 1_000 }, { model, store }))
      events.push(event);
    expect(events.map(({ type }) => type)).toEqual(["download", "scan-end", "progress", "index-end"]);
  });

  it("makes a damaged index anew, since the documents are there", async () => {
    const folder = await folderOf(FILES);
    const indexFolder = await folderOf({});
    const store = vectraStore(indexFolder, lexicalCodec);
    const fake = fakeEmbedder();
    const model = { identity: async () => fake, load: async () => fake };
    const run = async () => {
      for await (const event of indexCorpus({ folder, ignore: [], maxFileBytes: 1_000 }, { model, store })) {
        if (event.type === "index-end") return event;
      }
      throw new Error("indexing ends with index-end");
    };
    await run();
    const [segment] = (await readdir(indexFolder)).filter((name) => name.startsWith("segment-"));
    await truncate(join(indexFolder, segment ?? "", "texts.bin"), 10);
    await expect(vectraStore(indexFolder, lexicalCodec).open()).rejects.toMatchObject({ code: "index-damaged" });
    expect(await run()).toMatchObject({ written: true, documents: 2, passages: 3 });
    expect((await vectraStore(indexFolder, lexicalCodec).open())?.documents).toHaveLength(2);
  });

  it("keeps what is done when it is stopped, and goes on from there", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `${i}.txt`,
        `Report ${i}\n\n${Array.from({ length: 40 }, (_, k) => `Line ${k} of report ${i}.`).join("\n\n")}\n`,
      ]),
    );
    const { index, embedded, store } = await setUp(many);
    const controller = new AbortController();
    const fake = fakeEmbedder();
    let calls = 0;
    const stopping: Embedder = {
      ...fake,
      embed(texts, kind) {
        if (++calls === 30) controller.abort();
        return fake.embed(texts, kind);
      },
    };
    await expect(index({ signal: controller.signal }, stopping)).rejects.toThrow(/abort/i);
    const kept = await store.open();
    expect(kept?.documents.length).toBeGreaterThan(0);
    expect(kept?.documents.length).toBeLessThan(40);
    const events = await index();
    expect(scan(events)).toMatchObject({
      added: 40 - (kept?.documents.length ?? 0),
      unchanged: kept?.documents.length,
    });
    expect(end(events)).toMatchObject({ documents: 40, passages: 1600 });
    expect(embedded).toHaveLength(1600 - (kept?.documents.flatMap(({ passages }) => passages).length ?? 0));
  });

  it("tells a touched file from a changed one, and metadata that changed", async () => {
    const { folder, index, embedded, store } = await setUp({
      ...FILES,
      "documents.json": '{"documents":[{"path":"notes/autumn.md","title":"Old"}]}',
    });
    await index();
    const path = join(folder, "2004-03-01-spring.txt");
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    expect(end(await index())).toMatchObject({ written: false });
    // The same length and, as far as it can be set, the same time.
    const { atime, mtime } = await stat(path);
    await writeFile(path, FILES["2004-03-01-spring.txt"].replace("twice", "never"));
    await utimes(path, atime, mtime);
    expect(scan(await index())).toMatchObject({ changed: 1, unchanged: 1 });
    await writeFile(
      join(folder, "documents.json"),
      '{"documents":[{"path":"notes/autumn.md","title":"New","date":"1999"}]}',
    );
    expect(scan(await index())).toMatchObject({ changed: 1, unchanged: 1 });
    expect(embedded).toHaveLength(1);
    expect((await store.open())?.documents[1]?.document).toMatchObject({ date: "1999" });
  });

  it("tries a file that failed again when it has changed, and then only", async () => {
    const { folder, index, store } = await setUp({ ...FILES, "zeros.txt": new Uint8Array(100) });
    await index();
    const again = await index();
    expect(end(again)).toMatchObject({ written: false, failures: [{ path: "zeros.txt", code: "binary" }] });
    expect(scan(again)).toMatchObject({ added: 0, unchanged: 2 });
    expect((await store.open())?.failures).toMatchObject([{ path: "zeros.txt", code: "binary" }]);
    await writeFile(join(folder, "zeros.txt"), "Ones\n\nThe crane.\n");
    expect(end(await index())).toMatchObject({ written: true, documents: 3, failures: [] });
    await writeFile(join(folder, "zeros.txt"), new Uint8Array(100));
    expect(end(await index())).toMatchObject({ written: true, documents: 2, failures: [{ path: "zeros.txt" }] });
    expect((await store.open())?.documents).toHaveLength(2);
  });

  it("indexes again what a damaged part held, and only that", async () => {
    const folder = await folderOf(FILES);
    const indexFolder = await folderOf({});
    const fake = fakeEmbedder();
    const embedded: string[] = [];
    const counting: Embedder = {
      ...fake,
      embed(texts, kind) {
        embedded.push(...texts);
        return fake.embed(texts, kind);
      },
    };
    const model = { identity: async () => fake, load: async () => counting };
    const run = async () => {
      const events: IndexEvent[] = [];
      const store = vectraStore(indexFolder, lexicalCodec);
      for await (const event of indexCorpus({ folder, ignore: [], maxFileBytes: 1_000 }, { model, store }))
        events.push(event);
      return events;
    };
    await run();
    const before = await readdir(indexFolder);
    await writeFile(join(folder, "third.txt"), "Third\n\nThe crane.\n");
    await run();
    const [segment = ""] = (await readdir(indexFolder)).filter((name) => !before.includes(name));
    const record = join(indexFolder, segment, "index.pb");
    await truncate(record, 20);
    embedded.length = 0;
    const events = await run();
    expect(events[0]).toEqual({ type: "index-damaged", files: [`${segment}/index.pb`] });
    expect(scan(events)).toMatchObject({ added: 1, unchanged: 2 });
    expect(embedded).toHaveLength(1);
    expect((await vectraStore(indexFolder, lexicalCodec).open())?.documents).toHaveLength(3);
  });

  it("leaves the index as it was when it is stopped, and lets the next writer in", async () => {
    const { index, store } = await setUp();
    await expect(index({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(await store.open()).toBeNull();
    expect(end(await index())).toMatchObject({ written: true });
  });
});

it("takes a folder whose every file was replaced for the same folder", async () => {
  const { folder, index } = await setUp({ "a.txt": "The ferry broke down twice.\n" });
  await index();
  await rm(join(folder, "a.txt"));
  await writeFile(join(folder, "b.txt"), "The library opened at noon.\n");
  expect((await index()).at(-1)).toMatchObject({ type: "index-end", documents: 1, written: true });
});
