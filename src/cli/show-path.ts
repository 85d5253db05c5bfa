import { isAbsolute, join, relative, sep } from "node:path";

/** A path as it can be opened from the working folder: relative within it, absolute elsewhere. */
export function showPath(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  if (fromHere === "") return ".";
  const isOutside = fromHere === ".." || fromHere.startsWith(`..${sep}`) || isAbsolute(fromHere);
  return isOutside ? path : fromHere;
}

/** The same for a document, whose path is relative to the corpus folder. */
export function showDocumentPath(corpus: string, path: string, cwd: string): string {
  return showPath(join(corpus, path), cwd);
}
