import { dirname } from "node:path/posix";
import type { IndexEvent } from "../index-corpus.ts";
import { count, plainPath } from "./text.ts";

export type FileChanged = Extract<IndexEvent, { type: "file-changed" }>;

/** More files, or folders, in one go are told by their number. */
const FEW = 20;

/** A line a file; where there are many, a line a folder with their number. */
export function describeChanges(changes: readonly FileChanged[]): string[] {
  if (changes.length <= FEW) return changes.map(describeFile);
  const byFolder = new Map<string, FileChanged[]>();
  for (const one of changes) {
    const folder = dirname(one.path);
    const own = byFolder.get(folder);
    if (own === undefined) byFolder.set(folder, [one]);
    else own.push(one);
  }
  const folders = [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1));
  const rest = folders.slice(FEW).flatMap(([, own]) => own);
  return [
    ...folders.slice(0, FEW).map(([folder, own]) => `${counted(own)} in ${plainPath(folder)}/`),
    ...(rest.length > 0 ? [`${counted(rest)} in ${count(folders.length - FEW, "more folder")}`] : []),
  ];
}

/** "changed notes/a.md", "renamed a.md to b.md" */
function describeFile({ change, path, previousPath }: FileChanged): string {
  return previousPath === null
    ? `${change} ${plainPath(path)}`
    : `${change} ${plainPath(previousPath)} to ${plainPath(path)}`;
}

/** "120 added, 3 removed" */
function counted(changes: readonly FileChanged[]): string {
  const kinds = ["added", "changed", "renamed", "removed"] as const;
  const counts = kinds.map((kind) => [kind, changes.filter(({ change }) => change === kind).length] as const);
  return counts
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${number.toLocaleString("en-GB")} ${kind}`)
    .join(", ");
}
