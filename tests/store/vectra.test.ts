import { chmod, mkdir, readdir, readFile, rm, truncate, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { LocalIndex, ProtobufCodec } from "vectra";
import { describe, expect, test } from "vitest";
import { vectraStore } from "../../src/store/vectra.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { contentOf, plain } from "./content.ts";
import { temporaryPath } from "./temporary.ts";

const words = ["armed", "attack", "umbrella", "forces", "Korea", "talks", "treaty", "missile", "Seoul", "pledge"];
const texts = Array.from({ length: 8 }, (_, i) =>
  words.map((word, k) => `${word} ${words[(k * (i + 1) + i) % 10]} ${words[(k + i * 3) % 10]} ${i}${k}`).join("\n"),
);

async function indexed() {
  const folder = await temporaryPath();
  const store = vectraStore(folder);
  const content = await contentOf(texts);
  await store.exclusively((commit) => commit(content));
  const generation = `generation-${await store.generation()}`;
  return { folder, store, content, generation };
}

test("vectra itself reads the record and ranks as we do", async () => {
  const { folder, store, generation } = await indexed();
  const snapshot = await store.open();
  const index = new LocalIndex(join(folder, generation), undefined, undefined, new ProtobufCodec());
  const passages = snapshot?.documents.flatMap((each) => each.passages) ?? [];
  expect((await index.listItems()).map(({ id, metadata }) => ({ id, metadata }))).toEqual(
    passages.map(({ passageId, documentId, label }) => ({ id: passageId, metadata: { documentId, label } })),
  );
  for (const text of ["armed attack", "umbrella Korea 33", "the treaty talks 27 in Seoul"]) {
    const [query = new Float32Array()] = await fakeEmbedder().embed([text], "query");
    const theirs = await index.queryItems([...query], "", passages.length);
    const ours = snapshot?.search(query, passages.length) ?? [];
    // Where scores tie, vectra's order is not defined: compare the scores, and each passage's own score.
    expect(ours.map((hit) => hit.score.toFixed(5))).toEqual(theirs.map((hit) => hit.score.toFixed(5)));
    const scores = new Map(theirs.map((hit) => [hit.item.id, hit.score]));
    for (const { ordinal, score } of ours)
      expect(score).toBeCloseTo(scores.get(passages[ordinal]?.passageId ?? "") ?? 9, 5);
  }
});

describe("what is damaged", () => {
  const files = ["documents.jsonl", "index.pb", "postings.bin"];
  const harm = {
    missing: (path: string) => unlink(path),
    truncated: async (path: string) => truncate(path, (await readFile(path)).length - 1),
    flipped: async (path: string) => {
      const bytes = await readFile(path);
      const middle = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
      await writeFile(path, bytes);
    },
  };

  test.each(files.flatMap((file) => Object.entries(harm).map(([how, damage]) => ({ file, how, damage }))))(
    "$file $how is an error that names it and what to do, and a commit mends it",
    async ({ file, damage }) => {
      const { folder, store, content, generation } = await indexed();
      await damage(join(folder, generation, file));
      await expect(store.open()).rejects.toMatchObject({
        name: "IndexError",
        code: "index-damaged",
        message: expect.stringContaining(file),
        advice: expect.stringContaining("pilcrow index --rebuild"),
      });
      await store.exclusively((commit) => commit(content));
      expect((await store.open())?.documents).toEqual(content.documents);
    },
  );

  test.each(Object.entries(harm))("the packed vectors %s are made again from vectra's record", async (_, damage) => {
    const { folder, store, content, generation } = await indexed();
    const path = join(folder, generation, "vectors.f32");
    const original = await readFile(path);
    await damage(path);
    expect((await store.open())?.vectors).toEqual(content.vectors);
    expect(await readFile(path)).toEqual(original);
    expect((await readdir(join(folder, generation))).sort()).toEqual([
      "documents.jsonl",
      "index.pb",
      "postings.bin",
      "vectors.f32",
    ]);
  });

  test.each(["", "{", '{"format":"pilcrow-index/1"}', "\0".repeat(400)])(
    "the manifest as %j is damage, and a rebuild may replace it",
    async (text) => {
      const { folder, store, content } = await indexed();
      await writeFile(join(folder, "manifest.json"), text);
      await expect(store.open()).rejects.toMatchObject({ code: "index-damaged" });
      await expect(store.generation()).rejects.toMatchObject({ code: "index-damaged" });
      await store.exclusively((commit) => commit(content));
      expect((await store.open())?.documents).toEqual(content.documents);
      expect((await readdir(folder)).length).toBe(2);
    },
  );

  test("another version's index is told from damage", async () => {
    const { folder, store } = await indexed();
    await writeFile(join(folder, "manifest.json"), '{"format":"pilcrow-index/99"}');
    await expect(store.open()).rejects.toMatchObject({
      code: "index-mismatch",
      message: expect.stringContaining("/99"),
    });
  });
});

describe("other people's files", () => {
  test.each(['{"name":"web app"}', "not json", "[]", "null", ""])(
    "a manifest.json of %j is refused and kept",
    async (text) => {
      const folder = await temporaryPath();
      await mkdir(folder);
      await writeFile(join(folder, "manifest.json"), text);
      const store = vectraStore(folder);
      const content = await contentOf(texts);
      await expect(store.open()).rejects.toMatchObject({ code: "index-foreign" });
      await expect(store.exclusively((commit) => commit(content))).rejects.toMatchObject({ code: "index-foreign" });
      expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(text);
      expect(await readdir(folder)).toEqual(["manifest.json"]);
    },
  );

  test("one that comes while the index is being made is kept as well", async () => {
    const folder = await temporaryPath();
    const content = await contentOf(texts);
    const late = vectraStore(folder).exclusively(async (commit) => {
      await writeFile(join(folder, "manifest.json"), "mine");
      await commit(content);
    });
    await expect(late).rejects.toMatchObject({ code: "index-foreign" });
    expect(await readdir(folder)).toEqual(["manifest.json"]);
  });

  test("nothing is touched but what has the name of ours", async () => {
    const folder = await temporaryPath();
    const kept = ["README.md", "generation-x/notes.txt", "generation-20260101/a", "writer-me.lock", "letters/a.txt"];
    for (const path of kept) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), path);
    }
    const content = await contentOf(texts);
    const store = vectraStore(folder);
    for (let i = 0; i < 3; i++) await store.exclusively((commit) => commit(content));
    for (const path of kept) expect(await readFile(join(folder, path), "utf8")).toBe(path);
  });
});

describe("a folder that cannot be written", () => {
  test("because there is a file in its place", async () => {
    const folder = await temporaryPath();
    await writeFile(folder, "a file");
    for (const path of [folder, join(folder, "below")]) {
      const writing = vectraStore(path).exclusively(async () => 1);
      await expect(writing).rejects.toMatchObject({ name: "IndexError", code: "index-unwritable" });
    }
    expect(await readFile(folder, "utf8")).toBe("a file");
  });

  test.skipIf(process.getuid?.() === 0)(
    "because it may only be read: the index in it can still be opened",
    async () => {
      const { folder, store, content, generation } = await indexed();
      await unlink(join(folder, generation, "vectors.f32"));
      await chmod(join(folder, generation), 0o500);
      await chmod(folder, 0o500);
      try {
        await expect(store.exclusively(async () => 1)).rejects.toMatchObject({ code: "index-unwritable" });
        expect((await store.open())?.vectors).toEqual(content.vectors);
      } finally {
        await chmod(folder, 0o700);
        await chmod(join(folder, generation), 0o700);
      }
    },
  );
});

describe("generations", () => {
  const named = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith("generation-"));

  test("the one before stays until the next commit, and a dead writer's leftovers go", async () => {
    const { folder, store, content, generation } = await indexed();
    const leftover = join(folder, "generation-20200101T000000000-0123abcd");
    await mkdir(leftover);
    await store.exclusively(async (commit) => {
      expect(await named(folder)).toEqual([generation]);
      await commit(content);
      expect(await named(folder)).toContain(generation);
      await commit(content);
    });
    expect(await named(folder)).toHaveLength(2);
    expect(await named(folder)).not.toContain(generation);
  });

  test("a reader whose generation vanishes under it reads the newest", async () => {
    const { folder, store } = await indexed();
    const opening = Array.from({ length: 30 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 5));
      return vectraStore(folder).open();
    });
    for (let i = 0; i < 12; i++) await store.exclusively(async (commit) => commit(await contentOf(texts, `v${i}`)));
    for (const snapshot of await Promise.all(opening)) {
      const tag = new TextDecoder().decode(snapshot?.postings);
      expect(snapshot && plain(snapshot)).toEqual(await contentOf(texts, tag));
    }
  });

  test("generation() sees what another process commits", async () => {
    const { folder, store, content, generation } = await indexed();
    expect(`generation-${await store.generation()}`).toBe(generation);
    await vectraStore(folder).exclusively((commit) => commit(content));
    expect(`generation-${await store.generation()}`).not.toBe(generation);
    await rm(folder, { recursive: true });
    expect(await store.generation()).toBeNull();
  });
});

describe("the lock", () => {
  const lockOf = async (folder: string, owner: object | string, age = 0) => {
    await mkdir(folder, { recursive: true });
    const path = join(folder, "writer-00000000-0000-0000-0000-000000000000.lock");
    await writeFile(path, typeof owner === "string" ? owner : JSON.stringify(owner));
    const time = new Date(Date.now() - age);
    await utimes(path, time, time);
    return path;
  };
  const since = "2026-01-01T00:00:00.000Z";

  test.each([
    ["a process that is gone", { pid: 2 ** 22 + 1, host: hostname(), started: null, since }, 0],
    [
      "a process whose number another one has now",
      { pid: process.ppid, host: hostname(), started: "boot 1", since },
      0,
    ],
    ["a machine that has been silent for long", { pid: 1, host: "elsewhere", started: null, since }, 120_000],
    ["a writer that died while it wrote its lock", '{"pid":', 10_000],
  ])("of %s is removed", async (_, owner, age) => {
    const folder = await temporaryPath();
    await lockOf(folder, owner, age);
    expect(await vectraStore(folder).exclusively(async () => (await readdir(folder)).length)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ["a living process", { pid: process.ppid, host: hostname(), started: null, since }],
    ["a machine heard of lately", { pid: 1, host: "elsewhere", started: null, since }],
    ["a lock that is just being written", ""],
  ])("of %s is respected", async (_, owner) => {
    const folder = await temporaryPath();
    const path = await lockOf(folder, owner);
    const message = typeof owner === "string" ? "another process" : `process ${owner.pid}`;
    await expect(vectraStore(folder).exclusively(async () => 1)).rejects.toMatchObject({
      code: "index-locked",
      message: expect.stringContaining(message),
    });
    expect(await readFile(path, "utf8")).toBe(typeof owner === "string" ? owner : JSON.stringify(owner));
  });
});
