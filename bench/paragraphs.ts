import { readdirSync, readFileSync } from "node:fs";
import { readSets } from "../src/evaluation/sets.ts";
import { evaluationFolder } from "./paths.ts";

const corpus = new URL("../corpus/", import.meta.url);

/** `count` paragraphs of 40 to 200 words, put together from the words of the example corpus, always the same. */
export function paragraphs(count: number): string[] {
  const files = readdirSync(corpus).filter((name) => name.endsWith(".txt"));
  const words = files.flatMap((name) => readFileSync(new URL(name, corpus), "utf8").split(/\s+/));
  const random = randomNumbers(1);
  return Array.from({ length: count }, () => {
    const length = 40 + Math.floor(random() * 160);
    const sentences = Array.from({ length: Math.ceil(length / 20) }, () => {
      const start = Math.floor(random() * (words.length - 20));
      return words.slice(start, start + 20).join(" ");
    });
    return sentences.join(" ");
  });
}

/** At most so many of the passages of the question sets, each once, always the same; none where there are no sets. */
export async function differentParagraphs(most: number): Promise<string[]> {
  const sets = await readSets(evaluationFolder()).catch(() => []);
  const all = sets.flatMap((set) => (set.type === "retrieval" ? set.passages.map(({ text }) => text) : []));
  const random = randomNumbers(3);
  const keyed = [...new Set(all)].map((text) => ({ text, key: random() })).sort((a, b) => a.key - b.key);
  return keyed.slice(0, most).map(({ text }) => text);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
