import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RetrievalSet } from "./sets.ts";

/** Writes the passages of a set as documents into a new folder: those of one title are the paragraphs of one text. */
export async function writeArticles(passages: RetrievalSet["passages"], folder: string): Promise<void> {
  const articles = new Map<string, string[]>();
  for (const { title, text } of passages) articles.set(title, [...(articles.get(title) ?? []), text]);
  await mkdir(folder, { recursive: true });
  const documents: { path: string; title: string }[] = [];
  for (const [title, paragraphs] of articles) {
    const path = `article-${documents.length + 1}.txt`;
    documents.push({ path, title: title.trim() || path });
    await writeFile(join(folder, path), `${paragraphs.join("\n\n")}\n`);
  }
  await writeFile(join(folder, "documents.json"), JSON.stringify({ documents }));
}
