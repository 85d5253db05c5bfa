import type { Embedder } from "../src/embedding/embedder.ts";
import type { Matrix } from "./matrix.ts";
import type { VectorCache } from "./vector-cache.ts";

/** What is written to the cache at once: some seconds of work. */
const CHARACTERS_AT_ONCE = 60_000;
const TEXTS_AT_ONCE = 1024;

/**
 * The teacher's vectors of the texts, [texts, dimension], from the cache where they are known. The others are embedded
 * shortest first, so that little is padded, and in the same groups after an interruption: a quantised teacher rounds by
 * what else is in the group. `onProgress` is told characters.
 */
export async function teach(
  texts: readonly string[],
  teacher: Embedder,
  cache: VectorCache,
  onProgress: (done: number, total: number) => void,
): Promise<Matrix> {
  const known = await cache.read(texts);
  if (known.missing.length === 0) return known.vectors;
  const missing = Array.from(known.missing, (row) => texts[row] ?? "");
  missing.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const total = missing.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  onProgress(done, total);
  for (const group of groupsOf(missing)) {
    await cache.write(group, await teacher.embed(group, "passage"));
    done += group.reduce((sum, { length }) => sum + length, 0);
    onProgress(done, total);
  }
  return (await cache.read(texts)).vectors;
}

function* groupsOf(texts: readonly string[]): Generator<string[]> {
  let group: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (group.length === TEXTS_AT_ONCE || (group.length > 0 && characters + text.length > CHARACTERS_AT_ONCE)) {
      yield group;
      group = [];
      characters = 0;
    }
    group.push(text);
    characters += text.length;
  }
  if (group.length > 0) yield group;
}
