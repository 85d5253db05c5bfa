import { readdirSync, readFileSync } from "node:fs";

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
