import { LEAST_SCORE } from "../src/answering/refusal.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { indexPassages } from "../src/evaluation/retrieval.ts";
import { type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { hybridRetriever } from "../src/retrieval/retriever.ts";
import { bundledModel, evaluationFolder } from "./paths.ts";
import { printTable } from "./table.ts";

const THRESHOLDS = [0.14, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.32, 0.36];

/**
 * At each least score: how many of a collection's own questions are answered, how many of another's are refused.
 * The threshold that the answers use is marked; the names of a question are judged before it and are not counted here.
 */
export async function benchRefusal(): Promise<void> {
  const sets = (await readSets(evaluationFolder()).catch(() => [])).flatMap((set) =>
    set.type === "retrieval" ? [set] : [],
  );
  const pairs = [
    ["squad2", "xquad-en"],
    ["xquad-en", "squad2"],
    ["cranfield", "squad2"],
    ["mtrag-clapnq", "cranfield"],
  ] as const;
  const named = (name: string) => sets.find((set) => set.name === name);
  const columns: { head: string; own: number[]; foreign: number[] }[] = [];
  const embedder = await loadEmbedder(bundledModel());
  for (const [corpus, other] of pairs) {
    const own = named(corpus);
    const foreign = named(other);
    if (own === undefined || foreign === undefined) {
      console.log(`refusal: skipped ${corpus} against ${other}: not in ${evaluationFolder()}`);
      continue;
    }
    const retriever = hybridRetriever(await indexPassages(own, embedder), embedder);
    const scores = async (queries: RetrievalSet["queries"]) => {
      const found: number[] = [];
      for (const query of queries.slice(0, 400)) {
        found.push((await retriever.retrieve(query.rewrite ?? query.text, 1))[0]?.score ?? 0);
      }
      return found;
    };
    columns.push({
      head: `${corpus} / ${other}`,
      own: await scores(own.queries),
      foreign: await scores(foreign.queries),
    });
  }
  const share = (values: readonly number[], test: (value: number) => boolean) =>
    ((100 * values.filter(test).length) / Math.max(1, values.length)).toFixed(0);
  printTable(
    "refusal: own questions answered % / foreign questions refused %, by the least score of the best passage",
    ["least score", ...columns.map(({ head }) => head)],
    THRESHOLDS.map((least) => [
      `${least.toFixed(2)}${least === LEAST_SCORE ? " *" : ""}`,
      ...columns.map(({ own, foreign }) => `${share(own, (s) => s >= least)} / ${share(foreign, (s) => s < least)}`),
    ]),
  );
}
