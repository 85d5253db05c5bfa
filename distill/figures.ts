import { loadEmbedder } from "../src/embedding/transformers.ts";
import { evaluateRetrieval } from "../src/evaluation/retrieval.ts";
import type { Row } from "../src/evaluation/row.ts";
import type { RetrievalSet } from "../src/evaluation/sets.ts";

/** What retrieval with a model reaches on each of these sets, as `npm run eval` measures it. */
export async function figuresOf(
  model: string,
  sets: readonly RetrievalSet[],
  onSet: (done: number, total: number) => void,
): Promise<Row[]> {
  if (sets.length === 0) return [];
  const embedder = await loadEmbedder(model);
  const rows: Row[] = [];
  for (const [i, set] of sets.entries()) {
    onSet(i, sets.length);
    rows.push(...(await evaluateRetrieval(set, embedder)).filter(({ table }) => table === "retrieval"));
  }
  return rows;
}
