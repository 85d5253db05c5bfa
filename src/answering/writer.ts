import type { Fallback, ModelUse, Verdict } from "../types.ts";
import type { Draft, DraftStatement } from "./answerer.ts";

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
  /** Statements in their order, each as soon as it is checked. Throws only when the signal is aborted. */
  write(question: string, draft: Draft, signal?: AbortSignal): AsyncGenerator<WrittenStatement, Written>;
}
