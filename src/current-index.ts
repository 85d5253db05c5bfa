import { setTimeout as sleep } from "node:timers/promises";
import { type SearchableIndex, searchable } from "./retrieval/searchable.ts";
import type { VectorStore } from "./store/vector-store.ts";

/** The index that questions are put to. */
export interface CurrentIndex {
  /** null while there is none. Throws IndexError where there is no index that opens. */
  get(): Promise<SearchableIndex | null>;
  /** Goes over to a newer index, where there is one, while the old one is still searched. Throws IndexError. */
  refresh(): Promise<void>;
  /** Whether one is open. */
  readonly isOpen: boolean;
}

/** How long a question waits for a newer index, in milliseconds: long enough for a small one, too short to be noticed. */
const PATIENCE = 50;
/** What could not be opened is left alone for so many milliseconds: to find out takes reading all of it. */
const REST = 5000;

export function currentIndex(store: VectorStore): CurrentIndex {
  let open: SearchableIndex | null = null;
  let opening: Promise<void> | null = null;
  let failed: { readonly generation: string; readonly until: number; readonly error: unknown } | null = null;

  async function replace(): Promise<void> {
    const generation = await store.generation();
    if (generation === (open?.snapshot.generation ?? null)) return;
    if (generation === null) {
      open = null;
      return;
    }
    if (failed?.generation === generation && performance.now() < failed.until) {
      if (open === null) throw failed.error;
      return;
    }
    try {
      const snapshot = await store.open();
      open = snapshot && searchable(snapshot);
    } catch (error) {
      failed = { generation, until: performance.now() + REST, error };
      throw error;
    }
  }

  /** One at a time; whoever asks meanwhile gets the same. */
  function refresh(): Promise<void> {
    opening ??= replace().finally(() => {
      opening = null;
    });
    return opening;
  }

  return {
    async get() {
      if (open === null) {
        await refresh();
        return open;
      }
      const held = open;
      const newer = refresh().then(
        () => open,
        // What cannot be opened does not take away what is open.
        () => held,
      );
      return Promise.race([newer, sleep(PATIENCE, held, { ref: false })]);
    },
    refresh,
    get isOpen() {
      return open !== null;
    },
  };
}
