import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { parseSettings } from "../../src/config.ts";
import { createPilcrow, type Pilcrow } from "../../src/pilcrow.ts";
import type { Answer } from "../../src/types.ts";

/** The bundled model and the index on disk, over the documents of a question set. */
const root = fileURLToPath(new URL("../..", import.meta.url));

async function pilcrowOver(corpus: string): Promise<Pilcrow> {
  const index = await mkdtemp(join(tmpdir(), "pilcrow-kinds-"));
  onTestFinished(() => rm(index, { recursive: true, force: true }));
  const pilcrow = createPilcrow(parseSettings({ corpus, index }, {}, root, root));
  for await (const event of pilcrow.index()) expect(event.type).not.toBe("file-failed");
  return pilcrow;
}

const Question = z.object({ kind: z.string(), question: z.string(), count: z.number().optional() });

const plain = (text: string) => text.replace(/\s+/g, " ");

/** Groups name every statement, statements every citation, and the text says them all in order. */
function expectWhole({ answer, statements, citations, groups }: Answer): void {
  expect(new Set(groups?.flatMap((group) => group.statements))).toEqual(new Set(statements.keys()));
  expect(citations.map(({ marker }) => marker)).toEqual(citations.map((_, i) => i + 1));
  expect(citations.every(({ check }) => check === "verified")).toBe(true);
  for (const { text, citations: markers } of statements) {
    expect(answer).toContain(`${text} ${markers.map((marker) => `[${marker}]`).join("")}`);
  }
}

it.each(["communiques", "council-minutes", "letters", "manuals", "reports"])(
  "every mention in %s is complete",
  { timeout: 30_000 },
  async (set) => {
    const folder = join(root, "tests/eval", set);
    const pilcrow = await pilcrowOver(set === "communiques" ? join(root, "corpus") : join(folder, "corpus"));
    const lines = (await readFile(join(folder, "questions.jsonl"), "utf8")).trim().split("\n");
    const asked = lines.map((line) => Question.parse(JSON.parse(line))).filter(({ count }) => count !== undefined);
    expect(asked.length).toBeGreaterThan(0);
    for (const { question, count } of asked) {
      // The limit is of what is retrieved; every mention is every mention.
      const answer = await pilcrow.ask({ question, limit: 1 });
      expect(answer).toMatchObject({ kind: "every-mention", answered: true });
      expect(answer.groups?.reduce((sum, group) => sum + (group.count ?? 0), 0)).toBe(count);
      expect(answer.answer).toMatch(new RegExp(`^${count} mentions in ${answer.groups?.length} documents\\. `));
      expectWhole(answer);
    }
  },
);

it("the example is compared by year, by person and by document", { timeout: 30_000 }, async () => {
  const pilcrow = await pilcrowOver(join(root, "corpus"));
  const change = await pilcrow.ask({
    question: "How did the US commitment to defend Korea change between 1996, 2010 and 2017?",
  });
  expect(change).toMatchObject({ kind: "comparison", answered: true });
  expect(change.groups?.map(({ title, message }) => [title, message === null])).toEqual([
    ["1996", true],
    ["2010", false],
    ["2017", true],
  ]);
  expect(plain(change.answer)).toContain("nuclear umbrella");
  expect(plain(change.answer)).toContain("extended deterrence");
  expectWhole(change);

  const people = await pilcrow.ask({ question: "What did Kerry and Tillerson each say about North Korea?" });
  expect(people.groups?.map(({ title }) => title)).toEqual(["Kerry", "Tillerson"]);
  expect(people.citations.map(({ date }) => date?.slice(0, 4))).toEqual(expect.arrayContaining(["2013", "2017"]));
  expectWhole(people);
});

it("what is mentioned nowhere is refused, with the nearest passages", { timeout: 30_000 }, async () => {
  const pilcrow = await pilcrowOver(join(root, "corpus"));
  const answer = await pilcrow.ask({ question: 'Find "nuclear winter"' });
  expect(answer).toMatchObject({
    kind: "every-mention",
    answered: false,
    groups: null,
    refusal: { reason: "missing-terms", missingTerms: ["winter"] },
  });
  expect(answer.answer).toBe("The documents do not say. “nuclear winter” stands in no paragraph of the documents.");
  expect(answer.refusal?.nearest.length).toBeGreaterThan(0);
});
