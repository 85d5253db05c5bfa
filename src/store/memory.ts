import { randomUUID } from "node:crypto";
import { IndexError } from "../errors.ts";
import { snapshotOf, writing } from "./snapshot.ts";
import type { Snapshot, VectorStore } from "./vector-store.ts";

/** An index that lasts as long as the process. */
export function memoryStore(): VectorStore {
  let newest: Snapshot | null = null;
  let writingSince: string | null = null;
  return {
    name: "memory",
    generation: async () => newest?.generation ?? null,
    open: async () => newest,
    async exclusively(write) {
      if (writingSince) {
        throw new IndexError(
          "index-locked",
          `The index is being written by this process, ${process.pid}, since ${writingSince}`,
          "Wait until it is done.",
        );
      }
      writingSince = new Date().toISOString();
      try {
        return await writing(write, async (content) => {
          const own = { ...content, vectors: content.vectors.slice(), postings: content.postings.slice() };
          newest = snapshotOf(own, randomUUID(), new Date().toISOString());
        });
      } finally {
        writingSince = null;
      }
    },
  };
}
