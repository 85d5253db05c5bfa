import { dot } from "../dot.ts";
import type { Embedder } from "../embedding/embedder.ts";

/** How near a word, in lower case, is to the asked word of this position: the cosine of the two, 0 to 1. */
export type Nearness = (asked: number, word: string) => number;

const NOT_NEAR: Nearness = () => 0;

/**
 * Compares every asked word with every one of `words`, once. Only a model that gives the vector of a single word at the
 * cost of a look-up can do so within a question's time; with any other, words are the same or they are not.
 */
export async function nearnessTo(
  asked: readonly string[],
  words: ReadonlySet<string>,
  embedder: Embedder,
): Promise<Nearness> {
  if (embedder.words === undefined || asked.length === 0) return NOT_NEAR;
  const list = [...words];
  const vectors = await embedder.words([...asked, ...list]);
  const norms = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  const position = new Map(list.map((word, i) => [word, i]));
  const near = new Float32Array(asked.length * list.length);
  for (const i of asked.keys()) {
    const own = vectors[i];
    if (own === undefined) continue;
    for (const j of list.keys()) {
      const other = vectors[asked.length + j];
      const lengths = (norms[i] ?? 0) * (norms[asked.length + j] ?? 0);
      if (other !== undefined && lengths > 0) near[i * list.length + j] = Math.max(0, dot(own, other) / lengths);
    }
  }
  return (i, word) => {
    const j = position.get(word);
    return j === undefined ? 0 : (near[i * list.length + j] ?? 0);
  };
}
