import { PilcrowError } from "../errors.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { FileFailure } from "../types.ts";
import type { Io } from "./io.ts";
import type { Progress } from "./progress.ts";
import { count, formatDuration, plain } from "./text.ts";

export type IndexEnd = Extract<IndexEvent, { type: "index-end" }>;

/** Indexes what has changed and shows how it goes. Throws what `Pilcrow.index` throws, and on Ctrl-C. */
export async function bringUpToDate(
  pilcrow: Pilcrow,
  { rebuild, progress }: { readonly rebuild: boolean; readonly progress: Progress },
  { signal }: Pick<Io, "signal">,
): Promise<IndexEnd> {
  let end: IndexEnd | undefined;
  try {
    for await (const event of pilcrow.index({ rebuild, signal })) {
      progress.show(event);
      if (event.type === "index-end") end = event;
    }
  } finally {
    progress.end();
  }
  if (end) return end;
  signal.throwIfAborted();
  throw new IndexingCutOff("index-cut-off", "Indexing ended before its end", "Run `pilcrow index` again.");
}

class IndexingCutOff extends PilcrowError {}

/** "5 documents, 31 passages indexed in 0.4 s (model pilcrow-static)", or that nothing has changed. */
export function describeEnd({ written, documents, passages, elapsedMs }: IndexEnd, model: string): string {
  const holds = `${count(documents, "document")}, ${count(passages, "passage")}`;
  if (!written) return `Nothing has changed: ${holds} (model ${model})`;
  return `${holds} indexed in ${formatDuration(elapsedMs)} (model ${model})`;
}

/** One line a file that could not be indexed, after how many there are. */
export function describeFailures(failures: readonly FileFailure[]): string[] {
  if (failures.length === 0) return [];
  const lines = failures.map(({ path, message }) => `  ${plain(path)}: ${plain(message)}`);
  return [`${count(failures.length, "file")} could not be indexed:`, ...lines];
}
