import { beforeAll, describe, expect, it } from "vitest";
import { judge, leastScore } from "../../src/answering/refusal.ts";
import { readQuestion } from "../../src/retrieval/reading.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { Scope } from "../../src/retrieval/scope.ts";
import type { SearchableIndex } from "../../src/retrieval/searchable.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

let index: SearchableIndex;
beforeAll(async () => {
  index = await indexOf({
    spring: {
      title: "Harbour board, spring",
      date: "2004-03-01",
      paragraphs: [
        "Harbour Master Aldana reported that the ferry broke down twice. The US consul thanked Aldana.",
        "The library opened.",
      ],
    },
    autumn: {
      title: "Harbour board, autumn",
      date: "2005-10-02",
      paragraphs: ["Engineer Brandt mended the crane. He thanked Brandt."],
    },
  });
});

interface Options {
  readonly of?: SearchableIndex;
  readonly filters?: Scope;
  readonly nearest?: number;
}

async function judged(question: string, { of = index, filters = {}, nearest = -1 }: Options = {}) {
  const reading = readQuestion(question, of);
  const scope = { ...filters, period: reading.period };
  const evidence = await hybridRetriever(of, fakeEmbedder()).retrieve(question, 5, scope);
  return judge(reading, evidence, of, scope, async () => nearest);
}

describe("a question that the documents are about", () => {
  it.each([
    "What did Aldana report about the ferry in 2004?",
    "What happened on 2 October 2005?",
    "What did Aldana report before 2005?",
  ])("passes: %s", async (question) => expect(await judged(question)).toBeNull());
});

describe("a period", () => {
  it("without documents is refused with the periods there are", async () => {
    expect(await judged("What did the board decide in 1998?")).toEqual({
      reason: "no-document-in-period",
      message:
        "The documents do not say. No document is of “1998”, and none mentions that time; there are documents of 2004 and 2005.",
      missingTerms: [],
    });
  });

  it("that is only mentioned, without an answer, is refused in the same way", async () => {
    const of = await indexOf({
      log: { title: "Log", date: "2004-03-01", paragraphs: ["The gate was built in 1954.", "The bread was late."] },
    });
    expect((await judged("Which marzipan did they sell in 1954?", { of }))?.message).toBe(
      "The documents do not say. No document is of “1954”, and what others say of that time does not answer; there are documents of 1 March 2004.",
    );
  });

  it("that the filters rule out is said to be so", async () => {
    const filtered = await judged("What did Aldana report in 2004?", { filters: { documents: ["autumn"] } });
    expect(filtered?.message).toBe(
      "The documents do not say. None of the documents asked for is of “2004”, and none mentions that time; they are of 2 October 2005.",
    );
  });
});

it("says where a word stands that the period lacks", async () => {
  const of = await indexOf({
    first: { title: "Minutes", date: "2004-03-01", paragraphs: ["The dredger needs paint."] },
    last: { title: "Minutes", date: "2006-03-01", paragraphs: ["The bread was late.", "Nobody came."] },
  });
  expect(await judged("What did the latest minutes say about a dredger?", { of })).toEqual({
    reason: "missing-terms",
    message:
      "The documents do not say. The one document of that time (“the latest minutes”) does not mention dredger; dredger appears in 1 document, of 1 March 2004.",
    missingTerms: ["dredger"],
  });
});

describe("a name", () => {
  it("that stands nowhere is named", async () => {
    expect(await judged("What did Castellan say about the ferry?")).toEqual({
      reason: "missing-terms",
      message: "The documents do not say. “Castellan” stands in none of the documents.",
      missingTerms: ["Castellan"],
    });
  });

  it.each(["What did Brandt mend in 2004?", "what did brandt mend in 2004?"])(
    "that the period does not have is said to be elsewhere: %s",
    async (question) => {
      const finding = await judged(question);
      expect(finding?.reason).toBe("missing-terms");
      expect(finding?.message).toMatch(
        /^The documents do not say\. The one document from 2004 does not mention brandt; brandt appears in 1 document, of 2 October 2005\.$/i,
      );
    },
  );

  it("of which the documents have another form does not stand in the way", async () => {
    expect(await judged("What did the USA consul do about Aldana?", { nearest: 0.6 })).toBeNull();
    expect(await judged("What did the USA consul do about Aldana?", { nearest: 0.3 })).toMatchObject({
      missingTerms: ["USA"],
    });
  });

  it("that is never in one document with another is refused", async () => {
    for (const question of [
      "What did Brandt say about Aldana?",
      "What did Brandt discuss with Aldana?",
      "Did Brandt talk to Aldana?",
    ]) {
      const finding = await judged(question);
      expect(finding?.reason).toBe("no-evidence");
      expect(finding?.message).toContain("no document has both");
    }
  });

  it("is said to be together elsewhere, where the period or the caller rules that out", async () => {
    const of = await indexOf({
      a: { title: "A", date: "1990-01-01", paragraphs: ["Corvin mended the gate of the yard."] },
      b: { title: "B", date: "1990-05-01", paragraphs: ["The gate was painted for Betony."] },
      c: { title: "C", date: "2000-01-01", paragraphs: ["Corvin met Betony at the gate."] },
    });
    expect((await judged("What did Corvin say to Betony in 1990?", { of }))?.message).toBe(
      "The documents do not say. Of the documents of that time (“1990”), “Corvin” is in 1 document, of 1 January 1990, “Betony” in 1 document, of 1 May 1990; none has both; elsewhere both are in 1 document, of 1 January 2000.",
    );
    expect((await judged("What did Corvin paint?", { of, filters: { documents: ["b"] } }))?.message).toContain(
      "The document asked for does not mention Corvin; Corvin appears in 2 documents, of 1990 to 2000.",
    );
  });

  it("may be asked for side by side with another", async () => {
    expect(await judged("What did Aldana and Brandt report about the ferry and the crane?")).toBeNull();
    expect(await judged("What of Aldana, Brandt and the ferry?")).toBeNull();
  });
});

describe("weak evidence", () => {
  it("is refused with the words that were not found", async () => {
    expect(await judged("how do I reset a password?")).toEqual({
      reason: "missing-terms",
      message: "The documents do not say. “reset” and “password” stand in none of the documents.",
      missingTerms: ["reset", "password"],
    });
  });

  it("is refused when the decisive word stands nowhere, however well the rest is matched", async () => {
    const finding = await judged("the marzipan of the library");
    expect(finding).toMatchObject({ reason: "missing-terms", missingTerms: ["marzipan"] });
  });

  it("is not said to stand nowhere where an irregular form of it stands", async () => {
    const of = await indexOf({
      a: {
        title: "Letter",
        date: "1990-01-01",
        paragraphs: ["We ate nothing but biscuits.", "I wrote from the deck."],
      },
      b: { title: "Diary", date: "2000-01-01", paragraphs: ["The rain went on."] },
    });
    for (const question of ["What did we eat on the voyage?", "What did he write on the voyage?"])
      expect((await judged(question, { of }))?.missingTerms ?? []).not.toContain(/eat|write/.exec(question)?.[0]);
    expect((await judged("Which zebras did they eat in 1990?", { of }))?.message).not.toContain("“eat”");
  });

  it("of a question without a word to look for, or an index without passages, is said to be that", async () => {
    expect(await judged("what about it?")).toMatchObject({ reason: "no-evidence" });
    expect(await judged("ferry?", { of: await indexOf({}) })).toMatchObject({ reason: "empty-index" });
  });

  it("must be better the more passages there are", () => {
    expect(leastScore(5)).toBe(leastScore(50));
    expect(leastScore(10_000)).toBeGreaterThan(leastScore(1_000));
    expect(leastScore(10_000)).toBeLessThan(0.5);
  });
});
