import type { Embedder } from "../src/embedding/embedder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { ndcg } from "../src/evaluation/metrics.ts";
import { indexPassages } from "../src/evaluation/retrieval.ts";
import { sampled } from "../src/evaluation/sample.ts";
import { type RetrievalSet, readSets } from "../src/evaluation/sets.ts";
import { inverseFrequency } from "../src/retrieval/bm25.ts";
import { passageWords } from "../src/retrieval/passage-words.ts";
import { hybridRetriever, RESCORED } from "../src/retrieval/retriever.ts";
import { contentTokens } from "../src/retrieval/stopwords.ts";
import { terms } from "../src/retrieval/tokenize.ts";
import { wordingSignals } from "../src/retrieval/wording.ts";
import { type Candidates, fitWeights, scoreOf } from "./listwise.ts";
import { bundledModel, evaluationFolder } from "./paths.ts";
import { printTable } from "./table.ts";

/** Questions of each set at most. */
const QUESTIONS = 400;
const SIGNALS = ["dense", "BM25", "window", "pairs", "sentence", "title"];

interface Judged extends Candidates {
  /** The cosine of each whole passage and its BM25: what a search without windows and wording has. */
  readonly plain: readonly (readonly number[])[];
  /** As the retriever scores them, in the order of the signals. */
  readonly inUse: readonly number[];
  readonly relevanceById: ReadonlyMap<string, number>;
  readonly ids: readonly string[];
}

/**
 * The weights of the signals that rank passages, fitted on all sets but one and judged on that one; beside them what the
 * weights in use give there, and what whole passages by cosine and BM25 do. nDCG@10 over the passages that are read closely.
 */
export async function benchRanking(): Promise<void> {
  const found = await readSets(evaluationFolder()).catch(() => []);
  const embedder = await loadEmbedder(bundledModel());
  const sets: { name: string; questions: Judged[] }[] = [];
  for (const set of found) {
    if (set.type === "retrieval")
      sets.push({ name: set.name, questions: await judged(sampled(set, QUESTIONS), embedder) });
  }
  if (sets.length < 2) {
    console.log(`ranking: skipped, there are not two sets of passages in ${evaluationFolder()}`);
    return;
  }
  const rows = sets.map(({ name, questions }) => {
    const others = sets.filter((set) => set.name !== name);
    const weights = fitWeights(others.map((set) => set.questions));
    const plain = fitWeights(others.map((set) => set.questions.map(plainly)));
    return [
      name,
      String(questions.length),
      average(questions, ({ inUse }) => inUse),
      average(questions, ({ signals }) => signals.map((own) => scoreOf(own, weights))),
      average(questions, ({ plain: signals }) => signals.map((own) => scoreOf(own, plain))),
      ...weights.map((weight) => (weight / weights.slice(0, 2).reduce((sum, one) => sum + one, 0)).toFixed(2)),
    ];
  });
  printTable(
    `ranking: nDCG@10 over the ${RESCORED} best passages by the weights in use; by all signals, their weights fitted on the other
sets; plain: by the cosine of whole passages and BM25 alone, fitted likewise. Then the fitted weights: dense (the cosine,
best window included) and BM25 together 1`,
    ["set", "questions", "in use", "fitted", "plain", ...SIGNALS],
    rows,
  );
}

async function judged(set: RetrievalSet, embedder: Embedder): Promise<Judged[]> {
  const index = await indexPassages(set, embedder);
  const retriever = hybridRetriever(index, embedder);
  const questions: Judged[] = [];
  for (const { _id, text, rewrite } of set.queries) {
    const question = rewrite ?? text;
    const relevance = set.relevance.get(_id) ?? new Map<string, number>();
    const asked = new Map(
      contentTokens(question).map(({ term }) => [term, { term, weight: inverseFrequency(index.lexical, term) }]),
    );
    const best = await retriever.retrieve(question, RESCORED);
    const [vector = new Float32Array()] = await embedder.embed([question], "query");
    const cosines = index.snapshot.similarities(
      vector,
      best.map(({ ordinal }) => ordinal),
    );
    const words = [...asked.values()];
    const signals = best.map(({ dense, lexical, document, passage }) => {
      const header = new Set(terms(`${document.title} ${passage.section ?? ""}`));
      const { window, pairs, sentence, title } = wordingSignals(words, passageWords(passage), header);
      return [dense, lexical, window, pairs, sentence, title];
    });
    const ids = best.map(({ document }) => document.path);
    questions.push({
      signals,
      plain: best.map(({ lexical }, i) => [cosines[i] ?? 0, lexical]),
      relevance: ids.map((id) => relevance.get(id) ?? 0),
      inUse: best.map(({ score }) => score),
      relevanceById: relevance,
      ids,
    });
  }
  return questions;
}

function plainly({ plain, relevance }: Judged): Candidates {
  return { signals: plain, relevance };
}

function average(questions: readonly Judged[], scoresOf: (question: Judged) => readonly number[]): string {
  const values = questions.map((question) => {
    const scores = scoresOf(question);
    const order = question.ids.map((id, i) => ({ id, score: scores[i] ?? 0 })).sort((a, b) => b.score - a.score);
    return ndcg(
      order.map(({ id }) => id),
      question.relevanceById,
      10,
    );
  });
  return (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)).toFixed(3);
}
