import { readdir } from "node:fs/promises";
import { lexicalCodec } from "../../src/retrieval/lexical-codec.ts";
import { vectraStore } from "../../src/store/vectra.ts";
import { contentOf } from "./content.ts";
import { temporaryPath } from "./temporary.ts";

const words = ["armed", "attack", "umbrella", "forces", "Korea", "talks", "treaty", "missile", "Seoul", "pledge"];
export const texts = Array.from({ length: 8 }, (_, i) =>
  words.map((word, k) => `${word} ${words[(k * (i + 1) + i) % 10]} ${words[(k + i * 3) % 10]} ${i}${k}`).join("\n"),
);

export const segmentsIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith("segment-")).sort();

/** An index of these texts in files, of one segment. */
export async function indexed() {
  const folder = await temporaryPath();
  const store = vectraStore(folder, lexicalCodec);
  const content = await contentOf(texts);
  await store.exclusively(({ commit }) => commit(content));
  const [segment = ""] = await segmentsIn(folder);
  return { folder, store, content, segment };
}
