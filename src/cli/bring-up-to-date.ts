import { PilcrowError } from "../errors.ts";
import { type FailureReport, isUnsupported } from "../failure-report.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Pilcrow } from "../pilcrow.ts";
import type { Io } from "./io.ts";
import type { Progress } from "./progress.ts";
import { count, formatDuration, plain, plainPath } from "./text.ts";

export type IndexEnd = Extract<IndexEvent, { type: "index-end" }>;

/** Indexes what has changed and shows how it goes. Throws what `Pilcrow.index` throws, and on Ctrl-C StoppedError. */
export async function bringUpToDate(
  pilcrow: Pilcrow,
  { rebuild, progress }: { readonly rebuild: boolean; readonly progress: Progress },
  { signal }: Pick<Io, "signal">,
): Promise<IndexEnd> {
  let end: IndexEnd | undefined;
  let done: Done | undefined;
  const stopping = () => progress.say("Stopping: what is done is being written ...");
  signal.addEventListener("abort", stopping, { once: true });
  try {
    for await (const event of pilcrow.index({ rebuild, signal })) {
      progress.show(event);
      if (event.type === "progress") done = event;
      if (event.type === "index-end") end = event;
    }
  } catch (error) {
    // What is no wish to stop may say that what is done could not be written.
    throw signal.aborted && !(error instanceof PilcrowError) ? new StoppedError(done) : error;
  } finally {
    signal.removeEventListener("abort", stopping);
    progress.end();
  }
  if (end) return end;
  if (signal.aborted) throw new StoppedError(done);
  throw new IndexingCutOff("index-cut-off", "Indexing ended before its end", "Run `pilcrow index` again.");
}

class IndexingCutOff extends PilcrowError {}

type Done = Extract<IndexEvent, { type: "progress" }>;

/** Ctrl-C. Says how much is kept. */
export class StoppedError extends PilcrowError {
  constructor(done: Done | undefined) {
    const { documents = 0, documentsTotal = 0, passages = 0 } = done ?? {};
    const kept = `${grouped(documents)} of ${count(documentsTotal, "file")} (${count(passages, "paragraph")})`;
    const advice =
      documents === 0
        ? "Nothing new had been indexed yet; the next `pilcrow index` begins again."
        : `${kept} are done and kept; run \`pilcrow index\` again to go on.`;
    super("interrupted", "Stopped", advice);
  }
}

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
    ...listed.map(({ path, message }) => `  ${plainPath(path)}: ${plain(message)}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    ...(isMany ? [`  ${types.join(", ")}: of types that are not read`] : []),
  ];
}

function grouped(number: number): string {
  return number.toLocaleString("en-GB");
}
