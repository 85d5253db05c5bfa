import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseSettings } from "../../src/config.ts";
import { type EvaluationOptions, runEvaluation } from "../../src/evaluation/run.ts";
import { readSets } from "../../src/evaluation/sets.ts";
import { folderOf } from "../make-index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const BEIR = {
  "small/corpus.jsonl": `${JSON.stringify({ _id: "a", title: "Ferries", text: "The ferry sails at noon." })}
${JSON.stringify({ _id: "b", title: "Bread", text: "Bread is baked at dawn." })}`,
  "small/queries.jsonl": `${JSON.stringify({ _id: "q", text: "when does the ferry sail?", answers: ["at noon"] })}
${JSON.stringify({ _id: "r", text: "Who is the king of Zubrowka?", answers: [] })}`,
  "small/qrels.tsv": "query-id\tcorpus-id\tscore\nq\ta\t1\n",
};
const QUESTIONS = {
  "own/corpus/2004-03-01-report.txt": "Report\n\nThe ferry broke down twice in spring.\n\nThe library opened in May.\n",
  "own/questions.jsonl": [
    {
      id: "1",
      kind: "fact",
      question: "When did the library open?",
      evidence: [{ document: "2004-03-01-report", quote: "library opened in May" }],
      answerable: true,
      answer: ["May"],
    },
    { id: "2", kind: "unanswerable", question: "Who is the king of Zubrowka?", evidence: [], answerable: false },
  ]
    .map((question) => JSON.stringify(question))
    .join("\n"),
};

const BASE = { exampleCorpus: root, settings: parseSettings({}, {}, root, root), json: false, baseline: null } as const;

async function evaluate(
  folders: EvaluationOptions["folders"],
  options: Partial<Pick<EvaluationOptions, "json" | "baseline">> = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runEvaluation(
    { ...BASE, ...options, folders },
    { stdout: { write: (text) => void out.push(text) }, stderr: { write: (text) => void err.push(text) } },
  );
  return { code, out: out.join(""), err: err.join("") };
}

const Report = z.object({
  rows: z.array(
    z.object({
      table: z.string(),
      of: z.string(),
      figures: z.record(z.string(), z.object({ value: z.number() })),
      questions: z.array(z.looseObject({ id: z.string() })),
    }),
  ),
  answers: z.array(z.object({ set: z.string(), outcomes: z.array(z.object({ id: z.string(), answer: z.string() })) })),
});

describe("runEvaluation", () => {
  it("tells everything as JSON, question by question", async () => {
    const folder = await folderOf({ ...BEIR, ...QUESTIONS });
    const { code, out, err } = await evaluate([{ path: folder, optional: false }], { json: true });
    expect(code).toBe(0);
    const { rows, answers } = Report.parse(JSON.parse(out));
    const figures = (table: string, at = 0) => {
      const row = rows.filter((one) => one.table === table)[at];
      return Object.fromEntries(Object.entries(row?.figures ?? {}).map(([name, { value }]) => [name, value]));
    };
    expect(rows.filter(({ table }) => table === "retrieval").map(({ of }) => of)).toEqual(
      expect.arrayContaining(["lexical", "cosine", "dense", "hybrid"]),
    );
    expect(figures("retrieval")).toEqual({ "nDCG@10": 1, "nDCG@5": 1, "R@1": 1, "R@5": 1 });
    expect(rows[0]?.questions).toEqual([{ id: "q", "nDCG@10": 1, "nDCG@5": 1, "R@1": 1, "R@5": 1 }]);
    expect(figures("evidence")).toMatchObject({ "hit@1": 1, "evidence cited": 1, "answer words": 1 });
    expect(figures("refusal")).toMatchObject({ answered: 1, "refused (recall)": 1, "balanced accuracy": 1 });
    // Asked about the articles that the passages make up; the noon of the one is the answer, the king is nobody's.
    expect(figures("sentences", 1)).toMatchObject({ "first right": 1, "any right": 1, precision: 1 });
    expect(figures("refusal", 1)).toMatchObject({ answered: 1, "refused (recall)": 1 });
    expect(answers.map(({ set, outcomes }) => [set, outcomes.map(({ id }) => id)])).toEqual([
      ["own", ["1", "2"]],
      ["small", ["q", "r"]],
    ]);
    expect(err).toMatch(/small: 2 passages, 1 questions, 2 to be answered \.\.\. \d+\.\d s\n/);
  });

  it("holds a later run against the figures of an earlier one", async () => {
    const folder = await folderOf({ ...BEIR, ...QUESTIONS });
    const folders = [{ path: folder, optional: false }];
    await expect(evaluate(folders, { baseline: "compare" })).rejects.toMatchObject({ code: "no-baseline" });
    expect((await evaluate(folders, { baseline: "update" })).code).toBe(0);
    const same = await evaluate(folders, { baseline: "compare" });
    expect(same.out).toMatch(/\ngate: passed, none of \d+ figures has dropped\n$/);
    expect(same.code).toBe(0);

    await rm(join(folder, "small"), { recursive: true });
    await writeFile(join(folder, "own/corpus/2004-03-01-report.txt"), "Report\n\nThe library has a cat.\n");
    const worse = await evaluate(folders, { baseline: "compare" });
    expect(worse.code).toBe(1);
    expect(worse.out).toContain("gate: small is not on this machine");
    expect(worse.out).toContain("gate: DROPPED: evidence own, hit@1: 1.000 to .000");
  });

  it("prints a table, and says which folder it skipped", async () => {
    const folder = await folderOf(QUESTIONS);
    const { out, err } = await evaluate([
      { path: `${folder}/nowhere`, optional: true },
      { path: folder, optional: false },
    ]);
    expect(out).toMatch(/\| own +\| +1 \|/);
    expect(err).toContain(`skipped: there is no folder ${folder}/nowhere`);
  });

  it("names the line of a set that is not as expected", async () => {
    const folder = await folderOf({ "own/questions.jsonl": '{"id":"1"}' });
    await expect(readSets(folder)).rejects.toMatchObject({
      code: "bad-question-set",
      message: expect.stringContaining("line 1"),
    });
    await expect(evaluate([{ path: await folderOf({}), optional: false }])).rejects.toMatchObject({
      code: "no-question-sets",
    });
  });
});
