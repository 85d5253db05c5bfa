import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../src/documents/parse.ts";
import { readSets } from "../src/evaluation/sets.ts";
import { randomNumbers } from "./paragraphs.ts";
import { evaluationFolder } from "./paths.ts";

export const PARAGRAPHS_A_FILE = 50;
/** Distinct questions of the sets. */
const QUESTIONS = 400;

export interface EvalText {
  /** The sentences of each passage of the sets. */
  readonly passages: readonly (readonly string[])[];
  readonly questions: readonly string[];
}

/** What the retrieval sets of the evaluation hold. Throws where there are none. */
export async function evalText(): Promise<EvalText> {
  const passages: string[][] = [];
  const questions = new Set<string>();
  for (const set of await readSets(evaluationFolder())) {
    if (set.type !== "retrieval") continue;
    for (const { text } of set.passages)
      passages.push(text.split(/(?<=[.?!])\s+/).map((one) => one.replace(/\s+/g, " ")));
    for (const { text, rewrite } of set.queries) questions.add(rewrite ?? text);
  }
  if (passages.length === 0) throw new Error(`there is no text in ${evaluationFolder()}`);
  const all = [...questions];
  const random = randomNumbers(7);
  return { passages, questions: Array.from({ length: QUESTIONS }, () => all[Math.floor(random() * all.length)] ?? "") };
}

/** Paragraph `number` of as many as are wanted, always the same: as long as one of the sets, of sentences of several of them. */
export function paragraphOf({ passages }: EvalText, number: number): string {
  const random = randomNumbers(number + 1);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const length = pick(passages)?.length ?? 1;
  const sentences = Array.from({ length }, () => pick(pick(passages) ?? []) ?? "");
  return sentences.join(" ").replace(/^\W+/, "").trim() || `Paragraph ${number}.`;
}

/** A file's text: a title, its date, then paragraphs. */
export function fileText(text: EvalText, file: number, paragraphs = PARAGRAPHS_A_FILE, salt = 0): string {
  const lines = Array.from({ length: paragraphs }, (_, i) =>
    paragraphOf(text, (file + salt * 1_000_003) * PARAGRAPHS_A_FILE + i),
  );
  return `Report ${file}\n\n${lines.join("\n\n")}\n`;
}

export function fileName(file: number): string {
  const year = 1950 + (file % 70);
  return `part-${file % 10}/${year}-0${1 + (file % 9)}-report-${String(file).padStart(5, "0")}.txt`;
}

/** Writes `paragraphs` paragraphs as files of 50 each. */
export async function writeCorpus(folder: string, text: EvalText, paragraphs: number): Promise<void> {
  for (let part = 0; part < 10; part++) await mkdir(join(folder, `part-${part}`), { recursive: true });
  for (let file = 0; file * PARAGRAPHS_A_FILE < paragraphs; file++)
    await writeFile(join(folder, fileName(file)), fileText(text, file));
}

/** So that whoever reads a table knows it was made of the same text. */
export async function fingerprint(path: string): Promise<string> {
  return sha256(await readFile(path)).slice(0, 8);
}
