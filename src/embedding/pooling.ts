import type { Pooling } from "../config/model.ts";
import { ModelError } from "../errors.ts";

/** One vector of the first `count` of `width` token vectors, row after row in `hidden`; the rest is padding. */
export function pooled(hidden: Float32Array, count: number, width: number, way: Pooling): Float32Array {
  const dimension = hidden.length / width;
  const token = (at: number) => hidden.subarray(at * dimension, (at + 1) * dimension);
  if (way === "cls") return token(0);
  if (way === "last") return token(Math.max(0, count - 1));
  const mean = new Float32Array(dimension);
  for (let at = 0; at < count * dimension; at++) {
    mean[at % dimension] = (mean[at % dimension] ?? 0) + (hidden[at] ?? 0) / count;
  }
  return mean;
}

/**
 * What a model's `1_Pooling/config.json` asks for; null where it names nothing. Throws ModelError `model-broken` for a
 * way that is not to be had, or for several at once.
 */
export function poolingOf(file: Readonly<Record<string, unknown>>, folder: string): Pooling | null {
  const modes = Object.keys(file).filter((key) => key.startsWith(MODE) && file[key] === true);
  const named =
    typeof file.pooling_mode === "string" ? [file.pooling_mode] : modes.map((key) => key.slice(MODE.length));
  if (named.length === 0) return null;
  const pooling = named.length === 1 ? NAMES[named[0] ?? ""] : undefined;
  if (pooling !== undefined) return pooling;
  throw new ModelError(
    "model-broken",
    `The model in ${folder} cannot be used: it asks for the pooling ${named.join(" with ")}, which Pilcrow does not have`,
    "Name another with PILCROW_MODEL_POOLING (mean, cls or last), or use another model.",
  );
}

const MODE = "pooling_mode_";
const NAMES: Readonly<Record<string, Pooling>> = {
  mean_tokens: "mean",
  mean: "mean",
  cls_token: "cls",
  cls: "cls",
  lasttoken: "last",
};
