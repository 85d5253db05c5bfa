import { readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { changesIn } from "../../src/documents/watch-folder.ts";
import { folderOf } from "../make-index.ts";

/** Longer than a burst takes to settle. */
const QUIET = 700;

/** Follows a folder. `change` does something and returns how often it rang for that. */
async function follow(folder: string, ignore: readonly string[] = []) {
  const controller = new AbortController();
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  let rings = 0;
  const ended = (async () => {
    for await (const _ of changesIn(folder, { ignore, signal: controller.signal, warn })) rings += 1;
  })();
  onTestFinished(async () => {
    controller.abort();
    await ended;
    expect(warnings).toEqual([]);
  });
  await expect.poll(() => rings).toBe(1);
  return {
    async change(doing: () => Promise<unknown>, within = QUIET): Promise<number> {
      const before = rings;
      await doing();
      await expect
        .poll(() => rings, { timeout: within })
        .toBeGreaterThan(before)
        .catch(() => undefined);
      return rings - before;
    },
  };
}

/** Longer than it takes until a folder is asked whether it is the same one. */
const REPLACED = 4000;

test("a folder is followed through a link, also when the link is made to lead elsewhere", async () => {
  const folder = await folderOf({ "one/sub/a.txt": "a", "two/sub/a.txt": "a" });
  await symlink(join(folder, "one"), join(folder, "link"));
  const { change } = await follow(join(folder, "link"));
  expect(await change(() => writeFile(join(folder, "one/b.txt"), "b"))).toBe(1);
  expect(await change(() => writeFile(join(folder, "link/sub/c.txt"), "c"))).toBe(1);

  await symlink(join(folder, "two"), join(folder, "new"));
  expect(await change(() => rename(join(folder, "new"), join(folder, "link")), REPLACED)).toBe(1);
  expect(await change(() => writeFile(join(folder, "one/d.txt"), "d"))).toBe(0);
  expect(await change(() => writeFile(join(folder, "two/sub/d.txt"), "d"))).toBe(1);
});

test("a folder that is moved away and made again is followed on", async () => {
  const folder = await folderOf({ "above/docs/a.txt": "a" });
  const docs = join(folder, "above/docs");
  const { change } = await follow(docs);
  expect(await change(() => rename(docs, join(folder, "away")))).toBe(1);
  expect(await change(() => mkdir(docs), REPLACED)).toBe(1);
  expect(await change(() => writeFile(join(docs, "b.txt"), "b"))).toBe(1);

  const replaced = async () => {
    await rm(docs, { recursive: true });
    await mkdir(docs);
  };
  expect(await change(replaced, REPLACED)).toBe(1);
  expect(await change(() => writeFile(join(docs, "c.txt"), "c"))).toBe(1);

  const aboveReplaced = async () => {
    await rename(join(folder, "above"), join(folder, "moved"));
    await mkdir(docs, { recursive: true });
  };
  expect(await change(aboveReplaced, REPLACED)).toBe(1);
  expect(await change(() => writeFile(join(docs, "d.txt"), "d"))).toBe(1);
}, 30_000);

test("a folder in it that is new, or made again at once, is followed", async () => {
  const folder = await folderOf({ "sub/deep/a.txt": "a" });
  const { change } = await follow(folder);
  for (const made of ["sub", "sub/other", "sub"]) {
    const makeAgain = async () => {
      await rm(join(folder, made), { recursive: true, force: true });
      await mkdir(join(folder, made, "deep"), { recursive: true });
    };
    expect(await change(makeAgain)).toBe(1);
    expect(await change(() => writeFile(join(folder, made, "deep/b.txt"), "b"))).toBe(1);
  }
});

test("what is written into the index does not ring, by whatever name it goes, nor what is written into another", async () => {
  const manifest = JSON.stringify({ format: "pilcrow-index/1" });
  const folder = await folderOf({ "docs/a.txt": "a", "docs/index/b": "", "docs/other/manifest.json": manifest });
  await symlink(join(folder, "docs"), join(folder, "link"));
  await symlink(join(folder, "docs/index"), join(folder, "index-link"));
  const { change } = await follow(join(folder, "link"), [join(folder, "index-link")]);
  for (const inside of ["index/segment", "other/writer.lock", ".hidden", "node_modules"]) {
    expect(await change(() => writeFile(join(folder, "docs", inside), ""))).toBe(0);
  }
  expect(await change(() => writeFile(join(folder, "docs/index.txt"), "b"))).toBe(1);
});

test.runIf(process.platform === "linux")("a folder takes one watch, however many files it holds", async () => {
  const names = Array.from({ length: 2000 }, (_, i) => `${i % 2 ? "sub/" : ""}${i}.${i % 3 ? "jpg" : "txt"}`);
  const folder = await folderOf(Object.fromEntries(names.map((name) => [name, "x"])));
  const before = watchesTaken();
  const { change } = await follow(folder);
  expect(watchesTaken() - before).toBe(2);
  expect(await change(() => writeFile(join(folder, "sub/9.txt"), "y"))).toBe(1);
  expect(await change(() => rm(join(folder, "sub"), { recursive: true }))).toBeGreaterThan(0);
  await setTimeout(QUIET);
  expect(watchesTaken() - before).toBe(1);
});

/** Of this process, by the kernel's own count. */
function watchesTaken(): number {
  const infos = readdirSync("/proc/self/fdinfo").map((descriptor) => {
    try {
      return readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8");
    } catch {
      return "";
    }
  });
  return infos.join("\n").match(/^inotify /gm)?.length ?? 0;
}
