import { PilcrowError } from "../errors.ts";
import { type FailureReport, isUnsupported } from "../failure-report.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Pilcrow } from "../pilcrow.ts";
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

/** More of types that are not read are told by their number. */
const FEW = 10;

/** How many files could not be indexed, and which: one line each, but for many of types that are not read. */
export function describeFailures({ failures, failureCount, unsupported }: FailureReport): string[] {
  if (failureCount === 0) return [];
  const counts = Object.entries(unsupported);
  const isMany = counts.reduce((sum, [, number]) => sum + number, 0) > FEW;
  const listed = isMany ? failures.filter((failure) => !isUnsupported(failure)) : failures;
  const types = counts.map(([extension, number]) => `${grouped(number)} ${plain(extension) || "without an extension"}`);
  const counted = isMany ? counts.reduce((sum, [, number]) => sum + number, 0) : 0;
  const more = failureCount - listed.length - counted;
  return [
    `${count(failureCount, "file")} could not be indexed:`,
    ...listed.map(({ path, message }) => `  ${plain(path)}: ${plain(message)}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    ...(isMany ? [`  ${types.join(", ")}: of types that are not read`] : []),
  ];
}

function grouped(number: number): string {
  return number.toLocaleString("en-GB");
}
