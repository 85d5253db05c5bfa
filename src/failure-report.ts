import { extname } from "node:path";
import { byPath } from "./by-path.ts";
import type { FileFailure } from "./types.ts";

/** Files that are not in the index, as they are told: 30,000 pictures among the documents must not hide what can be mended. */
export interface FailureReport {
  /** By path; at most 1,000, those of types that are not read coming last in the choice. */
  readonly failures: readonly FileFailure[];
  /** How many there are in all. */
  readonly failureCount: number;
  /** How many of them are of a type that is not read, by extension, the most frequent first: `{".jpg": 30000}`. */
  readonly unsupported: Readonly<Record<string, number>>;
}

const MOST = 1000;

export function reportOf(all: readonly FileFailure[]): FailureReport {
  const unsupported = all.filter(isUnsupported);
  const others = all.filter((failure) => !isUnsupported(failure));
  const failures = [...others.toSorted(byPath), ...unsupported.toSorted(byPath)].slice(0, MOST).sort(byPath);
  return { failures, failureCount: all.length, unsupported: countsByExtension(unsupported) };
}

export function isUnsupported({ code }: FileFailure): boolean {
  return code === "unsupported-type";
}

function countsByExtension(failures: readonly FileFailure[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of failures) {
    const extension = extname(path).toLowerCase();
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
