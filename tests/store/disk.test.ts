import { execFileSync } from "node:child_process";
import { mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { changeOf, contentOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { segmentsIn } from "./indexed.ts";
import { temporaryPath } from "./temporary.ts";

const quietly = { stdio: "ignore" } as const;

/** A folder on a disk of its own, of so many bytes; null where this process may not mount one. */
async function smallDisk(size: string): Promise<string | null> {
  const folder = await temporaryPath();
  await mkdir(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], quietly);
  } catch {
    return null;
  }
  // Lazily: snapshots that are not yet collected hold files of it open.
  onTestFinished(() => void execFileSync("umount", ["-l", folder], quietly));
  return folder;
}

const line = "The ferry carried the trams of the harbour over the quay to the other side";
const text = (number: number) => Array.from({ length: 60 }, (_, i) => `${line} ${number} ${i}`).join("\n");

test("a disk that fills up leaves the old index, whole and searchable, and the error says why", async (context) => {
  const folder = await smallDisk("2m");
  if (folder === null) return context.skip("no disk can be mounted here: needs root");
  const store = vectraStore(folder, lexicalCodec);
  const content = await contentOf(Array.from({ length: 8 }, (_, i) => text(i)));
  const much = await changeOf(Array.from({ length: 100 }, (_, i) => documentOf(`z-${i}`, text(i))));
  await expect(store.exclusively(({ commit }) => commit(much))).rejects.toMatchObject({
    code: "index-unwritable",
    advice: expect.stringMatching(/^No index was made\. /),
  });
  await store.exclusively(({ commit }) => commit(content));
  const names = (await readdir(folder)).sort();
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(store.exclusively(({ commit }) => commit(much))).rejects.toMatchObject({
      code: "index-unwritable",
      message: expect.stringContaining("the disk is full"),
      advice: expect.stringContaining("untouched"),
    });
    expect((await readdir(folder)).sort()).toEqual(names);
    const snapshot = await vectraStore(folder, lexicalCodec).open();
    expect(plainSnapshot(snapshot)).toEqual(plainChange(content));
    expect(snapshot?.search(snapshot.vectorsOf([3]), 1)[0]?.ordinal).toBe(3);
  }
  // There is room again.
  await store.exclusively(async ({ commit }) => commit(await changeOf([documentOf("z", "a line")])));
  expect((await store.open())?.documents).toHaveLength(9);
});

test("a disk without room to merge puts that off: what was committed is no failure, and nothing is left over", async (context) => {
  const folder = await smallDisk("4m");
  if (folder === null) return context.skip("no disk can be mounted here: needs root");
  const store = vectraStore(folder, lexicalCodec);
  const add = (number: number) =>
    store.exclusively(async ({ commit }) => commit(await changeOf([documentOf(`a-${number}`, text(number))])));
  for (let number = 1; number < 8; number++) await add(number);
  const [segment = ""] = await segmentsIn(folder);
  const bytes = await Promise.all(
    (await readdir(join(folder, segment))).map((name) => stat(join(folder, segment, name))),
  );
  const free = async () => Number((await statfs(folder)).bfree) * 4096;
  // Room for four more, but not for one as large as all.
  const room = 4 * bytes.reduce((sum, { size }) => sum + size + 4096, 0);
  await writeFile(join(folder, "filler"), Buffer.alloc((await free()) - room));
  let left = await free();
  for (let number = 8; number < 11; number++) {
    await add(number);
    expect(await segmentsIn(folder)).toHaveLength(number);
    expect(left - (await free())).toBeLessThan(room / 3);
    left = await free();
  }
  expect((await store.open())?.documents).toHaveLength(10);
  // There is room again.
  await rm(join(folder, "filler"));
  await add(11);
  expect((await segmentsIn(folder)).length).toBeLessThan(8);
  expect((await store.open())?.documents).toHaveLength(11);
});

test("a disk that may only be read is searched, and cannot be written: the error says so", async (context) => {
  const folder = await smallDisk("4m");
  if (folder === null) return context.skip("no disk can be mounted here: needs root");
  const store = vectraStore(folder, lexicalCodec);
  const content = await contentOf([text(1), text(2)]);
  await store.exclusively(({ commit }) => commit(content));
  execFileSync("mount", ["-o", "remount,ro", folder], quietly);
  await expect(store.exclusively(async () => 1)).rejects.toMatchObject({
    code: "index-unwritable",
    message: expect.stringContaining("the disk is read-only"),
  });
  expect(plainSnapshot(await vectraStore(folder, lexicalCodec).open())).toEqual(plainChange(content));
});
