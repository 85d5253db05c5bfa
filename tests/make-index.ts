import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Embedder } from "../src/embedding/embedder.ts";
import { indexInMemory } from "../src/evaluation/retrieval.ts";
import type { SearchableIndex } from "../src/retrieval/searchable.ts";
import type { Document, IndexedDocument, Person } from "../src/types.ts";
import { fakeEmbedder } from "./fake-embedder.ts";

export interface Sketch {
  readonly title: string;
  readonly date?: string;
  readonly people?: readonly Person[];
  readonly paragraphs: readonly string[];
}

/** A document of these paragraphs, a blank line between them. */
export function documentOf(id: string, { title, date, people = [], paragraphs }: Sketch): IndexedDocument {
  const text = paragraphs.join("\n\n");
  const document: Document = {
    documentId: id,
    path: `${id}.txt`,
    title,
    date: date ?? null,
    source: null,
    mediaType: "text/plain",
    encoding: "utf-8",
    hash: createHash("sha256").update(text).digest("hex"),
    text,
    people,
  };
  let start = 0;
  const passages = paragraphs.map((paragraph, i) => {
    const at = start;
    start += paragraph.length + 2;
    const passage = { passageId: `${id}#p${i + 1}`, documentId: id, label: `¶${i + 1}`, start: at };
    return { ...passage, end: at + paragraph.length, text: paragraph };
  });
  return { document, passages };
}

/** These documents, indexed in memory. */
export async function indexOf(
  sketches: Readonly<Record<string, Sketch>>,
  embedder: Embedder = fakeEmbedder(),
): Promise<SearchableIndex> {
  const documents = Object.entries(sketches).map(([id, sketch]) => documentOf(id, sketch));
  return indexInMemory(documents, embedder);
}

/** A folder with these files, removed when the test ends. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pilcrow-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** The files that `indexOf` made up, as a folder, so that quotes can be checked. */
export function filesOf(index: SearchableIndex): Record<string, string> {
  return Object.fromEntries(index.documents.map(({ document }) => [document.path, document.text]));
}
