import { chmod, mkdir, readdir, readFile, rm, stat, truncate, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { LocalIndex, ProtobufCodec } from "vectra";
import { describe, expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore as storeIn } from "../../src/store/vectra.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { changeOf, contentOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { temporaryPath } from "./temporary.ts";

const vectraStore = (folder: string) => storeIn(folder, lexicalCodec);
const words = ["armed", "attack", "umbrella", "forces", "Korea", "talks", "treaty", "missile", "Seoul", "pledge"];
const texts = Array.from({ length: 8 }, (_, i) =>
  words.map((word, k) => `${word} ${words[(k * (i + 1) + i) % 10]} ${words[(k + i * 3) % 10]} ${i}${k}`).join("\n"),
);

const segmentsIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith("segment-")).sort();

async function indexed() {
  const folder = await temporaryPath();
  const store = vectraStore(folder);
  const content = await contentOf(texts);
  await store.exclusively(({ commit }) => commit(content));
  const [segment = ""] = await segmentsIn(folder);
  return { folder, store, content, segment };
}

test("vectra itself reads the record and ranks as we do", async () => {
  const { folder, store, segment } = await indexed();
  const snapshot = await store.open();
  const index = new LocalIndex(join(folder, segment), undefined, undefined, new ProtobufCodec());
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
      await expect(store.exclusively(({ commit }) => commit(content))).rejects.toMatchObject({ code: "index-foreign" });
      expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(text);
      expect(await readdir(folder)).toEqual(["manifest.json"]);
    },
  );

  test("one that comes while the index is being made is kept as well", async () => {
    const folder = await temporaryPath();
    const content = await contentOf(texts);
    const late = vectraStore(folder).exclusively(async ({ commit }) => {
      await writeFile(join(folder, "manifest.json"), "mine");
      await commit(content);
    });
    await expect(late).rejects.toMatchObject({ code: "index-foreign" });
    expect(await readdir(folder)).toEqual(["manifest.json"]);
  });

  test("nothing is touched but what has the name of ours", async () => {
    const folder = await temporaryPath();
    const kept = ["README.md", "segment-x/notes.txt", "generation-20260101/a", "writer-me.lock", "letters/a.txt"];
    for (const path of kept) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), path);
    }
    const content = await contentOf(texts);
    const store = vectraStore(folder);
    for (let i = 0; i < 3; i++) await store.exclusively(({ commit }) => commit(content));
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
      const { folder, store, content, segment } = await indexed();
      await unlink(join(folder, segment, "packed.i8"));
      await chmod(join(folder, segment), 0o500);
      await chmod(folder, 0o500);
      try {
        await expect(store.exclusively(async () => 1)).rejects.toMatchObject({ code: "index-unwritable" });
        expect(plainSnapshot(await store.open())).toEqual(plainChange(content));
      } finally {
        await chmod(folder, 0o700);
        await chmod(join(folder, segment), 0o700);
      }
    },
  );
});

describe("segments", () => {
  test("a dead writer's leftovers go, and what a commit replaces", async () => {
    const { folder, store, content, segment } = await indexed();
    const left = ["segment-20200101T000000000-0123abcd", "manifest-20200101T000000000-0123abcd.tmp"];
    for (const name of left) await mkdir(join(folder, name));
    await store.exclusively(async ({ commit }) => {
      expect(await segmentsIn(folder)).toEqual([segment]);
      await commit(content);
    });
    expect(await segmentsIn(folder)).toHaveLength(1);
    expect(await segmentsIn(folder)).not.toContain(segment);
    expect((await readdir(folder)).length).toBe(2);
  });

  test("a commit writes what is new and leaves the files that are there", async () => {
    const { folder, store, segment } = await indexed();
    const stamp = async () => {
      const names = await readdir(join(folder, segment));
      return Promise.all(
        names.map(async (name) => (await stat(join(folder, segment, name), { bigint: true })).mtimeNs),
      );
    };
    const before = await stamp();
    await store.exclusively(async ({ commit }) => commit(await changeOf([documentOf("a-0003", "another text")])));
    expect(await stamp()).toEqual(before);
    expect((await store.open())?.documents).toHaveLength(texts.length);
    expect(await segmentsIn(folder)).toHaveLength(2);
  });

  test("many small ones become few, and one that is mostly deleted is written anew", async () => {
    const { folder, store } = await indexed();
    await store.exclusively(async ({ commit }) => {
      for (let i = 0; i < 40; i++) await commit(await changeOf([documentOf(`b-${i}`, `text ${i}\nline ${i}`)]));
    });
    expect((await segmentsIn(folder)).length).toBeLessThan(9);
    const removed = Array.from({ length: 39 }, (_, i) => `b-${i}`);
    await store.exclusively(async ({ commit }) => commit(await changeOf([], { removed })));
    const names = await segmentsIn(folder);
    const lines = await Promise.all(names.map((name) => readFile(join(folder, name, "documents.jsonl"), "utf8")));
    expect(lines.join("")).not.toContain("b-20");
    expect((await store.open())?.documents).toHaveLength(texts.length + 1);
  });

  test("a snapshot searches on after what it reads was replaced and removed", async () => {
    const { store, content } = await indexed();
    const snapshot = await store.open();
    await store.exclusively(async ({ commit }) => commit(await contentOf(["other"], "b")));
    expect(plainSnapshot(snapshot)).toEqual(plainChange(content));
  });

  test("a reader whose segment vanishes under it reads the newest", async () => {
    const { folder, store } = await indexed();
    const opening = Array.from({ length: 30 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 5));
      return vectraStore(folder).open();
    });
    for (let i = 0; i < 12; i++) await store.exclusively(async ({ commit }) => commit(await contentOf(texts, `v${i}`)));
    for (const snapshot of await Promise.all(opening)) {
      const { rules, ...rest } = plainSnapshot(snapshot);
      expect({ rules, ...rest }).toEqual(plainChange(await contentOf(texts, rules.slice("rules-".length))));
    }
  });

  test("generation() sees what another process commits", async () => {
    const { folder, store, content } = await indexed();
    const generation = await store.generation();
    await vectraStore(folder).exclusively(({ commit }) => commit(content));
    expect(await store.generation()).not.toBe(generation);
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
