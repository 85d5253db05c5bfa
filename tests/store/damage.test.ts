import { mkdir, readdir, readFile, rename, symlink, truncate, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore as storeIn } from "../../src/store/vectra.ts";
import { changeOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { indexed, segmentsIn, texts } from "./indexed.ts";

const vectraStore = (folder: string) => storeIn(folder, lexicalCodec);

const harm = {
  missing: (path: string) => unlink(path),
  truncated: async (path: string) => truncate(path, (await readFile(path)).length - 1),
  torn: async (path: string) => {
    const bytes = await readFile(path);
    bytes.fill(0, bytes.length >> 1);
    await writeFile(path, bytes);
  },
  flipped: async (path: string) => {
    const bytes = await readFile(path);
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(path, bytes);
  },
};
const each = (files: readonly string[]) =>
  files.flatMap((file) => Object.entries(harm).map(([how, damage]) => ({ file, how, damage })));

/** Two segments, of which the second will be damaged. */
async function twoSegments() {
  const { folder, store, segment } = await indexed();
  const second = await changeOf([documentOf("z-1", texts[0] ?? ""), documentOf("z-2", texts[1] ?? "")]);
  await store.exclusively(({ commit }) => commit(second));
  const [damaged = ""] = (await segmentsIn(folder)).filter((name) => name !== segment);
  return { folder, segment, second, damaged };
}

test.each(each(["documents.jsonl", "texts.bin", "index.pb"]))(
  "$file $how is an error that names it and what to do, and costs a writer that segment alone",
  async ({ file, damage }) => {
    const { folder, segment, second, damaged } = await twoSegments();
    const sound = plainSnapshot(await vectraStore(folder).open());
    await damage(join(folder, damaged, file));
    await expect(vectraStore(folder).open()).rejects.toMatchObject({
      name: "IndexError",
      code: "index-damaged",
      message: expect.stringContaining(`${damaged}/${file}`),
      advice: expect.stringContaining("pilcrow index"),
    });
    await vectraStore(folder).exclusively(async (writing) => {
      const catalogue = await writing.catalogue();
      expect(catalogue?.damaged).toEqual([`${damaged}/${file}`]);
      expect(catalogue?.documents.map(({ documentId }) => documentId)).not.toContain("z-1");
      expect(catalogue?.documents).toHaveLength(texts.length);
      await writing.commit(second);
    });
    expect(plainSnapshot(await vectraStore(folder).open())).toEqual(sound);
    expect(await segmentsIn(folder)).toContain(segment);
    expect(await segmentsIn(folder)).not.toContain(damaged);
  },
);

test.each(each(["packed.i8", "postings.bin"]))(
  "$file $how is made again from the rest, by a reader and by a writer",
  async ({ file, damage }) => {
    const { folder, damaged } = await twoSegments();
    const path = join(folder, damaged, file);
    const sound = plainSnapshot(await vectraStore(folder).open());
    const original = await readFile(path);
    const files = (await readdir(join(folder, damaged))).sort();
    await damage(path);
    expect(plainSnapshot(await vectraStore(folder).open())).toEqual(sound);
    expect(await readFile(path)).toEqual(original);
    await damage(path);
    await vectraStore(folder).exclusively(async (writing) => {
      expect((await writing.catalogue())?.damaged).toEqual([]);
    });
    expect(await readFile(path)).toEqual(original);
    expect((await readdir(join(folder, damaged))).sort()).toEqual(files);
  },
);

test.each(["", "{", '{"format":"pilcrow-index/2"}', "\0".repeat(400)])(
  "the manifest as %j is damage, and a rebuild may replace it",
  async (text) => {
    const { folder, store, content } = await indexed();
    await writeFile(join(folder, "manifest.json"), text);
    await expect(store.open()).rejects.toMatchObject({ code: "index-damaged" });
    await expect(store.generation()).rejects.toMatchObject({ code: "index-damaged" });
    await store.exclusively(({ commit }) => commit(content));
    expect(plainSnapshot(await store.open())).toEqual(plainChange(content));
    expect((await readdir(folder)).length).toBe(2);
  },
);

test("every byte of the manifest counts", async () => {
  const { folder } = await indexed();
  const path = join(folder, "manifest.json");
  const bytes = await readFile(path);
  for (let at = 0; at < bytes.length; at += 7) {
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(at) ^ 4, at);
    await writeFile(path, other);
    const opening = vectraStore(folder).open();
    // Another version's number is the one thing it can be taken for.
    await expect(opening, other.toString()).rejects.toMatchObject({
      code: expect.stringMatching(/^index-(damaged|mismatch|outdated)$/),
    });
  }
});

test("another version's index is told from damage, and a writer keeps it unless it replaces it", async () => {
  const { folder, store, content } = await indexed();
  await writeFile(join(folder, "manifest.json"), '{"format":"pilcrow-index/99"}');
  const refused = { code: "index-mismatch", message: expect.stringContaining("/99") };
  await expect(store.open()).rejects.toMatchObject(refused);
  await expect(store.exclusively(({ commit }) => commit({ ...content, replace: false }))).rejects.toMatchObject(
    refused,
  );
  await store.exclusively(({ commit }) => commit(content));
  expect(plainSnapshot(await store.open())).toEqual(plainChange(content));
});

test("an earlier version's index is made anew, and its files go", async () => {
  const { folder, store, content } = await indexed();
  await mkdir(join(folder, "generation-20200101T000000000-0123abcd"));
  await writeFile(join(folder, "manifest.json"), '{"format":"pilcrow-index/1"}');
  await expect(store.open()).rejects.toMatchObject({ code: "index-outdated" });
  await store.exclusively(async (writing) => {
    expect(await writing.catalogue()).toBeNull();
    await writing.commit({ ...content, replace: false });
  });
  expect((await readdir(folder)).length).toBe(2);
});

test.each(["documents.jsonl", "texts.bin", "index.pb", "packed.i8", "postings.bin", "../manifest.json"])(
  "%s that the system does not give is named, and nothing is thrown away for it",
  async (file) => {
    const { folder, damaged, second } = await twoSegments();
    const sound = plainSnapshot(await vectraStore(folder).open());
    const path = join(folder, damaged, file);
    await rename(path, `${path}.aside`);
    // ELOOP stands for all that says nothing of the file: no permission, too many open files, a disk that answers no more.
    await symlink(path, path);
    const names = (await readdir(folder)).sort();
    const refused = {
      name: "IndexError",
      code: "index-unreadable",
      message: expect.stringMatching(new RegExp(`${file.replace("../", "")} of the index cannot be read \\(ELOOP\\)`)),
    };
    await expect(vectraStore(folder).open()).rejects.toMatchObject(refused);
    await expect(vectraStore(folder).exclusively(({ catalogue }) => catalogue())).rejects.toMatchObject(refused);
    await expect(vectraStore(folder).exclusively(({ commit }) => commit(second))).rejects.toMatchObject(refused);
    expect((await readdir(folder)).sort()).toEqual(names);
    await rename(`${path}.aside`, path);
    expect(plainSnapshot(await vectraStore(folder).open())).toEqual(sound);
  },
);

test.each(["texts.bin", "packed.i8", "index.pb"])(
  "%s that is cut while a writer reads it is an error",
  async (file) => {
    const { folder, store, segment } = await indexed();
    const reading = store.exclusively(async (writing) => {
      const ids = (await writing.catalogue())?.documents.map(({ documentId }) => documentId) ?? [];
      await truncate(join(folder, segment, file), 100);
      return writing.read(ids);
    });
    await expect(reading).rejects.toMatchObject({ code: "index-damaged", message: expect.stringContaining("was cut") });
  },
);

test("files that a killed process was putting back go, and no others", async () => {
  const { folder, store, segment } = await indexed();
  const before = (await readdir(join(folder, segment))).sort();
  const left = ["packed.i8", "postings.bin"].map((name) => `${name}.9d2c7f1e-1f0a-4a53-a2d7-0f6a3c1f4b11`);
  for (const name of [...left, "packed.i8.mine"]) await writeFile(join(folder, segment, name), "left");
  await store.exclusively(async () => undefined);
  expect((await readdir(join(folder, segment))).sort()).toEqual([...before, "packed.i8.mine"].sort());
});

test("a manifest that is another is seen though its size and time are the same", async () => {
  const { folder, store } = await indexed();
  const path = join(folder, "manifest.json");
  const time = new Date("2026-01-01");
  await utimes(path, time, time);
  await store.generation();
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60);
  await writeFile(path, bytes);
  await utimes(path, time, time);
  await expect(store.generation()).rejects.toMatchObject({ code: "index-damaged" });
});
