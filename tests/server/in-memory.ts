import { extractiveAnswerer } from "../../src/answering/extractive.ts";
import type { Writer, Written, WrittenStatement } from "../../src/answering/writer.ts";
import { type AskParts, ask, askEvents } from "../../src/ask.ts";
import type { Pilcrow } from "../../src/pilcrow.ts";
import { hybridRetriever } from "../../src/retrieval/retriever.ts";
import type { ModelUse } from "../../src/types.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { filesOf, folderOf, indexOf, type Sketch } from "../make-index.ts";

/** The base, but that it asks these documents, indexed in memory, with this writer. */
export async function inMemory(
  base: Pilcrow,
  sketches: Readonly<Record<string, Sketch>>,
  writer: Writer | null,
): Promise<Pilcrow> {
  const index = await indexOf(sketches);
  const parts: AskParts = {
    index,
    retriever: hybridRetriever(index, fakeEmbedder()),
    answerer: extractiveAnswerer(fakeEmbedder()),
    corpus: { folder: await folderOf(filesOf(index)), maxFileBytes: 10_000 },
    writer,
  };
  return {
    ...base,
    modes: writer === null ? ["extractive"] : ["extractive", "generative"],
    ask: (request, { signal } = {}) => ask(request, parts, signal),
    askEvents: (request, { signal } = {}) => askEvents(request, parts, signal),
  };
}

const USE: ModelUse = {
  model: "test:writer",
  inputTokens: 10,
  outputTokens: 5,
  cost: 0.2,
  complete: true,
  elapsedMs: 1,
  withheldMore: 0,
  withheld: [{ text: "The pier is made of gold.", verdict: "unsupported", missing: ["gold"] }],
};

type Sentence = Pick<WrittenStatement, "text" | "verdict" | "missing">;

/** A writer of these sentences, each resting on the first passage, that ends so. */
export function writerOf(sentences: readonly Sentence[], ending: Written["ending"] = "answered"): Writer {
  return {
    name: USE.model,
    async *write(_question, { evidence }): AsyncGenerator<WrittenStatement, Written> {
      const [source] = evidence;
      if (source !== undefined) {
        const quotes = [{ source, start: source.passage.start, end: source.passage.end }];
        for (const [at, sentence] of sentences.entries()) yield { ...sentence, quotes, rank: at + 1 };
      }
      return { ending, use: USE };
    },
  };
}
