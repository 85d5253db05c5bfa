import { leastScore } from "../src/answering/refusal.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { indexPassages } from "../src/evaluation/retrieval.ts";
import { sampled } from "../src/evaluation/sample.ts";
import { type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { hybridRetriever } from "../src/retrieval/retriever.ts";
import { bundledModel, evaluationFolder } from "./paths.ts";
import { printTable } from "./table.ts";

const THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8];
/** Questions of each set at most. */
const QUESTIONS = 400;
/** A collection, and one whose questions it should not answer. */
const FOREIGN = [
  ["squad2", "xquad-en"],
  ["xquad-en", "squad2"],
  ["cranfield", "squad2"],
  ["mtrag-clapnq", "cranfield"],
] as const;

/** The best score of each question that the documents answer, and of each that they do not. */
interface Scores {
  readonly name: string;
  readonly answerable: readonly number[];
  readonly unanswerable: readonly number[];
  /** The least score that answers are given at, in an index of this size. */
  readonly inUse: number;
}

/**
 * What the least score of the best passage would do at other values, by itself: names, periods and words that stand
 * nowhere are judged apart from it, and counted by `npm run eval`. First over questions written to look answerable,
 * as a curve of precision and recall; then over questions of another collection.
 */
export async function benchRefusal(): Promise<void> {
  const found = await readSets(evaluationFolder()).catch(() => []);
  const sets = found.flatMap((set) => (set.type === "retrieval" ? [set] : []));
  const embedder = await loadEmbedder(bundledModel());
  const lookAlike: Scores[] = [];
  const foreign: Scores[] = [];
  for (const set of sets) {
    const index = await indexPassages(set, embedder);
    const retriever = hybridRetriever(index, embedder);
    const scores = async (questions: readonly string[]) => {
      const best: number[] = [];
      for (const question of questions) best.push((await retriever.retrieve(question, 1))[0]?.score ?? 0);
      return best;
    };
    const inUse = leastScore(index.passages.length);
    const { gold } = sampled(set, QUESTIONS);
    const [can, cannot] = [true, false].map((is) => gold.filter(({ answerable }) => answerable === is));
    if (can?.length && cannot?.length) {
      const texts = (questions: RetrievalSet["gold"]) => questions.map(({ text }) => text);
      const [answerable, unanswerable] = [await scores(texts(can)), await scores(texts(cannot))];
      lookAlike.push({ name: set.name, answerable, unanswerable, inUse });
    }
    const others = sets.find(({ name }) => FOREIGN.some(([own, other]) => own === set.name && other === name));
    if (others === undefined) continue;
    const name = `${set.name} / ${others.name}`;
    foreign.push({ name, answerable: await scores(asked(set)), unanswerable: await scores(asked(others)), inUse });
  }
  if (lookAlike.length + foreign.length === 0)
    console.log(`refusal: skipped, there are no sets in ${evaluationFolder()}`);
  for (const scores of lookAlike) printCurve(scores);
  for (const scores of foreign) printCurve(scores);
}

/** As a person wrote them out. */
function asked(set: RetrievalSet): string[] {
  return sampled(set, QUESTIONS).queries.map(({ text, rewrite }) => rewrite ?? text);
}

function printCurve({ name, answerable, unanswerable, inUse }: Scores): void {
  const rows = [...THRESHOLDS, inUse]
    .sort((a, b) => a - b)
    .map((least) => {
      const answered = answerable.filter((score) => score >= least).length / answerable.length;
      const refused = unanswerable.filter((score) => score < least).length;
      const refusals = refused + answerable.filter((score) => score < least).length;
      const recall = refused / unanswerable.length;
      return [
        `${least.toFixed(2)}${least === inUse ? " *" : ""}`,
        ...[answered, recall].map(three),
        refusals === 0 ? "–" : three(refused / refusals),
        three((answered + recall) / 2),
      ];
    });
  printTable(
    `refusal by score alone: ${name}, ${answerable.length} answerable and ${unanswerable.length} unanswerable questions (* in use)`,
    ["least score", "answered", "refused (recall)", "refusals right (precision)", "balanced accuracy"],
    rows,
  );
  console.log("");
}

const three = (value: number) => value.toFixed(3);
