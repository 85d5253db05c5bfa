import { chmod, mkdir, readdir, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalIndex, ProtobufCodec } from "vectra";
import { describe, expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore as storeIn } from "../../src/store/vectra.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { changeOf, contentOf, documentOf, plainChange, plainSnapshot } from "./content.ts";
import { indexed, segmentsIn, texts } from "./indexed.ts";
import { temporaryPath } from "./temporary.ts";

const vectraStore = (folder: string) => storeIn(folder, lexicalCodec);

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
