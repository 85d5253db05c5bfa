import { type Bags, bagLength } from "./bags.ts";
import { type Matrix, rowsOf } from "./matrix.ts";
import { type DistillationOptions, distillationGraph } from "./objective.ts";
import { type Random, shuffled } from "./random.ts";
import { compile } from "./runtime.ts";

/** Something to learn from: what `train` makes smaller. */
export interface Lesson {
  /** The texts of each step of one pass, by their bag. */
  batches(random: Random): Int32Array[];
  /** The loss of one batch, and its gradient by the sums of token vectors: both [texts of the batch, columns]. */
  learn(batch: Int32Array, sums: Float32Array): Promise<{ loss: number; gradient: Float32Array }>;
}

export interface Taught {
  /** The teacher's vectors of the texts of the first bags, of unit length. */
  readonly teacher: Matrix;
  /** The same in the student's space, of unit length. */
  readonly targets: Matrix;
}

/** To give the teacher's vectors, and its similarities between texts of like length. */
export async function distillationLesson(
  bags: Bags,
  { teacher, targets }: Taught,
  { batch: size, ...options }: DistillationOptions & { readonly batch: number },
): Promise<Lesson> {
  const program = await compile(distillationGraph(options));
  return {
    batches: (random) => batchesOfLikeLength(bags, targets.rows, size, random),
    async learn(batch, sums) {
      const output = await program({
        sums: { data: sums, dims: [batch.length, targets.columns] },
        targets: { data: rowsOf(targets, batch).data, dims: [batch.length, targets.columns] },
        teacher: { data: rowsOf(teacher, batch).data, dims: [batch.length, teacher.columns] },
      });
      return { loss: output("loss")[0] ?? Number.NaN, gradient: output("gradient") };
    },
  };
}

/** The first `count` texts once: those of one length in any order, batches of like length, the batches in any order. */
export function batchesOfLikeLength(bags: Bags, count: number, size: number, random: Random): Int32Array[] {
  const order = shuffled(count, random);
  order.sort((a, b) => bagLength(bags, a) - bagLength(bags, b));
  const batches: Int32Array[] = [];
  for (let start = 0; start < order.length; start += size) batches.push(order.slice(start, start + size));
  return Array.from(shuffled(batches.length, random), (i) => batches[i] ?? Int32Array.of());
}
