import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { POOLING_FILE, PROMPTS_FILE } from "../src/embedding/model-folder.ts";
import { constant, encodeModel, FLOAT, type Graph, INT64, node, scalar, value } from "./graph.ts";
import type { Matrix } from "./matrix.ts";

/** A table of token vectors in eight bits: row i is `scales[i]` x `rows[i]`. */
export interface QuantisedTable {
  readonly rows: Int8Array;
  readonly scales: Float32Array;
  readonly columns: number;
}

const LARGEST = 127;
/** The same in every graph, whatever the folder is called: so are its bytes. */
const GRAPH = "pilcrow-static";

/** Rounds each row to whole numbers of -127 to 127, with a scale of its own. */
export function quantise({ data, rows, columns }: Matrix): QuantisedTable {
  const table = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const numbers = data.subarray(row * columns, (row + 1) * columns);
    const most = numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 0);
    scales[row] = most / LARGEST;
    if (most === 0) continue;
    numbers.forEach((number, i) => {
      table[row * columns + i] = Math.round((number / most) * LARGEST);
    });
  }
  return { rows: table, scales, columns };
}

/**
 * `input_ids` and `attention_mask` [batch, sequence] to `sentence_embedding` [batch, columns]: the sum of the rows of
 * all tokens that the mask leaves, at unit length; zeros where there are none.
 */
export function staticGraph({ rows, scales, columns }: QuantisedTable): Graph {
  return {
    name: GRAPH,
    initializer: [
      constant("table", rows, [scales.length, columns]),
      constant("scale", scales),
      constant("one", BigInt64Array.of(1n)),
      constant("last", BigInt64Array.of(1n)),
      scalar("eps", 1e-12),
    ],
    input: [value("input_ids", INT64, ["batch", "sequence"]), value("attention_mask", INT64, ["batch", "sequence"])],
    output: [value("sentence_embedding", FLOAT, ["batch", columns])],
    node: [
      node("Gather", ["table", "input_ids"], "rows8", { axis: 0 }),
      node("Cast", ["rows8"], "rows", { to: FLOAT }),
      node("Gather", ["scale", "input_ids"], "s", { axis: 0 }),
      node("Cast", ["attention_mask"], "m", { to: FLOAT }),
      node("Mul", ["s", "m"], "w"),
      node("Unsqueeze", ["w", "one"], "w1"),
      node("MatMul", ["w1", "rows"], "sum3"),
      node("Squeeze", ["sum3", "one"], "sum"),
      node("ReduceL2", ["sum", "last"], "len", { keepdims: 1 }),
      node("Max", ["len", "eps"], "len1"),
      node("Div", ["sum", "len1"], "sentence_embedding"),
    ],
  };
}

export interface StaticModel {
  /** The folder to write. */
  readonly folder: string;
  /** [size of the vocabulary, columns]. */
  readonly table: Matrix;
  /** The folder whose tokenizer it keeps. */
  readonly teacher: string;
  /** The most tokens of a text at once. */
  readonly window: number;
}

/** Writes a folder in transformers.js layout. */
export async function writeStaticModel({ folder, table, teacher, window }: StaticModel): Promise<void> {
  await mkdir(join(folder, "onnx"), { recursive: true });
  const config = {
    // A kind that the library takes without a tokenizer or a head of its own; the graph decides what is computed.
    model_type: "bert",
    architectures: ["BertModel"],
    hidden_size: table.columns,
    vocab_size: table.rows,
    max_position_embeddings: window,
  };
  await writeFile(join(folder, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  // Else a folder named as a model of another family would be taken for one, with that family's pooling and prefixes.
  await mkdir(dirname(join(folder, POOLING_FILE)), { recursive: true });
  await writeFile(join(folder, POOLING_FILE), `${JSON.stringify({ pooling_mode: "mean" })}\n`);
  await writeFile(join(folder, PROMPTS_FILE), `${JSON.stringify({ prompts: null })}\n`);
  for (const file of ["tokenizer.json", "tokenizer_config.json"]) {
    // Not copied: a read-only file would still be so where the model is made a second time.
    await writeFile(join(folder, file), await readFile(join(teacher, file)));
  }
  await writeFile(join(folder, "onnx", "model.onnx"), encodeModel(staticGraph(quantise(table))));
}
