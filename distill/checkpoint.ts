import { matrix } from "./matrix.ts";
import type { TrainingState } from "./train.ts";
import { readIfThere, writeWhole } from "./vector-cache.ts";

/** Bytes before the table: passes, steps, loss, rows and columns as 64-bit numbers. */
const HEAD = 5 * Float64Array.BYTES_PER_ELEMENT;

/** Writes the state at once: what is done, the table, the moments, these as 32-bit floats. */
export async function writeCheckpoint(
  path: string,
  { pass, steps, loss, table, moments }: TrainingState,
): Promise<void> {
  const head = Float64Array.of(pass, steps, loss, table.rows, table.columns);
  await writeWhole(path, ...[head, table.data, moments.mean, moments.square].map(bytesOf));
}

/** The state that was written last; null where there is none, or one of another shape. */
export async function readCheckpoint(path: string): Promise<TrainingState | null> {
  const bytes = await readIfThere(path);
  if (bytes === null || bytes.length < HEAD) return null;
  const { buffer } = new Uint8Array(bytes);
  const [pass = 0, steps = 0, loss = 0, rows = 0, columns = 0] = new Float64Array(buffer, 0, 5);
  const size = rows * columns;
  if (buffer.byteLength !== HEAD + 3 * 4 * size) return null;
  const part = (i: number) => new Float32Array(buffer, HEAD + 4 * i * size, size);
  return { pass, steps, loss, table: matrix(rows, columns, part(0)), moments: { mean: part(1), square: part(2) } };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
