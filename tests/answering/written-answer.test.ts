import { expect, it } from "vitest";
import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import type { Writer, Written, WrittenStatement } from "../../src/answering/writer.ts";
import { type AskParts, askEvents } from "../../src/ask.ts";
import { RequestError } from "../../src/errors.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { AskEvent, AskRequest } from "../../src/types.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { filesOf, folderOf, indexOf } from "../make-index.ts";

const TOOK = { inputTokens: 10, outputTokens: 5, cost: null, complete: true, elapsedMs: 1 };
const USE = { model: "test:writer", ...TOOK, withheld: [], withheldMore: 0 };
const question = "Who repairs the pier?";

/** Writes that the first `count` passages say what they say, and ends so. */
function writer(count: number, ending: Written["ending"]): Writer & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name: "test:writer",
    asked,
    async *write(question, { evidence }): AsyncGenerator<WrittenStatement, Written> {
      asked.push(question);
      for (const [at, source] of evidence.slice(0, count).entries()) {
        const quotes = [{ source, start: source.passage.start, end: source.passage.end }];
        yield { text: `It is written (${at + 1}).`, quotes, rank: at + 1, verdict: "supported", missing: [] };
      }
      return { ending, use: USE };
    },
  };
}

async function events(request: AskRequest, writer: Writer | null, changed?: string): Promise<AskEvent[]> {
  const index = await indexOf({
    pier: { title: "Pier", paragraphs: ["The harbour master repairs the pier.", "The pier is repaired in June."] },
  });
  const files = filesOf(index);
  const folder = await folderOf(changed === undefined ? files : { ...files, [Object.keys(files)[0] ?? ""]: changed });
  const parts: AskParts = {
    index,
    retriever: hybridRetriever(index, fakeEmbedder()),
    answerer: extractiveAnswerer(fakeEmbedder()),
    corpus: { folder, maxFileBytes: 10_000 },
    writer,
  };
  const all: AskEvent[] = [];
  for await (const event of askEvents(request, parts)) all.push(event);
  return all;
}

const namesOf = (all: readonly AskEvent[]) => all.map(({ type }) => type);
function answerOf(all: readonly AskEvent[]) {
  const end = all.at(-1);
  if (end?.type !== "answer-end") throw new Error("no end");
  return end.answer;
}

it("tells each written statement after its citation, and the whole at the end", async () => {
  const all = await events({ question, mode: "generative" }, writer(2, "answered"));
  expect(namesOf(all)).toEqual(["retrieval", "citation", "statement", "citation", "statement", "answer-end"]);
  const answer = answerOf(all);
  expect(answer).toMatchObject({ mode: "generative", fallback: null, answered: true });
  expect(answer.answer).toBe("It is written (1). [1] It is written (2). [2]");
  expect(answer.citations.map(({ check }) => check)).toEqual(["verified", "verified"]);
  expect(answer.trace.model).toEqual(USE);
});

it("asks no model for an extractive answer", async () => {
  const own = writer(1, "answered");
  const answer = answerOf(await events({ question }, own));
  expect(own.asked).toEqual([]);
  expect(answer).toMatchObject({ mode: "extractive", fallback: null, answered: true });
  expect(answer.trace.model).toBeUndefined();
});

it("withdraws what was written where the model fails, and gives the extractive answer", async () => {
  const fallback = { reason: "interrupted", message: "The answer broke off." } as const;
  const all = await events({ question, mode: "generative" }, writer(1, fallback));
  expect(namesOf(all).slice(0, 4)).toEqual(["retrieval", "citation", "statement", "fallback"]);
  const answer = answerOf(all);
  expect(answer).toMatchObject({ mode: "extractive", fallback, answered: true });
  expect(answer.statements.every(({ verdict }) => verdict === undefined)).toBe(true);
  expect(answer.trace.model).toEqual(USE);
});

it("falls back where nothing that was written stands", async () => {
  const answer = answerOf(await events({ question, mode: "generative" }, writer(0, "answered")));
  expect(answer.fallback?.reason).toBe("unsupported");
  expect(answer.answered).toBe(true);
});

it("gives nothing whose quote is no longer in its file", async () => {
  const answer = answerOf(await events({ question, mode: "generative" }, writer(2, "answered"), "Other text."));
  expect(answer).toMatchObject({ answered: false, statements: [] });
  expect(answer.fallback?.reason).toBe("unsupported");
});

it("refuses where the model finds no answer in the passages", async () => {
  const answer = answerOf(await events({ question, mode: "generative" }, writer(0, "silent")));
  expect(answer).toMatchObject({ mode: "generative", fallback: null, answered: false, statements: [] });
  expect(answer.refusal?.message).toContain("as far as the language model finds");
  expect(answer.refusal?.nearest.length).toBeGreaterThan(0);
});

it("counts every mention itself", async () => {
  const own = writer(1, "answered");
  const answer = answerOf(await events({ question: "every mention of the pier", mode: "generative" }, own));
  expect(answer).toMatchObject({ mode: "extractive", kind: "every-mention", answered: true });
  expect(answer.fallback?.reason).toBe("complete-list");
  expect(own.asked).toEqual([]);
});

it("asks no model about what the documents do not have", async () => {
  const own = writer(1, "answered");
  const answer = answerOf(await events({ question: "Who sang Tosca in Vienna?", mode: "generative" }, own));
  expect(answer.answered).toBe(false);
  expect(own.asked).toEqual([]);
});

it("says what to set where no model is", async () => {
  await expect(events({ question, mode: "generative" }, null)).rejects.toThrow(RequestError);
  await expect(events({ question, mode: "generative" }, null)).rejects.toThrow("PILCROW_LLM");
});
