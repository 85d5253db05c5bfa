import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config.ts";
import { loadEmbedder } from "../embedding/transformers.ts";
import { CorpusError, UsageError } from "../errors.ts";
import { createPilcrow } from "../pilcrow.ts";
import { evaluateQuestions, type QuestionFigures } from "./questions.ts";
import { evaluateRetrieval, type RetrievalFigures } from "./retrieval.ts";
import { type QuestionSet, readSets } from "./sets.ts";
import { questionsTable, retrievalTable } from "./table.ts";

export interface EvaluationOptions {
  /** Folders of question sets; those that are not there are skipped with a line when they were not asked for by name. */
  readonly folders: readonly { readonly path: string; readonly optional: boolean }[];
  /** The documents that sets without documents of their own ask about. */
  readonly exampleCorpus: string;
  readonly settings: Settings;
  readonly json: boolean;
}

interface Streams {
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
}

/** Runs every set and prints one table of each sort; `--json` prints the figures, question by question. */
export async function runEvaluation(options: EvaluationOptions, { stdout, stderr }: Streams): Promise<number> {
  const embedder = await loadEmbedder(options.settings.model);
  const retrieval: RetrievalFigures[] = [];
  const questions: QuestionFigures[] = [];
  for (const { path, optional } of options.folders) {
    const sets = await setsOf(path, optional);
    if (sets === null) {
      stderr.write(`skipped: there is no folder ${path}; set PILCROW_EVAL to a folder of question sets\n`);
      continue;
    }
    for (const set of sets) {
      // Our own copy of a set stands for the one beside the project.
      if (questions.some((figures) => figures.set === set.name)) continue;
      stderr.write(`${set.name} ...\n`);
      if (set.type === "retrieval") retrieval.push(...(await evaluateRetrieval(set, embedder)));
      else questions.push(await ask(set, options));
    }
  }
  if (retrieval.length + questions.length === 0) {
    throw new UsageError("no-question-sets", "no question set was found", "README, “Evaluation”, shows the format.");
  }
  if (options.json) stdout.write(`${JSON.stringify({ model: embedder.id, retrieval, questions }, null, 2)}\n`);
  else stdout.write([...retrievalTable(retrieval), "", ...questionsTable(questions), ""].join("\n"));
  return 0;
}

async function setsOf(path: string, optional: boolean) {
  try {
    return await readSets(path);
  } catch (error) {
    if (optional && error instanceof UsageError && error.code === "no-question-sets") return null;
    throw error;
  }
}

/** Indexes the documents of a set as a user would, into a folder of their own, and asks. */
async function ask(set: QuestionSet, { settings, exampleCorpus }: EvaluationOptions): Promise<QuestionFigures> {
  const index = await mkdtemp(join(tmpdir(), "pilcrow-eval-"));
  try {
    const pilcrow = createPilcrow({ ...settings, corpus: set.corpus ?? exampleCorpus, index });
    for await (const event of pilcrow.index()) {
      if (event.type === "file-failed")
        throw new CorpusError("corpus-unreadable", `${event.failure.path}: ${event.failure.message}`);
    }
    const texts = new Map<string, { path: string; text: string }>();
    for (const { documentId, path } of await pilcrow.documents()) {
      for (const { passageId, text } of (await pilcrow.document(documentId)).passages)
        texts.set(passageId, { path, text });
    }
    return await evaluateQuestions(set, async ({ question, history }) => {
      const answer = await pilcrow.ask({ question, history });
      const found = answer.trace.passages.map(({ passageId }) => texts.get(passageId) ?? { path: "", text: "" });
      return { answer, found };
    });
  } finally {
    await rm(index, { recursive: true, force: true });
  }
}
