import { loadEmbedder } from "../src/embedding/transformers.ts";
import { evaluateRetrieval } from "../src/evaluation/retrieval.ts";
import type { Row } from "../src/evaluation/row.ts";
import { readSets } from "../src/evaluation/sets.ts";

/** What retrieval with a model reaches on every retrieval set of a folder, as `npm run eval` measures it. */
export async function figuresOf(
  model: string,
  folder: string,
  onSet: (done: number, total: number) => void,
): Promise<Row[]> {
  const embedder = await loadEmbedder(model);
  const sets = (await readSets(folder)).filter((set) => set.type === "retrieval");
  const rows: Row[] = [];
  for (const [i, set] of sets.entries()) {
    onSet(i, sets.length);
    rows.push(...(await evaluateRetrieval(set, embedder)).filter(({ table }) => table === "retrieval"));
  }
  return rows;
}
