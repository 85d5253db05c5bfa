import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DTYPES, type Dtype } from "../config/model.ts";
import { ModelError } from "../errors.ts";
import { missing, unreadable } from "./model-errors.ts";

const FILE_SUFFIX: Readonly<Record<Dtype, string>> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
};

/** The weights' path in the model's folder. */
export function weightsFile(dtype: Dtype): string {
  return `onnx/model${FILE_SUFFIX[dtype]}.onnx`;
}

/** The weights that a folder has. */
export async function dtypesIn(folder: string): Promise<Dtype[]> {
  const names: readonly string[] = await readdir(join(folder, "onnx")).catch(() => []);
  return DTYPES.filter((dtype) => names.includes(basename(weightsFile(dtype))));
}

/** Which weights are wanted: `dtype`, else the first of `prefer` that is there, else those of most digits. */
export interface WantedWeights {
  readonly dtype?: Dtype | undefined;
  readonly prefer?: readonly Dtype[];
}

/** The wanted of those that are there. Throws ModelError `model-missing`, naming them. */
export function chooseDtype(folder: string, there: readonly Dtype[], { dtype, prefer = DTYPES }: WantedWeights): Dtype {
  const chosen =
    dtype === undefined ? prefer.find((each) => there.includes(each)) : there.find((each) => each === dtype);
  if (chosen !== undefined) return chosen;
  if (there.length === 0) throw missing(folder, dtype === undefined ? "onnx/model.onnx" : weightsFile(dtype));
  throw new ModelError(
    "model-missing",
    `The model folder ${folder} has no ${dtype} weights (${weightsFile(dtype ?? "fp32")}); those there are: ${there.join(", ")}`,
    "Choose one of them with PILCROW_MODEL_DTYPE, or unset it.",
  );
}

/**
 * SHA-256, in hex, of the weights and the others. Each file's length goes in before its bytes, so that moving a byte from one file to the next changes the hash. Weights
 * may be larger than a buffer can be, and may be in several files (`model.onnx_data`).
 */
export async function hashOf(folder: string, weights: string, others: readonly Buffer[]): Promise<string> {
  const hash = createHash("sha256");
  try {
    const names = await readdir(join(folder, "onnx"));
    const parts = names.filter((name) => name.startsWith(`${basename(weights)}_data`)).sort();
    for (const name of [weights, ...parts.map((part) => `onnx/${part}`)]) {
      hash.update(`${(await stat(join(folder, name))).size}\n`);
      for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) hash.update(chunk);
    }
  } catch (error) {
    throw unreadable(folder, weights, error);
  }
  for (const file of others) hash.update(`${file.length}\n`).update(file);
  return hash.digest("hex");
}
