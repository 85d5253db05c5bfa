import { join } from "node:path";
import type { Settings } from "../config.ts";
import { modelSource } from "../embedding/source.ts";
import { UsageError } from "../errors.ts";
import { type AnsweredSet, answerRows } from "./answer-rows.ts";
import { askAboutArticles, askAboutDocuments } from "./asking.ts";
import { readBaseline, updateBaseline } from "./baseline.ts";
import { type Comparison, compare, gateLines } from "./gate.ts";
import { reportJson } from "./report.ts";
import { evaluateRetrieval } from "./retrieval.ts";
import type { Row } from "./row.ts";
import { sampled } from "./sample.ts";
import { type QuestionSet, type RetrievalSet, readSets } from "./sets.ts";
import { tables } from "./table.ts";
import { handWrittenRows, verificationRows } from "./verification-rows.ts";

export interface EvaluationOptions {
  /** Folders of question sets; those that are not there are skipped with a line when they were not asked for by name. */
  readonly folders: readonly { readonly path: string; readonly optional: boolean }[];
  /** The documents that sets without documents of their own ask about. */
  readonly exampleCorpus: string;
  readonly settings: Settings;
  readonly json: boolean;
  /** Whether to compare with the committed figures, or to replace them. */
  readonly baseline: "compare" | "update" | null;
}

interface Streams {
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
}

/** The file of committed figures, in the first folder. */
const BASELINE_FILE = "baseline.json";

/** How many questions of a retrieval set, and how many of its asked ones, the figures of the baseline are over. */
const BASELINE_SAMPLE = 400;

/** Runs every set and prints one table of each sort, or JSON, question by question. 1 when the gate fails, else 0. */
export async function runEvaluation(options: EvaluationOptions, { stdout, stderr }: Streams): Promise<number> {
  const { baseline, json, settings } = options;
  const path = join(options.folders[0]?.path ?? "", BASELINE_FILE);
  const embedder = await modelSource(settings.model).load();
  // Read first: whether there is one should not be learnt minutes later.
  const known = baseline === "compare" ? await readBaseline(path, embedder.id) : null;

  const retrieval: Row[] = [];
  const answered: AnsweredSet[] = [];
  const statements: Row[] = [];
  for (const set of await setsOf(options, stderr)) {
    const started = performance.now();
    stderr.write(`${set.name}: ${size(set)} ... `);
    if (set.type === "questions") {
      answered.push(await askAboutDocuments(set, settings, options.exampleCorpus));
    } else {
      retrieval.push(...(await evaluateRetrieval(set, embedder)));
      if (set.gold.length > 0) answered.push(await askAboutArticles(set, settings, embedder));
    }
    if (set.type === "questions" || set.gold.length > 0) {
      statements.push(...(await verificationRows(set, embedder, options.exampleCorpus)));
    }
    stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  }

  for (const { path } of options.folders) statements.push(...(await handWrittenRows(path, embedder)));
  const rows = [...retrieval, ...answerRows(answered), ...statements];
  const gate = known === null ? null : compare(rows, known);
  if (json) stdout.write(reportJson({ model: embedder.id, rows, answered, gate }));
  else stdout.write(`${tables(rows)}${gate === null ? "" : `\n${gateLines(gate).join("\n")}\n`}`);
  if (baseline === "update") {
    await updateBaseline(path, embedder.id, rows);
    stderr.write(`${rows.length} rows written to ${path}\n`);
  }
  return gateFails(gate) ? 1 : 0;
}

/** The sets of all folders, each name once. */
async function setsOf({ folders, baseline }: EvaluationOptions, stderr: Streams["stderr"]) {
  const sets: (QuestionSet | RetrievalSet)[] = [];
  for (const { path, optional } of folders) {
    const found = await readSets(path).catch((error: unknown) => {
      if (!optional || !(error instanceof UsageError) || error.code !== "no-question-sets") throw error;
      stderr.write(`skipped: there is no folder ${path}; set PILCROW_EVAL to a folder of question sets\n`);
      return [];
    });
    // Our own copy of a set stands for the one beside the project.
    sets.push(...found.filter((set) => sets.every((other) => other.name !== set.name)));
  }
  if (sets.length === 0) {
    throw new UsageError("no-question-sets", "no question set was found", "README, “Evaluation”, shows the format.");
  }
  return sets.map((set) => (baseline === null || set.type === "questions" ? set : sampled(set, BASELINE_SAMPLE)));
}

function size(set: QuestionSet | RetrievalSet): string {
  if (set.type === "questions") return `${set.questions.length} questions`;
  const asked = set.gold.length === 0 ? "" : `, ${set.gold.length} to be answered`;
  return `${set.passages.length} passages, ${set.queries.length} questions${asked}`;
}

function gateFails(gate: Comparison | null): boolean {
  return gate !== null && (gate.drops.length > 0 || gate.compared === 0);
}
