import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseSettings } from "../../src/config.ts";
import { runEvaluation } from "../../src/evaluation/run.ts";
import { readSets } from "../../src/evaluation/sets.ts";
import { folderOf } from "../make-index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const BEIR = {
  "small/corpus.jsonl": `${JSON.stringify({ _id: "a", title: "Ferries", text: "The ferry sails at noon." })}
${JSON.stringify({ _id: "b", title: "Bread", text: "Bread is baked at dawn." })}`,
  "small/queries.jsonl": JSON.stringify({ _id: "q", text: "when does the ferry sail?" }),
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

async function evaluate(folders: readonly { path: string; optional: boolean }[], json: boolean) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runEvaluation(
    { folders, exampleCorpus: root, settings: parseSettings({}, {}, root, root), json },
    { stdout: { write: (text) => void out.push(text) }, stderr: { write: (text) => void err.push(text) } },
  );
  return { code, out: out.join(""), err: err.join("") };
}

describe("runEvaluation", () => {
  it("counts what was found, cited, answered and refused", async () => {
    const folder = await folderOf({ ...BEIR, ...QUESTIONS });
    const { code, out } = await evaluate([{ path: folder, optional: false }], true);
    expect(code).toBe(0);
    const figures = z
      .object({
        retrieval: z.array(z.object({ method: z.string(), r1: z.number(), ndcg10: z.number() })),
        questions: z.array(
          z.object({
            hit1: z.number(),
            cited: z.number(),
            words: z.number(),
            rightlyRefused: z.number(),
            wronglyRefused: z.number(),
          }),
        ),
      })
      .parse(JSON.parse(out));
    expect(figures.retrieval.map(({ method, r1, ndcg10 }) => [method, r1, ndcg10])).toEqual([
      ["lexical", 1, 1],
      ["dense", 1, 1],
      ["hybrid", 1, 1],
    ]);
    expect(figures.questions).toEqual([{ hit1: 1, cited: 1, words: 1, rightlyRefused: 1, wronglyRefused: 0 }]);
  });

  it("prints a table, and says which folder it skipped", async () => {
    const folder = await folderOf(QUESTIONS);
    const { out, err } = await evaluate(
      [
        { path: `${folder}/nowhere`, optional: true },
        { path: folder, optional: false },
      ],
      false,
    );
    expect(out).toMatch(/\| own +\| +1 \|/);
    expect(err).toContain(`skipped: there is no folder ${folder}/nowhere`);
  });

  it("names the line of a set that is not as expected", async () => {
    const folder = await folderOf({ "own/questions.jsonl": '{"id":"1"}' });
    await expect(readSets(folder)).rejects.toMatchObject({
      code: "bad-question-set",
      message: expect.stringContaining("line 1"),
    });
    await expect(evaluate([{ path: await folderOf({}), optional: false }], false)).rejects.toMatchObject({
      code: "no-question-sets",
    });
  });
});
