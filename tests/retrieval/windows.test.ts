import { describe, expect, it } from "vitest";
import { dot } from "../../src/dot.ts";
import { windowGains } from "../../src/retrieval/windows.ts";
import { fakeEmbedder } from "../fake-embedder.ts";
import { indexOf } from "../make-index.ts";

describe("windowGains", () => {
  const LONG = `${"The council met and spoke of many things. ".repeat(8)}The ferry broke down.`;
  const vectorsOf = fakeEmbedder();
  const withWindows = {
    ...vectorsOf,
    bestWindows: async (question: Float32Array, texts: readonly (readonly string[])[], step: number) => {
      const best: number[] = [];
      for (const words of texts) {
        const windows = words.flatMap((_, at) => (at % step === 0 ? words.slice(at, at + 2 * step).join(" ") : []));
        const vectors = await vectorsOf.embed(windows, "passage");
        best.push(Math.max(...vectors.map((vector) => dot(vector, question))));
      }
      return best;
    },
  };

  it("gives a long paragraph what its best window is nearer than the whole", async () => {
    const index = await indexOf({ notes: { title: "Notes", paragraphs: [LONG, "The ferry broke down."] } });
    const [question = new Float32Array()] = await vectorsOf.embed(["ferry broke down"], "query");
    const cosines = index.snapshot.similarities(question, [0, 1]);
    const passages = index.passages.map((passage, i) => ({ passage, cosine: cosines[i] ?? 0 }));
    const [long = 0, short = 1] = await windowGains(question, passages, withWindows);
    expect(long).toBeGreaterThan(0.15);
    expect(short).toBeLessThan(long);
    expect(await windowGains(question, passages, vectorsOf)).toEqual([0, 0]);
  });
});
