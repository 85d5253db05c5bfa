import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { memoryStore } from "../../src/store/memory.ts";
import type { Catalogue, Change, VectorStore } from "../../src/store/vector-store.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { anyContent, changeOf, contentOf, documentOf, plainChange, plainDocument, plainSnapshot } from "./content.ts";
import { temporaryPath } from "./temporary.ts";

const stores: [string, () => Promise<VectorStore>][] = [
  ["memory", async () => memoryStore(lexicalCodec)],
  ["vectra", async () => vectraStore(await temporaryPath(), lexicalCodec)],
];

const save = (store: VectorStore, content: Change) => store.exclusively(({ commit }) => commit(content));

async function opened(store: VectorStore) {
  const snapshot = await store.open();
  if (!snapshot) throw new Error("there is no index");
  return snapshot;
}

describe.each(stores)("the store %s", (name, make) => {
  test("is empty at first", async () => {
    const store = await make();
    expect(store.name).toBe(name);
    expect(await store.generation()).toBeNull();
    expect(await store.open()).toBeNull();
  });

  test("gives back what was committed", async () => {
    const store = await make();
    const content = await contentOf([
      "the nuclear umbrella\nthe armed attack",
      "",
      "종합 U.S. forces\n\n° a sub-bullet",
    ]);
    const before = Date.now();
    await save(store, content);
    const snapshot = await opened(store);
    expect(plainSnapshot(snapshot)).toEqual(plainChange(content));
    expect(snapshot.generation).toBe(await store.generation());
    expect(Date.parse(snapshot.createdAt)).toBeGreaterThanOrEqual(before);
  });

  test("gives back any content", async () => {
    const store = await make();
    await fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        await save(store, content);
        expect(plainSnapshot(await opened(store))).toEqual(plainChange(content));
      }),
      { numRuns: 40 },
    );
  });

  test("finds the nearest passages, best first, ties by ordinal", async () => {
    const store = await make();
    const lines = ["umbrella attack", "umbrella", "forces", "umbrella", "attack forces umbrella"];
    await save(store, await contentOf([lines.slice(0, 2).join("\n"), lines.slice(2).join("\n")]));
    const snapshot = await opened(store);
    const [query = new Float32Array()] = await fakeEmbedder().embed(["umbrella"], "query");
    const hits = snapshot.search(query, 4);
    expect(hits.map((hit) => hit.ordinal)).toEqual([1, 3, 0, 4]);
    expect(hits[0]?.score).toBeCloseTo(1, 6);
    expect(hits[2]?.score).toBeCloseTo(Math.SQRT1_2, 6);
    expect(snapshot.search(query, 9, (ordinal) => ordinal > 1).map((hit) => hit.ordinal)).toEqual([3, 4, 2]);
    expect(snapshot.search(query, 0)).toEqual([]);
    expect(snapshot.similarities(query, [4, 1])).toEqual([hits[3]?.score, hits[0]?.score]);
    expect(() => snapshot.search(new Float32Array(3), 1)).toThrow(RangeError);
    expect(() => snapshot.similarities(query, [5])).toThrow(RangeError);
  });

  test("holds no document at all", async () => {
    const store = await make();
    await save(store, await contentOf([]));
    expect((await opened(store)).search(new Float32Array(64), 5)).toEqual([]);
  });

  test("names another generation after each commit, and leaves an open snapshot as it was", async () => {
    const store = await make();
    const content = await contentOf(["one"], "a");
    await save(store, content);
    const first = await opened(store);
    content.added?.vectors.fill(9);
    content.added?.postings.fill(9);
    await save(store, await contentOf(["two", "three"], "b"));
    const second = await opened(store);
    expect(plainSnapshot(first)).toEqual(plainChange(await contentOf(["one"], "a")));
    expect(plainSnapshot(second)).toEqual(plainChange(await contentOf(["two", "three"], "b")));
    expect(second.generation).not.toBe(first.generation);
    expect(await store.generation()).toBe(second.generation);
  });

  test("has one writer at a time, names it, and lets the next one in when it ends or fails", async () => {
    const store = await make();
    await store.exclusively(async () => {
      await expect(save(store, await contentOf(["x"]))).rejects.toMatchObject({
        code: "index-locked",
        message: expect.stringMatching(new RegExp(`process,? ${process.pid}.* since 2`)),
      });
    });
    await expect(store.exclusively(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    expect(await store.exclusively(async () => 7)).toBe(7);
    expect(await store.open()).toBeNull();
  });

  test("lets exactly one of many writers in that start together", async () => {
    const store = await make();
    let inside = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        store.exclusively(async () => {
          expect(++inside).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 1_500));
          inside--;
        }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", ...Array(4).fill("rejected")]);
  });

  test("takes no commit that it could not give back, nor one after its writer has ended", async () => {
    const store = await make();
    const content = await contentOf(["one\ntwo", "three"]);
    const { added } = content;
    if (added === null) throw new Error("there is something to add");
    const withAdded = (other: Partial<typeof added>) => ({ ...content, added: { ...added, ...other } });
    await expect(save(store, withAdded({ vectors: added.vectors.slice(1) }))).rejects.toThrow(RangeError);
    await expect(save(store, withAdded({ documents: added.documents.toReversed() }))).rejects.toThrow(RangeError);
    const documents = added.documents.map(({ passages, ...rest }) => ({
      ...rest,
      passages: passages.map((passage) => ({ ...passage, text: "other" })),
    }));
    await expect(save(store, withAdded({ documents }))).rejects.toThrow(RangeError);
    const late = await store.exclusively(async ({ commit }) => commit);
    await expect(late(content)).rejects.toThrow("ended");
    expect(await store.open()).toBeNull();
    await save(store, content);
    await expect(save(store, { ...content, rules: "others", replace: false })).rejects.toThrow(RangeError);
  });

  test("gives the current index until the one that replaces it is finished, by however many writers", async () => {
    const store = await make();
    const old = await contentOf(["the old one", "another"]);
    await save(store, old);
    const before = await opened(store);
    expect(await store.replacement()).toBeNull();
    const documents = ["b1", "b2", "b3"].map((id) => documentOf(id, `the new ${id}\nits second line`));
    for (const [i, document] of documents.slice(0, 2).entries()) {
      const change = await changeOf([document], { replace: i === 0, tag: "b" });
      await store.exclusively(({ replacement }) => replacement.commit(change));
      expect(plainSnapshot(await opened(store))).toEqual(plainChange(old));
      expect(await store.generation()).toBe(before.generation);
      expect((await store.replacement())?.documents).toHaveLength(i + 1);
    }
    const ids = async (catalogue: Promise<Catalogue | null>) =>
      (await catalogue)?.documents.map(({ documentId }) => documentId) ?? null;
    await store.exclusively(async ({ catalogue, commit, replacement }) => {
      expect(await ids(catalogue())).toEqual(["a-0000", "a-0001"]);
      expect(await ids(replacement.catalogue())).toEqual(["b1", "b2"]);
      expect(await replacement.read(["b2", "a-0000"])).toHaveLength(1);
      await replacement.finish();
      expect(await ids(catalogue())).toEqual(["b1", "b2"]);
      expect(await replacement.catalogue()).toBeNull();
      await commit(await changeOf(documents.slice(2), { tag: "b" }));
    });
    expect(plainSnapshot(await opened(store))).toEqual(plainChange(await changeOf(documents, { tag: "b" })));
    expect(await store.replacement()).toBeNull();
    expect(plainSnapshot(before)).toEqual(plainChange(old));
  });

  test("keeps the current index where its replacement is given up or begun anew", async () => {
    const store = await make();
    const old = await contentOf(["the old one"]);
    await save(store, old);
    const commit = async (tag: string) => {
      const change = await contentOf(["new"], tag);
      await store.exclusively(({ replacement }) => replacement.commit(change));
    };
    await commit("b");
    await commit("c");
    expect(await store.replacement()).toMatchObject({ rules: "rules-c", documents: [{ documentId: "c-0000" }] });
    await store.exclusively(({ replacement }) => replacement.discard());
    expect(await store.replacement()).toBeNull();
    expect(plainSnapshot(await opened(store))).toEqual(plainChange(old));
    const late = await store.exclusively(async ({ replacement }) => replacement);
    await expect(late.commit(old)).rejects.toThrow("ended");
    await expect(late.finish()).rejects.toThrow("ended");
    await expect(late.discard()).rejects.toThrow("ended");
    await expect(store.exclusively(({ replacement }) => replacement.finish())).rejects.toThrow("no replacement");
    expect(plainSnapshot(await opened(store))).toEqual(plainChange(old));
  });

  test("after any adds, changes and deletions is as if it had been made of what is left", async () => {
    const lines = fc.array(fc.constantFrom("armed attack", "nuclear umbrella", "the treaty", "talks in Seoul 7", ""), {
      maxLength: 4,
    });
    const step = fc.record({
      put: fc.uniqueArray(fc.tuple(fc.nat(25), lines), { selector: ([number]) => number, maxLength: 6 }),
      take: fc.uniqueArray(fc.nat(25), { maxLength: 3 }),
      reopened: fc.boolean(),
    });
    const query = (await fakeEmbedder().embed(["umbrella talks"], "query"))[0] ?? new Float32Array();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const store = await make();
        const left = new Map<string, string>();
        for (const { put, take, reopened } of steps) {
          const removed = take.map((number) => `d${number}`);
          for (const id of removed) left.delete(id);
          const added = put.map(([number, texts]) => ({ id: `d${number}`, text: texts.join("\n") }));
          for (const { id, text } of added) left.set(id, text);
          await save(
            store,
            await changeOf(
              added.map(({ id, text }) => documentOf(id, text)),
              { removed },
            ),
          );
          if (reopened) await store.open();
        }
        const fresh = memoryStore(lexicalCodec);
        await save(fresh, await changeOf([...left].map(([id, text]) => documentOf(id, text))));
        const [now, expected] = [await opened(store), await opened(fresh)];
        expect(plainSnapshot(now)).toEqual(plainSnapshot(expected));
        expect(now.search(query, 7)).toEqual(expected.search(query, 7));
        const odd = (ordinal: number) => ordinal % 2 === 1;
        expect(now.search(query, 3, odd)).toEqual(expected.search(query, 3, odd));
        const catalogue = await store.catalogue();
        expect(catalogue?.documents.map(({ documentId }) => documentId)).toEqual(
          expected.documents.map(({ document }) => document.documentId),
        );
        await store.exclusively(async ({ read }) => {
          const all = await read([...left.keys()]);
          const sorted = all.toSorted((a, b) => (a.entry.document.path < b.entry.document.path ? -1 : 1));
          expect(sorted.map(({ entry }) => plainDocument(entry))).toEqual(expected.documents.map(plainDocument));
          expect(sorted.flatMap(({ vectors }) => [...vectors])).toEqual([...plainSnapshot(expected).vectors]);
        });
      }),
      { numRuns: 12 },
    );
  });
});
