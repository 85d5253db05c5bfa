import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSettings } from "../src/config.ts";
import { createPilcrow, type Pilcrow } from "../src/pilcrow.ts";
import { answerSchema } from "../src/schemas/answers.ts";
import type { Answer } from "../src/types.ts";

/** The bundled model, the index on disk and the five documents: what a user gets. */
const root = fileURLToPath(new URL("..", import.meta.url));
let pilcrow: Pilcrow;
let index: string;

beforeAll(async () => {
  index = await mkdtemp(join(tmpdir(), "pilcrow-examples-"));
  pilcrow = createPilcrow(parseSettings({ index }, {}, root, root));
  for await (const event of pilcrow.index()) expect(event.type).not.toBe("file-failed");
});
afterAll(() => rm(index, { recursive: true, force: true }));

const plain = (text: string) => text.replace(/\s+/g, " ");

async function asked(question: string): Promise<Answer> {
  const answer = await pilcrow.ask({ question });
  for (const citation of answer.citations) {
    expect(citation.check).toBe("verified");
    const { text } = await pilcrow.document(citation.documentId);
    expect(text.slice(citation.start, citation.end)).toBe(citation.quote);
  }
  return answer;
}

describe("what the documents answer", () => {
  it.each<[question: string, words: readonly string[], year: string, label: string]>([
    ["what did Perry commit to in 1996?", ["prompt and effective assistance", "nuclear umbrella"], "1996", "¶6"],
    [
      "What did the Secretary pledge in 2019?",
      ["pledged to continue close communication and cooperation"],
      "2019",
      "¶2",
    ],
    ["Who represented the United States in the November 7 talks in Seoul?", ["R. Nicholas Burns"], "2006", "¶2"],
    ["What did the two sides say about THAAD?", ["agreed to deploy the system as planned"], "2017", "¶3"],
    ["What happened on September 27, 2013?", ["John Kerry on September 27"], "2013", "¶1"],
    ["What did Minister Yun praise about Syria?", ["September 14"], "2013", "¶3"],
    ["When was the 44th Military Committee Meeting held?", ["November 14, 2019"], "2019", "¶1"],
  ])("%s", async (question, words, year, label) => {
    const answer = await asked(question);
    expect(answer.answered).toBe(true);
    for (const part of words) expect(plain(answer.answer)).toContain(part);
    expect(answer.citations.map((citation) => `${citation.date?.slice(0, 4)} ${citation.label}`)).toContain(
      `${year} ${label}`,
    );
    expect(answer.statements.length).toBeLessThanOrEqual(3);
  });
});

describe("what they do not", () => {
  it("says that Tillerson is in no document of 1996, and where he is", async () => {
    const { answered, refusal } = await asked("What did Tillerson commit to in 1996?");
    expect(answered).toBe(false);
    expect(refusal).toMatchObject({
      reason: "missing-terms",
      missingTerms: ["Tillerson"],
      period: { from: "1996", to: "1996" },
    });
    expect(refusal?.message).toContain("7 February 2017");
    expect(refusal?.nearest.length).toBeGreaterThan(0);
  });

  it.each([
    ["How do I reset my password?", "missing-terms"],
    ["What did Perry say about THAAD?", "no-evidence"],
    ["What did the joint communiqué of 2008 say?", "no-document-in-period"],
    ["What did the leaders agree about semiconductor export controls?", "missing-terms"],
  ])("%s", async (question, reason) => {
    const answer = await asked(question);
    expect(answer).toMatchObject({ answered: false, statements: [], citations: [], refusal: { reason } });
    expect(answer.answer).toBe(answer.refusal?.message);
  });
});

describe("the shape of an answer", () => {
  it.each(["what did Perry commit to in 1996?", "Who won the 1998 World Cup?"])(
    "is the contract's: %s",
    async (question) => {
      const answer = answerSchema.parse(await asked(question));
      const markers = answer.citations.map((citation) => citation.marker);
      expect(markers).toEqual(markers.map((_, i) => i + 1));
      for (const statement of answer.statements) {
        for (const marker of statement.citations) expect(answer.answer).toContain(`${statement.text} [${marker}]`);
      }
      for (const { score, dense, lexical, wording, period, people } of answer.trace.passages) {
        expect(score).toBeCloseTo(dense + lexical + wording + period + people, 6);
      }
    },
  );
});
