import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/** The real path, of what is not there that of the nearest folder above and the rest. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realPathOf(dirname(path)), basename(path));
  }
}

/** Where a link leads, in words that are true of it; nothing outside of the corpus is named. */
export async function linkReason(root: string, link: string): Promise<string> {
  const real = await realpath(link).catch(() => null);
  if (real === null) return "is a link to what is not there";
  if (real === root) return "is a link to the corpus folder itself";
  if (!isWithin(root, real)) return "is a link that leads out of the corpus; links are not followed";
  return `is a link to ${slashed(relative(root, real))} of the same corpus; files are read where they lie, not through links`;
}

export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export function slashed(path: string): string {
  return path.split(sep).join("/");
}

/** A test for paths, relative to the corpus, that are one of these or lie in one. */
export function atOrIn(paths: readonly string[]): (path: string) => boolean {
  const all = new Set(paths);
  return (path) => {
    for (let at = path; all.size > 0; at = at.slice(0, at.lastIndexOf("/"))) {
      if (all.has(at)) return true;
      if (!at.includes("/")) return false;
    }
    return false;
  };
}
