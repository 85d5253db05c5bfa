import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { watchCorpus } from "../../src/cli/watch.ts";
import { indexCorpus } from "../../src/index-corpus.ts";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { folderOf } from "../make-index.ts";
import { fakeIo } from "./fake-io.ts";
import { fakePilcrow, settings } from "./fake-pilcrow.ts";

const FILES = { "a.txt": "First\n\nThe ferry.\n", "notes/b.md": "# Second\n\nThe tram.\n", "zeros.txt": "" };

/** A folder that is indexed and followed, and what is said. */
async function following(files: Readonly<Record<string, string>> = FILES) {
  const folder = await folderOf(files);
  const store = memoryStore(lexicalCodec);
  const embedder = fakeEmbedder();
  const model = { identity: async () => embedder, load: async () => embedder };
  const corpus = { folder, ignore: [], maxFileBytes: 1_000 };
  const pilcrow = { ...fakePilcrow(), index: () => indexCorpus(corpus, { model, store }) };
  for await (const _ of pilcrow.index());
  const controller = new AbortController();
  const io = { ...fakeIo(), signal: controller.signal };
  const ended = watchCorpus(pilcrow, { settings: { ...settings, corpus: folder }, json: false }, io);
  const stop = async () => {
    controller.abort();
    await ended;
  };
  onTestFinished(stop);
  const says = (line: string | RegExp) => expect.poll(() => io.out(), { timeout: 15_000 }).toMatch(line);
  await says("Watching for changes");
  // The first look, which finds nothing, has been had.
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { folder, store, io, says, stop };
}

test("each change of a folder is told in one line, and indexed", { timeout: 60_000 }, async () => {
  const { folder, store, io, says, stop } = await following();
  const paths = async () => (await store.open())?.documents.map(({ document }) => document.path);
  await writeFile(join(folder, "notes/c.txt"), "Third\n\nThe crane.\n");
  await says(/^added notes\/c\.txt\n3 documents, 3 passages indexed in .*\n/m);

  // Many editors write another file and put it in the place of the old one.
  await writeFile(join(folder, "a.txt.swp~"), "First\n\nThe ferry sank.\n");
  await rename(join(folder, "a.txt.swp~"), join(folder, "a.txt"));
  await says(/^changed a\.txt$/m);
  expect((await store.open())?.documents[0]?.document.text).toContain("sank");

  await mkdir(join(folder, "deep/er"), { recursive: true });
  await rename(join(folder, "notes/c.txt"), join(folder, "deep/er/d.txt"));
  await says(/^renamed notes\/c\.txt to deep\/er\/d\.txt$/m);

  await rm(join(folder, "notes"), { recursive: true });
  await says(/^removed notes\/b\.md$/m);
  expect(await paths()).toEqual(["a.txt", "deep/er/d.txt"]);

  await writeFile(join(folder, "deep/e.txt"), "\0".repeat(50));
  await says(/^failed deep\/e\.txt: /m);
  await writeFile(join(folder, "deep/e.txt"), "Mended\n\nThe quay.\n");
  await says(/^added deep\/e\.txt$/m);
  await stop();
  expect(io.out()).not.toContain("zeros.txt");
  expect(io.err()).toBe("");
});

test("a burst of changes is one run", { timeout: 60_000 }, async () => {
  const { folder, io, says } = await following();
  for (let i = 0; i < 30; i++) {
    await writeFile(join(folder, `burst-${i % 10}.txt`), `Burst\n\nLine ${i}.\n`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await says(/12 documents, 12 passages indexed/);
  expect(io.out().match(/ indexed in /g)?.length).toBeLessThanOrEqual(2);
});

test("a folder that cannot be indexed for a while is told, and followed on", { timeout: 60_000 }, async () => {
  const { folder, store, io, says } = await following();
  await writeFile(join(folder, "documents.json"), "{");
  await expect.poll(() => io.err(), { timeout: 15_000 }).toMatch(/^pilcrow: .*documents\.json is not valid: line 1: /);
  await rm(join(folder, "documents.json"));
  await writeFile(join(folder, "c.txt"), "Third\n\nThe crane.\n");
  await says(/^added c\.txt$/m);
  // A change is told when it is seen, and written after that.
  await expect.poll(async () => (await store.open())?.documents.length).toBe(3);
});
