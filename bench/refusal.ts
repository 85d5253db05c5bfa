import { leastScore } from "../src/answering/refusal.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { contains } from "../src/evaluation/contains.ts";
import { indexPassages } from "../src/evaluation/retrieval.ts";
import { sampled } from "../src/evaluation/sample.ts";
import { type QuestionSet, type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { hybridRetriever, type Retriever } from "../src/retrieval/retriever.ts";
import { type Collection, printFit } from "./fit-refusal.ts";
import { bundledModel, evaluationFolder, ownSets } from "./paths.ts";
import { indexSet } from "./question-sets.ts";
import { printTable } from "./table.ts";

const THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8];
/** Questions of each set at most. */
const QUESTIONS = 400;
/** Questions of each set that our own sets are asked. */
const FOREIGN_OF_EACH = 30;
/** How many of the best passages may hold the evidence. */
const FOUND_AMONG = 3;
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
  const collections: Collection[] = [];
  const lookAlike: Scores[] = [];
  const foreign: Scores[] = [];
  for (const set of sets) {
    const index = await indexPassages(set, embedder);
    const retriever = hybridRetriever(index, embedder);
    const scores = (questions: readonly string[]) => bestScores(retriever, questions);
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
    const [answerable, unanswerable] = [await scores(asked(set)), await scores(asked(others))];
    foreign.push({ name, answerable, unanswerable, inUse });
    collections.push({ name, passages: index.passages.length, answerable, foreign: unanswerable });
  }
  const [first] = sets;
  for (const set of first === undefined ? [] : await readSets(ownSets())) {
    if (set.type !== "questions") continue;
    const index = await indexSet(set, embedder);
    const retriever = hybridRetriever(index, embedder);
    const answerable = await scoresWhereFound(retriever, set.questions);
    if (answerable.length === 0) continue;
    collections.push({
      name: set.name,
      passages: index.passages.length,
      answerable,
      foreign: await bestScores(
        retriever,
        sets.flatMap((other) => asked(other).slice(0, FOREIGN_OF_EACH)),
      ),
    });
  }
  if (lookAlike.length + foreign.length === 0)
    console.log(`refusal: skipped, there are no sets in ${evaluationFolder()}`);
  for (const scores of lookAlike) printCurve(scores);
  for (const scores of foreign) printCurve(scores);
  if (collections.length > 0) printFit(collections);
}

/** Only of questions whose evidence is found: to refuse what would be answered from elsewhere is no loss. */
async function scoresWhereFound(retriever: Retriever, questions: QuestionSet["questions"]): Promise<number[]> {
  const scores: number[] = [];
  for (const { question, history, evidence } of questions) {
    if (evidence.length === 0 || history.length > 0) continue;
    const best = await retriever.retrieve(question, FOUND_AMONG);
    const isFound = best.some(({ passage }) => evidence.some(({ quote }) => contains(passage.text, quote)));
    if (isFound) scores.push(best[0]?.score ?? 0);
  }
  return scores;
}

async function bestScores(retriever: Retriever, questions: readonly string[]): Promise<number[]> {
  const best: number[] = [];
  for (const question of questions) best.push((await retriever.retrieve(question, 1))[0]?.score ?? 0);
  return best;
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
