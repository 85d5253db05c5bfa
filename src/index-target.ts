import type { ModelSource } from "./embedding/embedder.ts";
import { IndexError } from "./errors.ts";
import { isOfOtherCorpus, requireSameCorpus } from "./index-refusals.ts";
import { requireSameModel } from "./same-model.ts";
import type { Catalogue, Writer, Writing } from "./store/vector-store.ts";

/** What a run writes to, and what of it there is to build upon. */
export interface IndexTarget {
  readonly index: Writing;
  /** null where there is nothing to build upon: the first change replaces what there may be. */
  readonly before: Catalogue | null;
  /** Where the index is another than the current one: makes it that, once it is complete. */
  readonly finish: (() => Promise<void>) | null;
}

/**
 * The current index is added to where it fits. Where it does not, or is to be made anew, it goes on answering while another
 * is made, which takes its place when it is complete. One that an earlier run of the same model and rules did not complete
 * is gone on with; any other is given up. Throws IndexError and ModelError.
 */
export async function indexTarget(
  writer: Writer,
  model: ModelSource,
  { rules, corpus, rebuild }: { readonly rules: string; readonly corpus: string; readonly rebuild: boolean },
): Promise<IndexTarget> {
  const { replacement } = writer;
  const replacing = (before: Catalogue | null): IndexTarget => ({
    index: replacement,
    before,
    finish: replacement.finish,
  });
  const unfinished = await replacement.catalogue();
  const isOther = unfinished !== null && (await isOfOtherCorpus(unfinished, corpus));
  if (unfinished !== null && unfinished.rules === rules && !isOther && (await isOf(model, unfinished))) {
    return replacing(unfinished);
  }

  const current = await currentOf(writer, rebuild);
  if (current && current !== "unknown" && !rebuild) {
    await requireSameCorpus(current, corpus);
    requireSameModel(current, await model.identity());
  }
  if (unfinished !== null) await replacement.discard();
  if (current === "unknown" || (current && (rebuild || current.rules !== rules))) return replacing(null);
  return { index: writer, before: current, finish: null };
}

/** To make an index anew, nothing need be known of the one that is there. */
async function currentOf(writer: Writer, rebuild: boolean): Promise<Catalogue | "unknown" | null> {
  return writer.catalogue().catch((error: unknown) => {
    if (rebuild && error instanceof IndexError) return "unknown";
    throw error;
  });
}

/** The model is loaded, as not every one knows its dimension before. */
async function isOf(model: ModelSource, { embedder }: Catalogue): Promise<boolean> {
  if ((await model.identity()).hash !== embedder.hash) return false;
  return (await model.load()).dimension === embedder.dimension;
}
