import { chmod, chown, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { scanCorpus } from "../src/documents/corpus.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { type IndexEvent, type IndexOptions, indexCorpus, pendingChanges } from "../src/index-corpus.ts";
import { lexicalCodec } from "../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { fakeEmbedder } from "./fake-embedder.ts";
import { folderOf } from "./make-index.ts";

/** Files of the corpus that were read, and what happens when one is. */
const reads = vi.hoisted(() => ({ paths: [] as string[], before: async () => {} }));
vi.mock("../src/documents/corpus.ts", async (load) => {
  const real = await load<typeof import("../src/documents/corpus.ts")>();
  const readCorpusFile: typeof real.readCorpusFile = async (folder, path, most) => {
    reads.paths.push(path);
    await reads.before();
    return real.readCorpusFile(folder, path, most);
  };
  return { ...real, readCorpusFile };
});

const textOf = (name: string) => `Report ${name}\n\nThe ferry of ${name} is late.\n\nThe quay of ${name} is dry.\n`;

async function setUp(names: readonly string[], more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = await folderOf({ ...Object.fromEntries(names.map((name) => [name, textOf(name)])), ...more });
  const indexFolder = await folderOf({});
  const corpus = { folder, ignore: [], maxFileBytes: 1_000_000 };
  const store = vectraStore(indexFolder, lexicalCodec);
  const embedded: string[] = [];
  const fake = fakeEmbedder();
  const counting: Embedder = {
    ...fake,
    embed(texts, kind) {
      embedded.push(...texts);
      return fake.embed(texts, kind);
    },
  };
  async function index(options: IndexOptions = {}, embedder = counting, see: (event: IndexEvent) => void = () => {}) {
    const model = { identity: async () => embedder, load: async () => embedder };
    embedded.length = 0;
    reads.paths.length = 0;
    const events: IndexEvent[] = [];
    for await (const event of indexCorpus(corpus, { model, store }, options)) {
      events.push(event);
      see(event);
    }
    return events;
  }
  const paths = async () => (await store.open())?.documents.map(({ document }) => document.path);
  return { corpus, folder, indexFolder, store, embedded, index, paths };
}

const scan = (events: readonly IndexEvent[]) => events.find((event) => event.type === "scan-end");
const end = (events: readonly IndexEvent[]) => events.find((event) => event.type === "index-end");
const told = (events: readonly IndexEvent[]) =>
  events.flatMap((event) =>
    event.type === "file-changed" ? [[event.change, event.previousPath, event.path].filter(Boolean).join(" ")] : [],
  );

/** Long after the files were made, as far as their times tell. */
const later = () => vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);

afterEach(() => {
  vi.restoreAllMocks();
  reads.before = async () => {};
});

/** Does it without the rights of the administrator, for whom nothing is closed. */
async function unprivileged(folders: readonly string[], work: () => Promise<void>): Promise<void> {
  const { seteuid, geteuid } = process;
  if (geteuid?.() !== 0 || !seteuid) return work();
  const nobody = 65534;
  for (const folder of folders) {
    for (const path of ["", ...(await readdir(folder, { recursive: true }))])
      await chown(join(folder, path), nobody, nobody);
  }
  seteuid(nobody);
  try {
    await work();
  } finally {
    seteuid(0);
  }
}

describe.skipIf(process.platform === "win32")("what cannot be read just now", () => {
  it("stays in the index where its folder cannot be listed, and is told", async () => {
    const { corpus, folder, indexFolder, index, store, paths, embedded } = await setUp(["a.txt", "sub/in/b.txt"], {
      "sub/zeros.txt": new Uint8Array(100),
    });
    await index();
    await unprivileged([folder, indexFolder], async () => {
      await chmod(join(folder, "sub"), 0);
      const events = await index();
      expect(told(events)).toEqual([]);
      expect(end(events)).toMatchObject({
        written: false,
        documents: 2,
        failures: [{ path: "sub" }, { path: "sub/zeros.txt" }],
      });
      const before = await store.catalogue();
      expect(before && (await pendingChanges(corpus, before)).counts).toMatchObject({ added: 0, removed: 0 });
      await writeFile(join(folder, "a.txt"), textOf("new"));
      expect(end(await index())).toMatchObject({ written: true, documents: 2, passages: 4 });
      await chmod(join(folder, "sub"), 0o700);
    });
    expect(await paths()).toEqual(["a.txt", "sub/in/b.txt"]);
    expect(end(await index())).toMatchObject({ written: false });
    expect(embedded).toEqual([]);
    await rm(join(folder, "sub"), { recursive: true });
    expect(told(await index())).toEqual(["removed sub/in/b.txt"]);
  });

  it("stays in the index where a file cannot be read, before or after it is known to have changed", async () => {
    const { folder, indexFolder, index, paths } = await setUp(["a.txt", "b.txt", "c.txt"]);
    await index();
    await unprivileged([folder, indexFolder], async () => {
      for (const path of ["a.txt", "b.txt"]) await chmod(join(folder, path), 0);
      // Of b it is known without reading that it has to be done again.
      await writeFile(join(folder, "documents.json"), '{"documents":[{"path":"b.txt","title":"Another"}]}');
      const events = await index();
      expect(end(events)).toMatchObject({
        documents: 3,
        passages: 6,
        failures: [
          { path: "a.txt", code: "unreadable" },
          { path: "b.txt", code: "unreadable" },
        ],
      });
      await rm(join(folder, "a.txt"));
      await chmod(join(folder, "b.txt"), 0o600);
      expect(told(await index())).toEqual(["removed a.txt", "changed b.txt"]);
    });
    expect(await paths()).toEqual(["b.txt", "c.txt"]);
  });
});

describe("files that have not changed", () => {
  it("are read once more when they were new at the first run, and not again", async () => {
    const { corpus, folder, indexFolder, store, index } = await setUp(["a.txt", "b.txt"], {
      "zeros.txt": new Uint8Array(100),
    });
    await index();
    later();
    expect(end(await index())).toMatchObject({ written: false });
    expect(reads.paths.sort()).toEqual(["a.txt", "b.txt", "zeros.txt"]);
    expect(end(await index())).toMatchObject({ written: false, documents: 2, failureCount: 1 });
    expect(reads.paths).toEqual([]);
    const before = await store.catalogue();
    expect(before && (await pendingChanges(corpus, before)).counts).toMatchObject({ changed: 0 });
    expect(reads.paths).toEqual([]);

    await utimes(join(folder, "b.txt"), new Date(), new Date(Date.now() + 60_000));
    await index();
    expect(reads.paths).toEqual(["b.txt"]);
    await index();
    expect(reads.paths).toEqual([]);

    // Its loss costs reading, and nothing else.
    const stamps = join(indexFolder, "stamps.json");
    await truncate(stamps, (await stat(stamps)).size - 20);
    expect(end(await index())).toMatchObject({ written: false });
    expect(reads.paths).toHaveLength(3);
    await index();
    expect(reads.paths).toEqual([]);
  });

  it("are found changed in spite of a stamp that was kept", async () => {
    const { folder, index } = await setUp(["a.txt", "b.txt"]);
    await index();
    later();
    await index();
    await writeFile(join(folder, "a.txt"), textOf("b.txt"));
    expect(told(await index())).toEqual(["changed a.txt"]);
    await writeFile(join(folder, "a.txt"), textOf("a.txt"));
    expect(told(await index())).toEqual(["changed a.txt"]);
  });
});

describe("a renamed file", () => {
  it("costs no embedding where it takes the place of another", async () => {
    const { folder, index, embedded, paths } = await setUp(["a.txt", "b.txt", "c.txt"]);
    await index();
    await rename(join(folder, "a.txt"), join(folder, "b.txt"));
    const events = await index();
    expect(told(events)).toEqual(["removed b.txt", "renamed a.txt b.txt"]);
    expect(scan(events)).toMatchObject({ added: 0, changed: 0, renamed: 1, removed: 1, unchanged: 1 });
    expect(embedded).toEqual([]);
    expect(await paths()).toEqual(["b.txt", "c.txt"]);
  });

  it("costs no embedding where names go round", async () => {
    const { folder, index, embedded, store } = await setUp(["a.txt", "b.txt", "c.txt"]);
    await index();
    const move = (from: string, to: string) => rename(join(folder, from), join(folder, to));
    await move("b.txt", "old.txt");
    await move("a.txt", "b.txt");
    const events = await index();
    expect(told(events)).toEqual(["renamed a.txt b.txt", "renamed b.txt old.txt"]);
    expect(scan(events)).toMatchObject({ added: 0, changed: 0, renamed: 2, removed: 0, unchanged: 1 });
    expect(embedded).toEqual([]);
    // Two change places, as a log is put aside that goes on under its name.
    await move("b.txt", "x.txt");
    await move("old.txt", "b.txt");
    await move("x.txt", "old.txt");
    await move("c.txt", "c.1.txt");
    await writeFile(join(folder, "c.txt"), textOf("new"));
    const again = await index();
    expect(told(again)).toEqual([
      "renamed old.txt b.txt",
      "renamed c.txt c.1.txt",
      "added c.txt",
      "renamed b.txt old.txt",
    ]);
    expect(scan(again)).toMatchObject({ added: 1, changed: 0, renamed: 3, removed: 0 });
    expect(embedded).toHaveLength(2);
    const texts = (await store.open())?.documents.map(({ document: { path, text } }) => [path, text]);
    expect(texts).toEqual([
      ["b.txt", textOf("b.txt")],
      ["c.1.txt", textOf("c.txt")],
      ["c.txt", textOf("new")],
      ["old.txt", textOf("a.txt")],
    ]);
  });
});

describe("documents.json", () => {
  const [composed, decomposed] = ["café.txt".normalize("NFC"), "café.txt".normalize("NFD")];
  const listing = (paths: readonly string[]) =>
    JSON.stringify({ documents: paths.map((path, i) => ({ path, title: `Listed ${i}` })) });
  const titles = async ({ store }: Awaited<ReturnType<typeof setUp>>) =>
    (await store.open())?.documents.map(({ document: { path, title } }) => [path, title]);

  it("means the one file whose accents are written in another way", async () => {
    const files = await setUp([decomposed], { "documents.json": listing([composed]) });
    expect(end(await files.index())).toMatchObject({ failures: [] });
    expect(await titles(files)).toEqual([[decomposed, "Listed 0"]]);
  });

  it("means the very file where there are both", async () => {
    const files = await setUp([decomposed, composed], { "documents.json": listing([composed]) });
    await files.index();
    expect((await titles(files))?.find(([path]) => path === composed)).toEqual([composed, "Listed 0"]);
    expect((await titles(files))?.find(([path]) => path === decomposed)?.[1]).not.toBe("Listed 0");
  });
});

describe("Ctrl-C and progress", () => {
  const names = Array.from({ length: 400 }, (_, i) => `${i}.txt`);

  it("is heard while files are compared, of which is told", { timeout: 30_000 }, async () => {
    const { index } = await setUp(names);
    await index();
    reads.before = () => new Promise((resolve) => setTimeout(resolve, 30));
    const controller = new AbortController();
    const seen: IndexEvent[] = [];
    const stopped = index({ signal: controller.signal }, undefined, (event) => {
      seen.push(event);
      controller.abort();
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(seen).toEqual([{ type: "scan-progress", files: expect.any(Number), filesTotal: 400 }]);
    expect(reads.paths.length).toBeLessThan(400);
  });

  it("is heard while files are looked for", async () => {
    const { folder, index } = await setUp(names.slice(0, 5));
    await index();
    await expect(scanCorpus(folder, { maxFileBytes: 9, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await expect(index({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(reads.paths).toEqual([]);
  });

  it("is heard within a long file, and what came before it is kept", { timeout: 30_000 }, async () => {
    const long = Array.from({ length: 4000 }, (_, i) => `Line ${i} tells of the ferry.`).join("\n\n");
    const short = Array.from({ length: 300 }, (_, i) => `Line ${i} tells of the quay.`).join("\n\n");
    const { index, paths } = await setUp([], { "a.txt": short, "long.txt": long });
    const fake = fakeEmbedder();
    const slow: Embedder = {
      ...fake,
      async embed(texts, kind) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return fake.embed(texts, kind);
      },
    };
    const controller = new AbortController();
    const seen: number[] = [];
    const stopped = index({ signal: controller.signal }, slow, (event) => {
      if (event.type !== "progress") return;
      seen.push(event.passages);
      if (event.passages > 300) controller.abort();
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(seen.at(-1)).toBeGreaterThan(300);
    expect(seen.at(-1)).toBeLessThan(4300);
    expect(await paths()).toEqual(["a.txt"]);
    expect(scan(await index())).toMatchObject({ added: 1, unchanged: 1 });
  });
});

describe("files of types that are not read", () => {
  it("are counted, listed up to a bound, and not kept in the index", async () => {
    const pictures = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`IMG_${i}.JPG`, "x"]));
    const { corpus, index, indexFolder, store } = await setUp(["a.txt"], { ...pictures, "b.png": "x", "z.txt": "" });
    const events = await index();
    expect(end(events)).toMatchObject({ failureCount: 1202, unsupported: { ".jpg": 1200, ".png": 1 } });
    expect(events.filter(({ type }) => type === "file-failed")).toHaveLength(1000);
    const ended = end(events);
    expect(ended?.type === "index-end" && ended.failures).toHaveLength(1000);
    expect(ended?.type === "index-end" && ended.failures.at(-1)).toMatchObject({ path: "z.txt", code: "empty" });
    expect(await readFile(join(indexFolder, "manifest.json"), "utf8")).not.toContain("IMG_");
    const before = await store.catalogue();
    expect(before && (await pendingChanges(corpus, before)).failures).toHaveLength(1202);
    expect(end(await index())).toMatchObject({ written: false, failureCount: 1202 });
  });
});
