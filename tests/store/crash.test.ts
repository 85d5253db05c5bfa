import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { contentOf, plainChange, plainSnapshot } from "./content.ts";
import { bringUpToDate, changeCorpus } from "./crash-corpus.ts";
import { temporaryPath } from "./temporary.ts";

/** `npm run test:nightly` kills a hundred times. */
const KILLS = Number(process.env.PILCROW_TEST_KILLS || 10);
const script = fileURLToPath(new URL("crash-writer.ts", import.meta.url));

function start(folder: string, corpus: string, first: number, limits = "") {
  const command = [process.execPath, "--import", "tsx", script, folder, corpus, String(first)];
  const child: ChildProcess = limits
    ? spawn("sh", ["-c", `${limits}; exec "$@"`, "sh", ...command], { stdio: ["ignore", "pipe", "pipe"] })
    : spawn(command[0] ?? "", command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  if (!child.stdout) throw new Error("no pipe");
  const said: string[] = [];
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => said.push(line));
  return { child, said, lines, exit: once(child, "exit") };
}

type Running = ReturnType<typeof start>;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Until something of such a name comes or goes in a folder. */
async function changed(folder: string, name: RegExp): Promise<void> {
  const watcher = watch(folder);
  try {
    while (!name.test(String((await once(watcher, "change"))[1])));
  } finally {
    watcher.close();
  }
}

/** The moments at which it is killed, in turn. */
const MOMENTS: readonly ((running: Running, folder: string) => Promise<unknown>)[] = [
  // Any.
  async ({ lines }) => {
    await once(lines, "line");
    await sleep(Math.random() * 120);
  },
  // While segments are merged.
  async ({ lines }) => {
    while ((await once(lines, "line"))[0] !== "merge");
    await sleep(Math.random() * 4);
  },
  // While the manifest is written aside and put in the place of the old one.
  async ({ lines }, folder) => {
    await once(lines, "line");
    await changed(folder, /\.tmp$/);
    await sleep(Math.random() * 2);
  },
  // After it, while segments that it does not name any more are removed: those that were merged.
  async ({ lines }, folder) => {
    while ((await once(lines, "line"))[0] !== "merge");
    await changed(folder, /^manifest\.json$/);
    await sleep(Math.random());
  },
  // In the middle of a run, soon after one of its commits.
  async ({ lines }) => {
    while (!(await once(lines, "line"))[0].startsWith("done "));
    while (!(await once(lines, "line"))[0].startsWith("commit "));
    await sleep(Math.random() * 5);
  },
  // In the first run of all, or not long after.
  async () => sleep(300 + Math.random() * 900),
];

test(`a process that indexes, killed at ${KILLS} moments, loses nothing it had done; the next run completes its work`, {
  timeout: 20_000 * KILLS,
}, async () => {
  let folder = "";
  let corpus = "";
  for (let kill = 0; kill < KILLS; kill++) {
    if (kill % MOMENTS.length === 0) {
      folder = await temporaryPath();
      corpus = join(dirname(folder), "corpus");
      await mkdir(folder);
    }
    const running = start(folder, corpus, kill * 1000);
    const moment = MOMENTS[(kill + MOMENTS.length - 1) % MOMENTS.length];
    await Promise.race([moment?.(running, folder), running.exit]);
    expect(running.child.exitCode).toBeNull();
    running.child.kill("SIGKILL");
    await running.exit;

    // It opens and answers, and is at least as new as the last commit that was reported.
    const snapshot = await vectraStore(folder, lexicalCodec).open();
    const done = running.said.findLast((line) => /^(?:commit|done) /.test(line))?.split(" ")[1] ?? "";
    expect((snapshot?.generation ?? "") >= done).toBe(true);
    if (snapshot) expect(snapshot.search(snapshot.vectorsOf([0]), 1)).toHaveLength(1);

    // The next run, which the dead one's lock does not hold up, makes it what a run from nothing makes.
    await changeCorpus(corpus, kill * 1000 + 999);
    await bringUpToDate(corpus, vectraStore(folder, lexicalCodec));
    const fresh = memoryStore(lexicalCodec);
    await bringUpToDate(corpus, fresh);
    expect(plainSnapshot(await vectraStore(folder, lexicalCodec).open())).toEqual(plainSnapshot(await fresh.open()));
  }
});

test("another process that writes is named, with the time it began", { timeout: 60_000 }, async () => {
  const folder = await temporaryPath();
  const { child, lines, exit } = start(folder, join(dirname(folder), "corpus"), 0);
  await Promise.race([once(lines, "line"), exit]);
  child.kill("SIGSTOP");
  try {
    const locked = vectraStore(folder, lexicalCodec).exclusively(async () => "not locked");
    const outcome = await locked.catch((error: unknown) => error);
    // It may have been stopped between two runs.
    if (outcome !== "not locked") {
      expect(outcome).toMatchObject({
        code: "index-locked",
        message: expect.stringMatching(new RegExp(`process ${child.pid}, since 20`)),
      });
    }
  } finally {
    child.kill("SIGKILL");
    await exit;
  }
});

test.runIf(process.platform === "linux")(
  "files that may not grow leave the old index, and the error says why",
  { timeout: 60_000 },
  async () => {
    const folder = await temporaryPath();
    const store = vectraStore(folder, lexicalCodec);
    const content = await contentOf(["the old index"]);
    await store.exclusively(({ commit }) => commit(content));
    const corpus = join(dirname(folder), "corpus");
    for (let number = 0; number < 30; number++) await changeCorpus(corpus, number);
    // No file may grow past a few blocks.
    const { child, exit } = start(await temporaryPath(), corpus, 0, "trap '' XFSZ; ulimit -f 8");
    let said = "";
    child.stderr?.on("data", (data) => {
      said += data;
    });
    expect((await exit)[0]).toBe(1);
    expect(said).toContain("index-unwritable");
    expect(plainSnapshot(await store.open())).toEqual(plainChange(content));
  },
);
