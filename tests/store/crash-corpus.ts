import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type IndexEvent, type IndexOptions, indexCorpus } from "../../src/index-corpus.ts";
import type { LexicalCodec, VectorStore } from "../../src/store/vector-store.ts";
import { fakeEmbedder } from "../fake-embedder.ts";

const FILES = 40;

/** Writes, changes, renames and deletes some files of a folder; another number does something else. */
export async function changeCorpus(folder: string, number: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < 3 + (number % 5); i++) {
    const name = join(folder, `file-${(number * 7 + i * 11) % FILES}.txt`);
    const action = (number + i) % 7;
    const text = `Report ${number}\n\nThe ferry of step ${number} carried ${i} trams.\n\nLine ${number * i} of the quay.\n`;
    if (action === 5) await rm(name, { force: true });
    else if (action === 6) await rename(name, name.replace("file-", "moved-")).catch(() => undefined);
    else await writeFile(name, text);
  }
  if ((await readdir(folder)).length === 0) await writeFile(join(folder, "file-0.txt"), "Report\n\nThe ferry.\n");
}

/** Brings an index up to date with a folder, with the fake embedder. */
export async function bringUpToDate(
  folder: string,
  store: VectorStore,
  options: IndexOptions = {},
): Promise<IndexEvent[]> {
  const embedder = fakeEmbedder();
  const model = { identity: async () => embedder, load: async () => embedder };
  const events: IndexEvent[] = [];
  for await (const event of indexCorpus({ folder, ignore: [], maxFileBytes: 1e6 }, { model, store }, options))
    events.push(event);
  return events;
}

/** Makes an index anew with a model of this name, a few passages a commit. Returns the texts that were embedded. */
export async function rebuild(
  folder: string,
  store: VectorStore,
  id: string,
  tell: () => void = () => {},
): Promise<string[]> {
  const fake = fakeEmbedder({ id });
  const embedded: string[] = [];
  const embedder: typeof fake = {
    ...fake,
    embed(texts, kind) {
      embedded.push(...texts);
      return fake.embed(texts, kind);
    },
  };
  const model = { identity: async () => embedder, load: async () => embedder };
  const corpus = { folder, ignore: [], maxFileBytes: 1e6 };
  for await (const event of indexCorpus(corpus, { model, store }, { rebuild: true, passagesACommit: 4 }))
    if (event.type === "progress") tell();
  return embedded;
}

/** The codec, saying when it begins to merge. */
export function telling(codec: LexicalCodec, tell: () => void): LexicalCodec {
  return {
    ...codec,
    merge(parts, passages) {
      tell();
      return codec.merge(parts, passages);
    },
  };
}

/** The store, saying which generation each commit has made. */
export function tellingCommits(store: VectorStore, tell: (generation: string | null) => void): VectorStore {
  return {
    ...store,
    exclusively: (write) =>
      store.exclusively((writing) =>
        write({
          ...writing,
          async commit(change) {
            await writing.commit(change);
            tell(await store.generation());
          },
        }),
      ),
  };
}
