import type { Fallback, ModelUse, Verdict } from "../types.ts";
import type { Draft, DraftStatement } from "./answerer.ts";
import type { FollowUp, Standalone } from "./standalone-by-model.ts";

/** A sentence that a language model wrote, checked against the passages that it cites. */
export interface WrittenStatement extends DraftStatement {
  readonly verdict: Verdict;
  /** Words of the statement that what it cites does not hold. */
  readonly missing: readonly string[];
}

/** How the writing ended. */
export interface Written {
  /** "silent": the model says that the passages do not answer the question. */
  readonly ending: "answered" | "silent" | Fallback;
  readonly use: ModelUse;
}

/** Writes answers from passages. What it gives is checked; whatever goes wrong is told as a `Fallback`, not thrown. */
export interface Writer {
  /** `PROVIDER:MODEL`, as it was set. */
  readonly name: string;
  /**
   * Statements in their order, each as soon as it is checked. `since`, of performance.now(), is when the answer was
   * begun, from which its time counts. Throws only when the signal is aborted.
   */
  write(
    question: string,
    draft: Draft,
    signal?: AbortSignal,
    since?: number,
  ): AsyncGenerator<WrittenStatement, Written>;
  /** A follow-up as a question that stands alone; the rules' one where the written one does not stand the check. */
  readonly standalone?: (followUp: FollowUp, signal?: AbortSignal) => Promise<Standalone>;
}
