import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { readManifest, segmentFolder } from "../../src/store/manifest.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { plainSnapshot } from "./content.ts";
import { changeCorpus, rebuild } from "./crash-corpus.ts";
import { temporaryPath } from "./temporary.ts";

/** `npm run test:nightly` kills a hundred times. */
const KILLS = Number(process.env.PILCROW_TEST_KILLS || 10);
const script = fileURLToPath(new URL("crash-rebuilder.ts", import.meta.url));

function start(folder: string, corpus: string, model: string) {
  const command = ["--import", "tsx", script, folder, corpus, model];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  return { child, lines: createInterface(child.stdout), exit: once(child, "exit") };
}

type Running = ReturnType<typeof start>;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function changed(folder: string, end: string): Promise<void> {
  const watcher = watch(folder);
  try {
    while (!String((await once(watcher, "change"))[1]).endsWith(end));
  } finally {
    watcher.close();
  }
}

/** The moments at which it is killed, in turn. */
const MOMENTS: readonly ((running: Running, folder: string) => Promise<unknown>)[] = [
  // Between two portions, or in one.
  async ({ lines }) => {
    await once(lines, "line");
    await sleep(Math.random() * 400);
  },
  // While segments are merged.
  async ({ lines }) => {
    while ((await once(lines, "line"))[0] !== "merge");
    await sleep(Math.random() * 4);
  },
  // While the manifest of the new index is written.
  async (_running, folder) => {
    await changed(folder, ".tmp");
    await sleep(Math.random() * 40);
  },
  // While the new index takes the place of the old one, whose segments are then removed.
  async (_running, folder) => {
    await changed(folder, "manifest.json");
    await sleep(Math.random() * 3);
  },
];

test(`a process that rebuilds, killed at ${KILLS} moments, leaves the old index or the new one, whole; the next run goes on`, {
  timeout: 20_000 * KILLS,
}, async () => {
  const folder = await temporaryPath();
  const corpus = join(dirname(folder), "corpus");
  for (let number = 0; number < 30; number++) await changeCorpus(corpus, number);
  const store = () => vectraStore(folder, lexicalCodec);
  await rebuild(corpus, store(), "model");
  let goneOnWith = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const old = plainSnapshot(await store().open());
    const model = `model ${kill}`;
    const fresh = memoryStore(lexicalCodec);
    const all = await rebuild(corpus, fresh, model);
    const complete = plainSnapshot(await fresh.open());

    const running = start(folder, corpus, model);
    await Promise.race([MOMENTS[kill % MOMENTS.length]?.(running, folder), running.exit]);
    running.child.kill("SIGKILL");
    await running.exit;

    const left = plainSnapshot(await store().open());
    const isOver = left.embedder.id === model;
    expect(left).toEqual(isOver ? complete : old);

    // What is done is embedded no more.
    const done = await store().replacement();
    if (isOver) expect(done).toBeNull();
    else {
      const passages = done?.documents.reduce((sum, one) => sum + one.passages, 0) ?? 0;
      expect(await rebuild(corpus, store(), model)).toHaveLength(all.length - passages);
      if (passages > 0) goneOnWith++;
    }
    expect(plainSnapshot(await store().open())).toEqual(complete);

    await store().exclusively(async () => undefined);
    const segments = (await readManifest(folder))?.segments.map(({ id }) => segmentFolder(id)) ?? [];
    const names = (await readdir(folder)).filter((name) => name !== "stamps.json");
    expect(names.sort()).toEqual(["manifest.json", ...segments].sort());
  }
  expect(goneOnWith).toBeGreaterThan(0);
});
