import { InferenceSession, Tensor } from "onnxruntime-node";
import { encodeModel, type Graph } from "./graph.ts";

export interface Input {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** A graph that is ready to run: named tensors of 32-bit floats in, named ones out. */
export type Program = (inputs: Readonly<Record<string, Input>>) => Promise<(output: string) => Float32Array>;

/** Threads wait asleep: between two runs other work has the cores. */
const OPTIONS = { executionProviders: ["cpu"], extra: { session: { intra_op: { allow_spinning: "0" } } } };

/** Makes a graph ready for the processor's cores. Products of matrices are summed in a fixed order, so bytes repeat. */
export async function compile(graph: Graph): Promise<Program> {
  const session = await InferenceSession.create(encodeModel(graph), OPTIONS);
  return async (inputs) => {
    const feeds = Object.entries(inputs).map(([name, { data, dims }]) => [name, new Tensor("float32", data, dims)]);
    const results = await session.run(Object.fromEntries(feeds));
    return (output) => {
      const data = results[output]?.data;
      if (data instanceof Float32Array) return data;
      throw new Error(`the graph ${graph.name} has no output ${output} of floats`);
    };
  };
}
