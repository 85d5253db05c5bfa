import { mkdtemp, readdir, rm, stat, unlink } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { IndexContent } from "../src/store/vector-store.ts";
import { vectraStore } from "../src/store/vectra.ts";
import { paragraphs, randomNumbers } from "./paragraphs.ts";
import { medianMs, printTable } from "./table.ts";

const DIMENSION = 256;
const PASSAGES_A_DOCUMENT = 20;

/** How long an index takes to be committed and opened; the baseline is opening it from vectra's record alone. */
export async function benchStore(): Promise<void> {
  const rows = [];
  for (const count of [1_000, 10_000, 30_000]) {
    const folder = await mkdtemp(join(tmpdir(), "pilcrow-bench-"));
    try {
      const store = vectraStore(folder);
      const content = contentOf(count);
      const commit = await medianMs(2, () => store.exclusively((write) => write(content)));
      const open = await medianMs(4, () => store.open());
      const generation = join(folder, `generation-${await store.generation()}`);
      const fromRecord = await medianMs(2, async () => {
        await unlink(join(generation, "vectors.f32"));
        await store.open();
      });
      const bytes = await sizeOf(generation);
      rows.push([
        count.toLocaleString("en"),
        (bytes / 1e6).toFixed(1),
        commit.toFixed(0),
        open.toFixed(0),
        fromRecord.toFixed(0),
        `${(fromRecord / open).toFixed(1)} x`,
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  printTable(
    `store: ${DIMENSION} dimensions, median ms, ${cpus().length} cores`,
    ["passages", "MB", "commit", "open", "open from record", "record/open"],
    rows,
  );
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function contentOf(count: number): IndexContent {
  const random = randomNumbers(count);
  const texts = paragraphs(count);
  const documents = Array.from({ length: count / PASSAGES_A_DOCUMENT }, (_, i) => {
    const documentId = `document-${i}`;
    let end = -1;
    const own = texts.slice(i * PASSAGES_A_DOCUMENT, (i + 1) * PASSAGES_A_DOCUMENT);
    const passages = own.map((text, k) => {
      const start = end + 1;
      end = start + text.length;
      return { passageId: `${documentId}#p${k + 1}`, documentId, label: `¶${k + 1}`, start, end, text };
    });
    const document = {
      documentId,
      path: `${documentId}.txt`,
      title: documentId,
      date: null,
      source: null,
      mediaType: "text/plain",
      encoding: "utf-8",
      hash: "0".repeat(64),
      text: own.join("\n"),
      people: [],
    };
    return { document, passages };
  });
  return {
    embedder: { id: "bench", dimension: DIMENSION, hash: "0" },
    rules: "bench",
    documents,
    vectors: Float32Array.from({ length: count * DIMENSION }, () => random() - 0.5),
    postings: new Uint8Array(count * 150),
    failures: [],
  };
}
