import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { paragraphs } from "./paragraphs.ts";
import { printTable } from "./table.ts";

const folders = ["../models/pilcrow-static", "../../shared/models/Xenova/all-MiniLM-L6-v2"];

/** Paragraphs a second, and how long a model takes to load; the baseline is the transformer it was distilled from. */
export async function benchEmbed(): Promise<void> {
  const measured = [];
  for (const folder of folders.map((path) => fileURLToPath(new URL(path, import.meta.url)))) {
    if (!existsSync(folder)) continue;
    const started = performance.now();
    const embedder = await loadEmbedder(folder);
    const loadMs = performance.now() - started;
    const texts = paragraphs(measured.length === 0 ? 3_000 : 100);
    await embedder.embed(texts.slice(0, 20), "passage");
    const start = performance.now();
    for (let i = 0; i < texts.length; i += embedder.batchSize) {
      await embedder.embed(texts.slice(i, i + embedder.batchSize), "passage");
    }
    const aSecond = (texts.length / (performance.now() - start)) * 1000;
    measured.push({ id: embedder.id, count: texts.length, loadMs, aSecond });
  }
  const baseline = measured.at(-1);
  printTable(
    `embed: ${cpus().length} cores`,
    ["model", "paragraphs", "load ms", "paragraphs/s", `of ${baseline?.id}`],
    measured.map(({ id, count, loadMs, aSecond }) => [
      id,
      count,
      loadMs.toFixed(0),
      aSecond.toFixed(0),
      `${(aSecond / (baseline?.aSecond ?? aSecond)).toFixed(1)} x`,
    ]),
  );
}
