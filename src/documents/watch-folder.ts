import { errno } from "../errors.ts";
import { watchFolders } from "./folder-watches.ts";

/** Quiet that ends a burst of changes, and the longest that a burst is waited out, in milliseconds. */
const SETTLED = 300;
const LONGEST = 5000;
/** Milliseconds between two questions whether the folder is still the one that is watched. */
const CHECK = 2000;
/** Milliseconds between two looks at a folder that cannot be watched. */
const LOOK = 10_000;

export interface Following {
  /** Absolute folders that are passed over, as hidden files are: the index, when it lies in the folder. */
  readonly ignore: readonly string[];
  readonly signal: AbortSignal;
  /** Hears, once, that the folder cannot be watched and is looked at every few seconds instead. */
  readonly warn: (message: string) => void;
}

/**
 * Yields once when it has begun to watch, and again after each burst of changes in a folder and the folders in it. What has
 * changed is not told: whoever asks looks for himself, and so misses nothing that came while he was busy, and need not
 * know how an editor saves. The folder may be a link, and may go and come again. Ends with the signal.
 */
export async function* changesIn(folder: string, { ignore, signal, warn }: Following): AsyncGenerator<void> {
  const bell = bellOf(signal);
  const watches = watchFolders(bell.ring);
  let isWatched = true;
  try {
    while (!signal.aborted) {
      if (isWatched) {
        try {
          await watches.renew(folder, ignore);
        } catch (error) {
          isWatched = false;
          // Others need what there is.
          watches.close();
          warn(outOfWatches(folder, error));
        }
      }
      yield;
      if (!isWatched) {
        await bell.rung(LOOK);
        continue;
      }
      // Nothing rings where a folder above is moved, or a link is made to lead elsewhere.
      while (!(await bell.rung(CHECK)) && (await watches.fit(folder)));
      for (const end = performance.now() + LONGEST; !signal.aborted && performance.now() < end; ) {
        if (!(await bell.rung(SETTLED))) break;
      }
    }
  } finally {
    watches.close();
  }
}

/** The system's limits that run out, by its code. */
const LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: "; raise fs.inotify.max_user_watches and start again",
  EMFILE: "; raise fs.inotify.max_user_instances or ulimit -n and start again",
};

function outOfWatches(folder: string, error: unknown): string {
  const code = errno(error) ?? "error";
  return `the corpus folder ${folder} cannot be watched (${code}) and is looked at every ${LOOK / 1000} s${LIMITS[code] ?? ""}.`;
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
          const timer = setTimeout(resolve, milliseconds);
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
