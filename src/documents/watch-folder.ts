import { sep } from "node:path";
import { CorpusError } from "../errors.ts";

/** Quiet that ends a burst of changes, and the longest that a burst is waited out, in milliseconds. */
const SETTLED = 300;
const LONGEST = 5000;

/**
 * Yields once when it has begun to watch, and again after each burst of changes in a folder and the folders in it. What has
 * changed is not told: whoever asks looks for himself, and so misses nothing that came while he was busy, and need not
 * know how an editor saves. Hidden files and `ignore`, absolute folders, are passed over. Ends with the signal.
 */
export async function* changesIn(
  folder: string,
  { ignore, signal }: { readonly ignore: readonly string[]; readonly signal: AbortSignal },
): AsyncGenerator<void> {
  // Imported here: only who watches waits for it.
  const { watch } = await import("chokidar");
  const isIgnored = (path: string) =>
    ignore.some((one) => path === one || path.startsWith(one + sep)) ||
    path
      .slice(folder.length)
      .split(sep)
      .some((part) => part.startsWith(".") || part === "node_modules");
  const watcher = watch(folder, { ignoreInitial: true, followSymlinks: false, ignored: isIgnored });
  const bell = bellOf(signal);
  try {
    await new Promise<void>((resolve, reject) => {
      watcher.once("ready", resolve);
      watcher.once("error", (cause) => {
        const message = `the corpus folder ${folder} cannot be watched (${cause instanceof Error ? cause.message : cause})`;
        reject(
          new CorpusError("corpus-unreadable", message, "Leave --watch out, or raise the limit of watches.", { cause }),
        );
      });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    // A folder that goes while it is looked at is no reason to stop.
    watcher.on("error", () => undefined);
    watcher.on("all", bell.ring);
    while (!signal.aborted) {
      yield;
      await bell.rung(Number.POSITIVE_INFINITY);
      for (const end = Date.now() + LONGEST; !signal.aborted && Date.now() < end; ) {
        if (!(await bell.rung(SETTLED))) break;
      }
    }
  } finally {
    await watcher.close();
  }
}

/** Something that may be rung any number of times before it is listened to. */
function bellOf(signal: AbortSignal) {
  let isRung = false;
  let wake: () => void = () => undefined;
  const ring = () => {
    isRung = true;
    wake();
  };
  signal.addEventListener("abort", ring, { once: true });
  return {
    ring,
    /** Whether it was rung since it was last asked, or is within so many milliseconds. */
    async rung(milliseconds: number): Promise<boolean> {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const was = isRung;
      isRung = false;
      return was;
    },
  };
}
