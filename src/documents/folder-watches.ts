import { type FSWatcher, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { errno } from "../errors.ts";
import { holdsIndex } from "./corpus.ts";
import { isWithin, realPathOf } from "./corpus-paths.ts";

/** The watches of a corpus folder and of those in it. */
export interface FolderWatches {
  /**
   * Watches the folders that there are now; after it, every change rings. Hidden folders and `ignore` are passed over, and
   * those that are gone or may not be read. Throws where the system grants no watch.
   */
  renew(folder: string, ignore: readonly string[]): Promise<void>;
  /** Whether the folder is still the one that is watched. */
  fit(folder: string): Promise<boolean>;
  close(): void;
}

/** The system says so of a folder that went, or that may not be read. */
const PASSED_OVER = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EACCES", "EPERM"]);

/**
 * One watch a folder, by Node's own means: it tells of every file in the folder. chokidar, and `recursive` on Linux, take
 * one watch a file, too (1,002 for 1,000 pictures in a folder), and systems grant few.
 */
export function watchFolders(ring: () => void): FolderWatches {
  const watches = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();
  let watched: string | null = null;
  let isPassedOver = (_path: string): boolean => false;

  function put(path: string, identity: string): void {
    if (watches.get(path)?.identity === identity) return;
    drop(path);
    const watcher = watch(path, (_event, name) => {
      if (name === null || !isPassedOver(join(path, name))) ring();
    });
    // The watch has gone with its folder.
    watcher.on("error", () => {
      watches.delete(path);
      ring();
    });
    watches.set(path, { identity, watcher });
  }

  function drop(path: string): void {
    watches.get(path)?.watcher.close();
    watches.delete(path);
  }

  /** Watches a folder and those in it, and takes them from `left`. */
  async function enter(path: string, left: Set<string>): Promise<void> {
    let folders: string[];
    try {
      // Watched before it is listed, so that what comes in meanwhile rings; asked who it is before it is watched, so that
      // one that comes into its place is taken for another.
      put(path, await identityOf(path));
      left.delete(path);
      const entries = await readdir(path, { withFileTypes: true });
      folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
    } catch (error) {
      if (PASSED_OVER.has(errno(error) ?? "")) return;
      throw error;
    }
    for (const inner of folders) {
      if (!isPassedOver(inner) && !(await holdsIndex(inner))) await enter(inner, left);
    }
  }

  return {
    async renew(folder, ignore) {
      watched = await identityOf(folder).catch(() => null);
      const root = await realPathOf(resolve(folder));
      const ignored = await Promise.all(ignore.map((path) => realPathOf(resolve(path))));
      isPassedOver = (path) => isHidden(path) || ignored.some((one) => one === path || isWithin(one, path));
      const left = new Set(watches.keys());
      await enter(root, left);
      for (const path of left) drop(path);
    },
    async fit(folder) {
      return (await identityOf(folder).catch(() => null)) === watched;
    },
    close() {
      for (const path of [...watches.keys()]) drop(path);
    },
  };
}

/** Tells a folder from one made in its place, which may have got its inode. */
async function identityOf(folder: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await stat(folder, { bigint: true });
  return `${dev} ${ino} ${birthtimeNs}`;
}

function isHidden(path: string): boolean {
  const name = basename(path);
  return name.startsWith(".") || name === "node_modules";
}
