import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

export const BUNDLED = fileURLToPath(new URL("models/pilcrow-static", root));

/** A transformer kept beside the project where it is developed; null elsewhere, and its tests say that they are skipped. */
export const MINILM = ((folder) => (existsSync(folder) ? folder : null))(
  fileURLToPath(new URL("../shared/models/Xenova/all-MiniLM-L6-v2", root)),
);

export function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return Number.NaN;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
