import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { vectraStore } from "../../src/store/vectra.ts";
import { contentOf, plain } from "./content.ts";
import { crashTexts } from "./crash-content.ts";
import { temporaryPath } from "./temporary.ts";

const script = fileURLToPath(new URL("crash-writer.ts", import.meta.url));

function start(folder: string, first: number, limits = "") {
  const command = [process.execPath, "--import", "tsx", script, folder, String(first)];
  const child: ChildProcess = limits
    ? spawn("sh", ["-c", `${limits}; exec "$@"`, "sh", ...command], { stdio: ["ignore", "pipe", "pipe"] })
    : spawn(command[0] ?? "", command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  const done: number[] = [];
  if (!child.stdout) throw new Error("no pipe");
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => done.push(Number(line)));
  const exit = once(child, "exit");
  return { child, done, ready: Promise.race([once(lines, "line"), exit]), exit };
}

test("a writer killed at any moment leaves a whole index, with every commit that it had reported", {
  timeout: 120_000,
}, async () => {
  const folder = await temporaryPath();
  let next = 0;
  for (let kill = 0; kill < 10; kill++) {
    const { child, done, ready, exit } = start(folder, next);
    await ready;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    child.kill("SIGKILL");
    await exit;
    const snapshot = await vectraStore(folder).open();
    const number = Number(new TextDecoder().decode(snapshot?.postings));
    expect(done.length).toBeGreaterThan(0);
    expect(number).toBeGreaterThanOrEqual(done.at(-1) ?? Number.NaN);
    expect(number).toBeLessThanOrEqual((done.at(-1) ?? Number.NaN) + 1);
    expect(snapshot && plain(snapshot)).toEqual(await contentOf(crashTexts(number), String(number)));
    next = number + 1;
  }
  // The next writer is not held up by the dead one's lock.
  await vectraStore(folder).exclusively(async (commit) => commit(await contentOf(["after"])));
  expect((await vectraStore(folder).open())?.documents).toHaveLength(1);
});

test("another process that writes is named, with the time it began", { timeout: 60_000 }, async () => {
  const folder = await temporaryPath();
  const { child, ready, exit } = start(folder, 0);
  await ready;
  try {
    await expect(vectraStore(folder).exclusively(async () => 1)).rejects.toMatchObject({
      code: "index-locked",
      message: expect.stringMatching(new RegExp(`process ${child.pid}, since 20`)),
    });
  } finally {
    child.kill("SIGKILL");
    await exit;
  }
});

test.runIf(process.platform === "linux")(
  "a disk without room leaves the old index and says why",
  { timeout: 60_000 },
  async () => {
    const folder = await temporaryPath();
    const store = vectraStore(folder);
    const content = await contentOf(["the old index"]);
    await store.exclusively((commit) => commit(content));
    // No file may grow past a few blocks: the nearest thing to a full disk that needs no disk.
    const { child, exit } = start(folder, 0, "trap '' XFSZ; ulimit -f 8");
    let said = "";
    child.stderr?.on("data", (data) => {
      said += data;
    });
    expect((await exit)[0]).toBe(1);
    expect(said).toContain("index-unwritable");
    const snapshot = await store.open();
    expect(snapshot && plain(snapshot)).toEqual(content);
    await store.exclusively((commit) => commit(content));
  },
);
