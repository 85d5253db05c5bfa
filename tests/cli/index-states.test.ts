import { mkdir, readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { askCommand } from "../../src/cli/ask-command.ts";
import { indexCommand } from "../../src/cli/index-command.ts";
import { statusCommand } from "../../src/cli/status-command.ts";
import { parseSettings } from "../../src/config.ts";
import { createPilcrow } from "../../src/pilcrow.ts";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { createServer } from "../../src/server.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { folderOf } from "../make-index.ts";
import { fakeIo } from "./fake-io.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FILES = { "a.txt": "The ferry broke down twice.\n", "b.txt": "The library opened.\n", "c.txt": "Rain fell.\n" };

/** The commands on an index of real files. */
async function setUp() {
  const [corpus, index] = [await folderOf(FILES), await folderOf({})];
  const of = (folder: string) => {
    const settings = parseSettings({ corpus: folder, index }, {}, root, root);
    const pilcrow = createPilcrow(settings);
    return {
      pilcrow,
      async index({ rebuild = false, json = false } = {}) {
        const io = fakeIo();
        await indexCommand(pilcrow, { settings, rebuild, json }, io);
        return io;
      },
      async status() {
        const io = fakeIo();
        await statusCommand(pilcrow, { settings, json: false }, io);
        return io.out();
      },
      ask: () => askCommand(pilcrow, { settings, request: { question: "ferry?" }, json: false }, fakeIo()),
      health: async () =>
        (
          await createServer(pilcrow, { webRoot: "", version: "1", host: "127.0.0.1" }).request("/health", {
            headers: { host: "localhost" },
          })
        ).status,
    };
  };
  return { corpus, index, of };
}

async function cut(index: string, file: string): Promise<string> {
  const segment = (await readdir(index)).find((name) => name.startsWith("segment-")) ?? "";
  const path = join(segment, file);
  await truncate(join(index, path), 5);
  return path;
}

test.each(["texts.bin", "documents.jsonl", "index.pb"])(
  "a damaged %s is told by status and /health as by ask, and by index when it is mended",
  async (file) => {
    const { corpus, index, of } = await setUp();
    await of(corpus).index();
    expect(await of(corpus).health()).toBe(200);
    for (const json of [false, true]) {
      const path = await cut(index, file);
      const damage = { code: "index-damaged", message: expect.stringContaining(path) };
      const { ask, status, health } = of(corpus);
      await expect(ask()).rejects.toMatchObject(damage);
      await expect(status()).rejects.toMatchObject({ ...damage, advice: expect.stringContaining("`pilcrow index`,") });
      expect(await health()).toBe(503);
      const io = await of(corpus).index({ json });
      if (json) expect(io.out()).toContain(`{"type":"index-damaged","files":["${path}"]}`);
      else
        expect(io.err()).toContain(`The index is damaged (${path}): the documents of that part are indexed again.\n`);
      expect(await of(corpus).status()).toContain("up to date");
    }
  },
);

test("a damaged manifest is mended by index, which says so, and everybody advises that", async () => {
  const { corpus, index, of } = await setUp();
  await of(corpus).index();
  await cut(index, "../manifest.json");
  const { ask, status, health } = of(corpus);
  const damage = {
    code: "index-damaged",
    advice: "Run `pilcrow index`, which makes the index anew from the documents.",
  };
  await expect(ask()).rejects.toMatchObject(damage);
  await expect(status()).rejects.toMatchObject(damage);
  expect(await health()).toBe(503);
  expect((await of(corpus).index()).err()).toContain("The index is damaged (manifest.json): ");
  expect(await of(corpus).status()).toContain("up to date");
});

test("another folder does not replace an index unasked, even where files of both are the same", async () => {
  const { corpus, index, of } = await setUp();
  const small = await folderOf({ "x/a.txt": FILES["a.txt"], "x/b.txt": FILES["b.txt"] });
  await of(corpus).index();
  const before = await readFile(join(index, "manifest.json"), "utf8");
  await expect(of(small).index()).rejects.toMatchObject({
    code: "index-of-other-documents",
    message: `the index is of the folder ${corpus}, not of ${small}`,
    advice: expect.stringContaining("--rebuild"),
  });
  expect(await readFile(join(index, "manifest.json"), "utf8")).toBe(before);
  await of(small).index({ rebuild: true });
  expect(await of(small).status()).toContain("documents  2");
  await expect(of(corpus).index()).rejects.toMatchObject({ code: "index-of-other-documents" });
});

test("a folder that was moved is the same, and no other may be made where it was", async () => {
  const { corpus, of } = await setUp();
  await of(corpus).index();
  const moved = join(await folderOf({}), "moved");
  await rename(corpus, moved);
  expect((await of(moved).index()).err()).toContain("Files: 3 unchanged");
  await mkdir(corpus);
  await writeFile(join(corpus, "a.txt"), FILES["a.txt"]);
  await of(moved).index();
  await expect(of(corpus).index()).rejects.toMatchObject({ code: "index-of-other-documents" });
});

test("status says why it is not known what has changed, and index where documents.json is broken", async () => {
  const { corpus, of } = await setUp();
  await of(corpus).index();
  const json = join(corpus, "documents.json");
  await writeFile(
    json,
    '{\n  "documents": [\n    { "path": "a.txt", "title": "A" }\n    { "path": "b.txt" }\n  ]\n}\n',
  );
  await expect(of(corpus).index()).rejects.toMatchObject({
    code: "bad-metadata",
    message: expect.stringContaining(`${json} is not valid: line 4: `),
  });
  expect(await of(corpus).status()).toContain(`pending    unknown: ${json} is not valid: line 4: `);
});

test("while the first index is made, status says who makes it", async () => {
  const { corpus, index, of } = await setUp();
  expect(await of(corpus).status()).toContain("There is no index yet. `pilcrow index` makes it.");
  await vectraStore(index, lexicalCodec).exclusively(async () => {
    expect(await of(corpus).status()).toMatch(
      new RegExp(`There is no index yet; it is being made by process ${process.pid}, since \\d{4}-.*\\.\n$`),
    );
  });
});

test.runIf(process.platform === "linux")("names that cannot be printed or are not UTF-8 are told as such", async () => {
  const { corpus, of } = await setUp();
  await writeFile(Buffer.concat([Buffer.from(`${corpus}/caf`), Buffer.from([0xe9]), Buffer.from(".txt")]), "Coffee.\n");
  await writeFile(join(corpus, "two\nlines\x1b.txt"), "");
  const said = (await of(corpus).index()).err();
  expect(said).toContain("  caf\ufffd.txt: cannot be opened, as its name is not in UTF-8: rename it\n");
  expect(said).toContain("  two\\nlines\\u001b.txt: is empty\n");
  expect(await of(corpus).status()).toContain("two\\nlines\\u001b.txt: is empty");
});
