import { cpus } from "node:os";
import { LocalIndex, ProtobufCodec, VirtualFileStorage } from "vectra";
import { nearest } from "../src/store/packed.ts";
import { randomNumbers } from "./paragraphs.ts";
import { medianMs, printTable } from "./table.ts";

const DIMENSION = 256;
const LIMIT = 20;
const QUERIES = 15;

/** The nearest 20 of so many passages: our exact search, vectra's own query, and scoring and sorting every array. */
export async function benchSearch(): Promise<void> {
  const rows = [];
  for (const count of [1_000, 10_000, 30_000]) {
    const random = randomNumbers(count);
    const vectors = unitRows(count, random);
    const arrays = Array.from({ length: count }, (_, i) => [...vectors.subarray(i * DIMENSION, (i + 1) * DIMENSION)]);
    const index = await vectraIndex(arrays);
    const queries = Array.from({ length: QUERIES + 1 }, () => unitRows(1, random));
    const query = (i: number) => queries[i] ?? new Float32Array(DIMENSION);
    const packed = await medianMs(QUERIES, (i) => nearest(vectors, query(i), LIMIT));
    const vectra = await medianMs(QUERIES, (i) => index.queryItems([...query(i)], "", LIMIT));
    const plain = await medianMs(QUERIES, (i) => scan(arrays, query(i)));
    rows.push([
      count.toLocaleString("en"),
      packed.toFixed(2),
      vectra.toFixed(2),
      plain.toFixed(2),
      `${(vectra / packed).toFixed(1)} x`,
      `${(plain / packed).toFixed(1)} x`,
    ]);
  }
  printTable(
    `search: nearest ${LIMIT} of N, ${DIMENSION} dimensions, median ms a query, ${cpus().length} cores`,
    ["passages", "packed", "vectra", "plain scan", "vectra/packed", "scan/packed"],
    rows,
  );
}

function unitRows(count: number, random: () => number): Float32Array {
  const vectors = Float32Array.from({ length: count * DIMENSION }, () => random() - 0.5);
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * DIMENSION, (row + 1) * DIMENSION);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vector.forEach((value, i) => {
      vector[i] = value / length;
    });
  }
  return vectors;
}

async function vectraIndex(arrays: readonly number[][]): Promise<LocalIndex> {
  const storage = new VirtualFileStorage();
  const codec = new ProtobufCodec();
  const items = arrays.map((vector, i) => ({ id: String(i), metadata: {}, vector, norm: 1 }));
  await storage.createFolder("bench");
  await storage.upsertFile("bench/index.pb", codec.serializeIndex({ version: 1, metadata_config: {}, items }));
  return new LocalIndex("bench", undefined, storage, codec);
}

function scan(arrays: readonly number[][], query: Float32Array): { readonly i: number; readonly score: number }[] {
  return arrays
    .map((vector, i) => ({ i, score: vector.reduce((sum, value, k) => sum + value * (query[k] ?? 0), 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, LIMIT);
}
