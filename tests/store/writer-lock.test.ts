import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { ownIdentity, startFromPs } from "../../src/store/process-identity.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { lockForWriting } from "../../src/store/writer-lock.ts";
import { changeOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { indexed, segmentsIn } from "./indexed.ts";
import { temporaryPath } from "./temporary.ts";

const TIMES = { heartbeat: 50, silence: 400, unfinished: 200 };
/** Nothing that has to be watched ends within a test. */
const PATIENT = { heartbeat: 50, silence: 600_000, unfinished: 600_000 };
const since = "2026-01-01T00:00:00.000Z";
const here = { ...(await ownIdentity()), since };
const LOCK = "writer-00000000-0000-0000-0000-000000000000.lock";

async function lockOf(owner: object | string, { folder = "", time = new Date() } = {}) {
  const within = folder || (await temporaryPath());
  await mkdir(within, { recursive: true });
  const path = join(within, LOCK);
  await writeFile(path, typeof owner === "string" ? owner : JSON.stringify(owner));
  await utimes(path, time, time);
  return { folder: within, path };
}

/** Touches a lock as its writer would whose clock is hours behind. */
function touching(path: string): void {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds++;
    void utimes(path, seconds, seconds).catch(() => undefined);
  }, 50);
  onTestFinished(() => clearInterval(timer));
}

const locked = (text: string) => ({ code: "index-locked", message: expect.stringContaining(text) });
const parent = { ...here, pid: process.ppid };

test.each([
  ["a process that is gone", { ...here, pid: 2 ** 22 + 1 }],
  ["a process whose number another one has now", { ...parent, started: "1" }],
])("the lock of %s is removed at once", async (_, owner) => {
  const { folder } = await lockOf(owner);
  const lock = await lockForWriting(folder, PATIENT);
  expect(await readdir(folder)).toHaveLength(1);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of a writer that ended with the machine is removed at once", async () => {
  const owner = { ...parent, boot: "before", started: null };
  const { folder } = await lockOf(owner, { time: new Date("2020-01-01") });
  await (await lockForWriting(folder, PATIENT)).release();
  expect(await readdir(folder)).toEqual([]);
});

const future = new Date(Date.now() + 3_600_000);

test.each([
  ["of another machine", { ...here, host: "elsewhere" }, new Date()],
  ["of another machine, whose clock is ahead", { ...here, host: "elsewhere" }, future],
  ["of a process whose number may be another one's by now", { ...parent, started: null }, future],
  ["of a writer of before, which did not say where it ran", { ...parent, boot: null, pidNamespace: null }, future],
  ["of a writer that died while it wrote its lock", '{"pid":', new Date()],
  ["that is empty, and from the future", "", future],
])("a lock %s is removed when nobody touches it while it is watched", async (_, owner, time) => {
  const { folder } = await lockOf(owner, { time });
  await (await lockForWriting(folder, TIMES)).release();
  expect(await readdir(folder)).toEqual([]);
});

test("a living process of this machine is named, without watching it", async () => {
  const { path, folder } = await lockOf({ ...parent, started: (await startFromStat(process.ppid)) ?? null });
  await expect(lockForWriting(folder, PATIENT)).rejects.toMatchObject(locked(`process ${process.ppid}, since 2026`));
  expect(await readdir(folder)).toEqual([LOCK]);
  expect(await readFile(path, "utf8")).toContain(since);
});

async function startFromStat(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
}

test.each([
  ["on another machine, whose clock is years behind", { ...here, pid: 7, host: "elsewhere" }, "process 7 on elsewhere"],
  ["in another container", { ...here, pid: 2 ** 22 + 1, pidNamespace: "pid:[1]" }, `process ${2 ** 22 + 1}`],
  ["on another machine of the same name", { ...here, pid: 2 ** 22 + 1, boot: "other" }, `process ${2 ** 22 + 1}`],
])("a writer %s is respected while it touches its lock", async (_, owner, who) => {
  const { folder, path } = await lockOf(owner);
  if (owner.host === here.host) {
    const timer = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), 50);
    onTestFinished(() => clearInterval(timer));
  } else touching(path);
  await expect(lockForWriting(folder, TIMES)).rejects.toMatchObject(locked(who));
  expect(await readdir(folder)).toEqual([LOCK]);
});

test("a lock that is just being written is waited for", async () => {
  const { folder, path } = await lockOf("");
  const taking = lockForWriting(folder, PATIENT);
  await sleep(100);
  await writeFile(path, JSON.stringify({ ...here, since }));
  await expect(taking).rejects.toMatchObject(locked(`process ${process.pid}`));
});

/** A real process in a namespace of its own, where it is process 1. */
const unshare = ["--pid", "--fork", "--kill-child"];
const canUnshare = (() => {
  try {
    execFileSync("unshare", [...unshare, "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.runIf(canUnshare)(
  "a real process in another container is respected, and not once it is dead",
  async () => {
    const folder = await temporaryPath();
    const script = fileURLToPath(new URL("lock-holder.ts", import.meta.url));
    const args = [...unshare, process.execPath, "--import", "tsx", script, folder, "100"];
    const child = spawn("unshare", args, { stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(child, "exit");
    onTestFinished(() => void child.kill("SIGKILL"));
    expect(String(await once(child.stdout, "data"))).toBe("1\n");
    await expect(lockForWriting(folder, TIMES)).rejects.toMatchObject(locked("process 1, since"));
    child.kill("SIGKILL");
    await exit;
    await (await lockForWriting(folder, TIMES)).release();
    expect(await readdir(folder)).toEqual([]);
  },
  30_000,
);

test("a writer whose lock was taken from it, asleep for long, writes nothing and says who has it", async () => {
  const { folder, store, content } = await indexed();
  const segments = await segmentsIn(folder);
  const change = await changeOf([documentOf("z", "a line")]);
  const writing = store.exclusively(async ({ commit }) => {
    for (const name of await readdir(folder)) if (name.endsWith(".lock")) await rm(join(folder, name));
    await lockOf({ ...here, pid: process.pid }, { folder });
    await commit(change);
  });
  await expect(writing).rejects.toMatchObject(locked(`process ${process.pid}, since 2026`));
  expect(await segmentsIn(folder)).toEqual(segments);
  expect(plainSnapshot(await store.open())).toEqual(plainChange(content));
});

test("a writer under whom the index became another one does not put its own in the place of it", async () => {
  const { folder, store } = await indexed();
  const [mine, theirs] = await Promise.all([
    changeOf([documentOf("z", "mine")]),
    changeOf([documentOf("y", "theirs")]),
  ]);
  let generation: string | null = null;
  const writing = store.exclusively(async ({ commit }) => {
    const [own = ""] = (await readdir(folder)).filter((name) => name.endsWith(".lock"));
    // As if the other had taken the lock, written and ended while this one slept, and a backup had put the lock back.
    await rename(join(folder, own), join(folder, "aside"));
    const other = vectraStore(folder, lexicalCodec);
    await other.exclusively((inner) => inner.commit(theirs));
    generation = await other.generation();
    await rename(join(folder, "aside"), join(folder, own));
    await commit(mine);
  });
  await expect(writing).rejects.toMatchObject(locked("replaced the index meanwhile"));
  expect(await vectraStore(folder, lexicalCodec).generation()).toBe(generation);
});

test.skipIf(process.platform === "win32")("where there is no /proc, ps says when a process started", async () => {
  expect(await startFromPs(process.pid)).toMatch(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
  await expect(startFromPs(2 ** 22 + 1)).rejects.toThrow();
});
