import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../errors.ts";

const Passage = z.object({ _id: z.string(), title: z.string().default(""), text: z.string() });
const Query = z.object({
  _id: z.string(),
  text: z.string(),
  /** A follow-up as a person wrote it out; searched for instead of `text` where it is given. */
  rewrite: z.string().optional(),
  /** What the user asked before, oldest first. */
  history: z.array(z.string()).optional(),
  /** Short answers that people gave. */
  answers: z.array(z.string()).optional(),
  /** Where it is not said, a question with answers is answerable. */
  answerable: z.boolean().optional(),
});
const Question = z.object({
  id: z.string(),
  kind: z.string(),
  question: z.string().min(1),
  history: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })).default([]),
  evidence: z.array(z.object({ document: z.string(), quote: z.string().min(1) })),
  answerable: z.boolean(),
  answer: z.array(z.string()).default([]),
  /** Of every mention: how many sentences there are. */
  count: z.int().positive().optional(),
});

export type AskedQuestion = z.infer<typeof Question>;

/** A question with the short answers that people gave; without any, the documents do not answer it. */
export interface GoldQuestion {
  readonly _id: string;
  readonly text: string;
  readonly answers: readonly string[];
  readonly answerable: boolean;
}

/** A collection of the BEIR shape: passages, questions, and which passages are relevant to which. */
export interface RetrievalSet {
  readonly type: "retrieval";
  readonly name: string;
  readonly passages: readonly z.infer<typeof Passage>[];
  /** Those that have relevant passages. */
  readonly queries: readonly z.infer<typeof Query>[];
  /** Relevance by passage id, by query id. */
  readonly relevance: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Those whose answers are known, to be asked; empty in a set that measures retrieval only. */
  readonly gold: readonly GoldQuestion[];
}

/** Questions on a folder of documents, with the quotes that answer them. */
export interface QuestionSet {
  readonly type: "questions";
  readonly name: string;
  /** The folder of documents; null is the example corpus. */
  readonly corpus: string | null;
  readonly questions: readonly AskedQuestion[];
}

/**
 * The sets of a folder, one a subfolder, by name: `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`, or `questions.jsonl`
 * with the documents in `corpus/`. A folder that is itself such a set is taken alone. Throws UsageError.
 */
export async function readSets(folder: string): Promise<(RetrievalSet | QuestionSet)[]> {
  let entries: string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    throw new UsageError("no-question-sets", `the folder ${folder} cannot be read`, "Name a folder of question sets.", {
      cause: error,
    });
  }
  const alone = await readSet(folder, entries);
  if (alone !== null) return [alone];
  const sets: (RetrievalSet | QuestionSet)[] = [];
  for (const entry of entries.sort()) {
    const inside = await readdir(join(folder, entry)).catch(() => []);
    const set = await readSet(join(folder, entry), inside);
    if (set !== null) sets.push(set);
  }
  return sets;
}

async function readSet(folder: string, entries: readonly string[]): Promise<RetrievalSet | QuestionSet | null> {
  const name = folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder;
  if (entries.includes("questions.jsonl")) {
    const questions = await jsonLines(join(folder, "questions.jsonl"), Question);
    return { type: "questions", name, corpus: entries.includes("corpus") ? join(folder, "corpus") : null, questions };
  }
  if (!["corpus.jsonl", "queries.jsonl", "qrels.tsv"].every((file) => entries.includes(file))) return null;
  const relevance = new Map<string, Map<string, number>>();
  const [, ...rows] = (await readFile(join(folder, "qrels.tsv"), "utf8")).trim().split(/\r?\n/);
  for (const row of rows) {
    const [query = "", passage = "", grade = ""] = row.split("\t");
    const known = relevance.get(query) ?? new Map<string, number>();
    relevance.set(query, known.set(passage, Number(grade)));
  }
  const queries = await jsonLines(join(folder, "queries.jsonl"), Query);
  return {
    type: "retrieval",
    name,
    passages: await jsonLines(join(folder, "corpus.jsonl"), Passage),
    queries: queries.filter((query) => relevance.has(query._id)),
    relevance,
    gold: queries.flatMap(({ _id, text, answers, answerable }) =>
      answers === undefined ? [] : [{ _id, text, answers, answerable: answerable ?? answers.length > 0 }],
    ),
  };
}

async function jsonLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const lines = (await readFile(path, "utf8")).split(/\r?\n/);
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new UsageError(
        "bad-question-set",
        `${path}, line ${i + 1} is not as expected`,
        "README, “Evaluation”, shows the format.",
        {
          cause: error,
        },
      );
    }
  });
}
