import type { onnx } from "onnx-proto";
import library from "onnx-proto";

/** The version of the operators that all graphs here are written in; ONNX Runtime has it since 1.14. */
const OPERATORS = 18;
const IR_VERSION = 9;

const { AttributeProto, ModelProto, TensorProto } = library.onnx;
const { DataType } = TensorProto;
const { AttributeType } = AttributeProto;

type Dimensions = readonly (number | string)[];

/** An operator with its inputs and its one output by name, and integer attributes. */
export function node(
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number>> = {},
): onnx.INodeProto {
  const attribute = Object.entries(attributes).map(([name, i]) => ({ name, i, type: AttributeType.INT }));
  return { opType, input: [...input], output: [output], attribute };
}

export const FLOAT = DataType.FLOAT;
export const INT64 = DataType.INT64;

/** An input or output: names stand for dimensions that are known when the graph runs. */
export function value(name: string, elemType: number, dimensions: Dimensions): onnx.IValueInfoProto {
  const dim = dimensions.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/** A constant; its numbers' kind is that of the array. */
export function constant(
  name: string,
  data: Float32Array | Int8Array | BigInt64Array,
  dims: readonly number[] = [data.length],
): onnx.ITensorProto {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const dataType =
    data instanceof Float32Array ? DataType.FLOAT : data instanceof Int8Array ? DataType.INT8 : DataType.INT64;
  return { name, dataType, dims: [...dims], rawData };
}

/** A number alone, without dimensions. */
export function scalar(name: string, number: number): onnx.ITensorProto {
  return constant(name, Float32Array.of(number), []);
}

export type Graph = Required<Pick<onnx.IGraphProto, "name" | "node" | "initializer" | "input" | "output">>;

/** The bytes of a model file. */
export function encodeModel(graph: Graph): Uint8Array {
  const message = { irVersion: IR_VERSION, opsetImport: [{ domain: "", version: OPERATORS }], graph };
  return ModelProto.encode(ModelProto.fromObject(message)).finish();
}
