import type { Tell } from "./context.ts";

export interface Preparation {
  /** Begins, where nothing has begun or what had begun has failed; resolves when it is done. */
  start(): Promise<void>;
  /** The same, given up with the signal; `tell` hears how it goes from now on. */
  wait(signal: AbortSignal, tell: Tell): Promise<void>;
}

/** Work that is done once, whoever waits for it. After a failure whoever comes next tries again. */
export function preparation(work: (tell: Tell) => Promise<unknown>): Preparation {
  const listeners = new Set<Tell>();
  let begun: Promise<void> | null = null;
  function start(): Promise<void> {
    begun ??= (async () => {
      try {
        await work((step) => {
          for (const tell of listeners) tell(step);
        });
      } catch (error) {
        begun = null;
        throw error;
      }
    })();
    return begun;
  }
  return {
    start,
    async wait(signal, tell) {
      signal.throwIfAborted();
      listeners.add(tell);
      try {
        await Promise.race([start(), aborted(signal)]);
      } finally {
        listeners.delete(tell);
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
