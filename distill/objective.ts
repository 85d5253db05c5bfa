import { constant, FLOAT, type Graph, node, scalar, value } from "./graph.ts";

/** How a batch of sums of token vectors is held against the teacher. */
export interface DistillationOptions {
  /** Divides similarities before the softmax. */
  readonly temperature: number;
}

/**
 * Relational distillation as one graph, its gradient written out.
 * In: `sums` [n, d], the student's sums of token vectors; `targets` [n, d], the teacher's vectors in the student's
 * space, of unit length; `teacher` [n, D], the teacher's own, of unit length.
 * Out: `loss` [1] = mean(1 - cosine(sums, targets)) + mean over rows of KL(p || q), where p and q are the softmax of the
 * teacher's and of the student's similarities to the other texts of the batch over the temperature; `gradient` [n, d],
 * of the loss by the sums. Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; Tung and Mori 2019,
 * "Similarity-Preserving Knowledge Distillation".
 */
export function distillationGraph({ temperature }: DistillationOptions): Graph {
  return {
    name: "relational-distillation",
    initializer: [...unitConstants, scalar("heat", temperature), scalar("none", -1e9)],
    input: [value("sums", FLOAT, ["n", "d"]), value("targets", FLOAT, ["n", "d"]), value("teacher", FLOAT, ["n", "D"])],
    output: [value("loss", FLOAT, [1]), value("gradient", FLOAT, ["n", "d"])],
    node: [
      ...unitNodes("sums", "unit"),
      node("Mul", ["unit", "targets"], "cosineParts"),
      node("ReduceSum", ["cosineParts"], "cosines", { keepdims: 0 }),

      ...similarities("teacher", "p"),
      ...similarities("unit", "q"),
      node("Sub", ["logp", "logq"], "logRatio"),
      node("Mul", ["p", "logRatio"], "divergenceParts"),
      node("ReduceSum", ["divergenceParts"], "divergences", { keepdims: 0 }),

      // Each text adds 1 - cosine and a divergence.
      node("Sub", ["divergences", "cosines"], "difference"),
      node("Div", ["difference", "count"], "meanDifference"),
      node("Add", ["meanDifference", "one"], "loss"),

      // d loss / d unit = ((G + G') unit / temperature - targets) / n, with G = q - p.
      node("Sub", ["q", "p"], "excess"),
      node("Transpose", ["excess"], "excessTurned"),
      node("Add", ["excess", "excessTurned"], "pulls"),
      node("MatMul", ["pulls", "unit"], "pulledWarm"),
      node("Div", ["pulledWarm", "heat"], "pulled"),
      node("Sub", ["pulled", "targets"], "unitGradientSum"),
      node("Div", ["unitGradientSum", "count"], "unitGradient"),
      ...throughUnit("unitGradient", "gradient"),
    ],
  };
}

/** Softmax of the similarities of each row to all others; `name`, and its logarithm `log{name}`. */
function similarities(vectors: string, name: string) {
  return [
    node("Transpose", [vectors], `${name}Turned`),
    node("MatMul", [vectors, `${name}Turned`], `${name}Warm`),
    node("Div", [`${name}Warm`, "heat"], `${name}Similar`),
    node("EyeLike", [`${name}Similar`], `${name}Self`),
    node("Mul", [`${name}Self`, "none"], `${name}NotSelf`),
    node("Add", [`${name}Similar`, `${name}NotSelf`], `${name}Logits`),
    node("LogSoftmax", [`${name}Logits`], `log${name}`, { axis: 1 }),
    node("Exp", [`log${name}`], name),
  ];
}

export const unitConstants = [scalar("least", 1e-12), scalar("one", 1), constant("lastAxis", BigInt64Array.of(1n))];

/** `unit`: the rows of `vectors` at unit length; also `length` [n, 1] and `count` [1], how many there are. */
export function unitNodes(vectors: string, unit: string) {
  return [
    node("Mul", [vectors, vectors], "squares"),
    node("ReduceSum", ["squares", "lastAxis"], "squareSum", { keepdims: 1 }),
    node("Sqrt", ["squareSum"], "bareLength"),
    node("Max", ["bareLength", "least"], "length"),
    node("Div", [vectors, "length"], unit),
    node("Shape", [vectors], "countInteger", { start: 0, end: 1 }),
    node("Cast", ["countInteger"], "count", { to: FLOAT }),
  ];
}

/** From the gradient by the unit vectors to that by the vectors: what points along the vector changes nothing. */
export function throughUnit(unitGradient: string, gradient: string) {
  return [
    node("Mul", [unitGradient, "unit"], "alongParts"),
    node("ReduceSum", ["alongParts", "lastAxis"], "along", { keepdims: 1 }),
    node("Mul", ["along", "unit"], "alongUnit"),
    node("Sub", [unitGradient, "alongUnit"], "across"),
    node("Div", ["across", "length"], gradient),
  ];
}
