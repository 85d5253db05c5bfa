import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { folderOf } from "../make-index.ts";

const COMMAND = [
  process.execPath,
  "--import",
  pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href,
  resolve("src/cli.ts"),
  "index",
  "--watch",
];
const FERRY = "Ferry\n\nThe ferry sails at noon.\n";
const TRAM = "Tram\n\nThe tram carries the mayor.\n";

test("a corpus that is a link, with the index in it by a link, is followed without ringing itself", async () => {
  const folder = await folderOf({ "docs/ferry.txt": FERRY });
  await mkdir(join(folder, "docs/index"));
  await symlink(join(folder, "docs"), join(folder, "link"));
  await symlink(join(folder, "docs/index"), join(folder, "index-link"));
  const { out } = watching(join(folder, "link"), join(folder, "index-link"), { args: ["--json"] });
  const runs = () => out().match(/"index-end"/g)?.length ?? 0;
  // The first, and the look when it has begun to watch.
  await expect.poll(runs, SOON).toBe(2);
  await writeFile(join(folder, "docs/tram.txt"), TRAM);
  await expect.poll(runs, SOON).toBe(3);
  expect(out()).toMatch(/"file-changed".*tram\.txt/);
  await setTimeout(1500);
  expect(runs()).toBe(3);
}, 60_000);

test("a corpus that goes is told once, and followed when it comes again", async () => {
  const folder = await folderOf({ "docs/ferry.txt": FERRY });
  const docs = join(folder, "docs");
  const { out, err } = watching(docs, join(folder, "index"));
  await expect.poll(out, SOON).toContain("Watching for changes");
  await setTimeout(1000);
  await rename(docs, join(folder, "away"));
  await expect.poll(err, SOON).toContain("docs does not exist");
  // Longer than until it is tried again.
  await setTimeout(5500);
  await mkdir(docs);
  await writeFile(join(docs, "ferry.txt"), FERRY);
  await writeFile(join(docs, "tram.txt"), TRAM);
  await expect.poll(out, SOON).toMatch(/^added tram\.txt$/m);
  await setTimeout(3000);
  await writeFile(join(docs, "quay.txt"), TRAM);
  await expect.poll(out, SOON).toMatch(/^added quay\.txt$/m);
  expect(err().match(/does not exist/g)).toHaveLength(1);
}, 60_000);

test("a folder in it that may not be read is no reason to stop, and is read when it may", async () => {
  const folder = await folderOf({ "docs/ferry.txt": FERRY, "docs/locked/tram.txt": TRAM });
  // Nothing is locked for root.
  const uid = process.getuid?.() === 0 ? 65534 : undefined;
  if (uid) for (const path of everyPath(folder)) chownSync(path, uid, uid);
  const locked = join(folder, "docs/locked");
  chmodSync(locked, 0);
  const { out, err } = watching(join(folder, "docs"), join(folder, "index"), { uid });
  await expect.poll(out, SOON).toContain("Watching for changes");
  expect(err()).toMatch(/locked: cannot be read \(EACCES\)/);
  await setTimeout(1000);
  await writeFile(join(folder, "docs/quay.txt"), TRAM);
  await expect.poll(out, SOON).toMatch(/^added quay\.txt$/m);
  chmodSync(locked, 0o755);
  await expect.poll(out, SOON).toMatch(/^added locked\/tram\.txt$/m);
}, 60_000);

/** A shell in which nobody may take more than three watches. */
const FEW = ["unshare", "-Ur", "sh", "-c", 'echo 3 > /proc/sys/user/max_inotify_watches && exec "$@"', "sh"];

test.skipIf(!canRun([...FEW, "true"]))(
  "where watches run out, the folder is looked at instead",
  async () => {
    const folder = await folderOf({ "docs/ferry.txt": FERRY, "docs/a/b.txt": TRAM });
    const { out, err } = watching(join(folder, "docs"), join(folder, "index"), { inside: FEW });
    await expect.poll(out, SOON).toContain("Watching for changes");
    await setTimeout(1000);
    expect(err()).not.toContain("warning");
    // They run out while it is watched.
    for (const more of ["c", "d", "e"]) await mkdir(join(folder, "docs", more));
    await expect
      .poll(err, SOON)
      .toMatch(/^pilcrow: warning: .*cannot be watched \(ENOSPC\) and is looked at every 10 s;/m);
    await writeFile(join(folder, "docs/e/tram.txt"), TRAM);
    await expect.poll(out, SOON).toMatch(/^added e\/tram\.txt$/m);
    expect(err().match(/warning/g)).toHaveLength(1);
  },
  60_000,
);

const SOON = { timeout: 25_000, interval: 50 };

interface Given {
  readonly args?: readonly string[];
  /** The command that it runs inside of. */
  readonly inside?: readonly string[];
  readonly uid?: number | undefined;
}

/** `pilcrow index --watch`, and what it says. It has ended well when the test has. */
function watching(corpus: string, index: string, { args = [], inside = [], uid }: Given = {}) {
  const [file = "", ...rest] = [...inside, ...COMMAND, ...args, "--corpus", corpus, "--index", index];
  const home = mkdtempSync(join(tmpdir(), "pilcrow-home-"));
  const env = { PATH: process.env.PATH, HOME: home };
  const child = spawn(file, rest, { env, cwd: "/", ...(uid === undefined ? {} : { uid, gid: uid }) });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  onTestFinished(async () => {
    await stopped(child);
    rmSync(home, { recursive: true });
  });
  return { out: () => out, err: () => err };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error("it ended by itself");
  child.kill("SIGKILL");
  await new Promise((done) => child.once("exit", done));
}

function canRun([file = "", ...args]: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function everyPath(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path))];
}
