import { modelName } from "../config/model.ts";
import type { Settings } from "../config.ts";
import { changesIn } from "../documents/watch-folder.ts";
import { PilcrowError } from "../errors.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { describeEnd } from "./bring-up-to-date.ts";
import { type Io, writeJsonLine } from "./io.ts";
import { problemLine, problemOf } from "./problem.ts";
import { plain } from "./text.ts";

/** Milliseconds after which an update that failed is tried again, without waiting for a change. */
const RETRY = 5000;

/** Follows the folder until it is stopped: each file that changed is told in one line, on standard output. */
export async function watchCorpus(
  pilcrow: Pilcrow,
  { settings, json }: { readonly settings: Settings; readonly json: boolean },
  io: Io,
): Promise<void> {
  const say = (line: string) => io.stdout.write(`${line}\n`);
  if (!json) say("Watching for changes. Ctrl-C ends it.");
  const folder = { ignore: [settings.index], signal: io.signal };
  const tell = teller({ settings, json }, io);
  for await (const _ of changesIn(settings.corpus, folder)) {
    while (!(await update(pilcrow, tell, io)) && !io.signal.aborted) await pause(RETRY, io.signal);
  }
}

/** false where it failed; that is told, and no reason to stop watching. */
async function update(pilcrow: Pilcrow, tell: (event: IndexEvent) => void, io: Io): Promise<boolean> {
  try {
    for await (const event of pilcrow.index({ signal: io.signal })) tell(event);
    return true;
  } catch (error) {
    if (io.signal.aborted || !(error instanceof PilcrowError)) throw error;
    io.stderr.write(`${problemLine(problemOf(error))}\n`);
    return false;
  }
}

/** Tells what a run did: nothing where nothing has changed, and of a file that fails once why. */
function teller({ settings, json }: { readonly settings: Settings; readonly json: boolean }, io: Io) {
  let failing: ReadonlySet<string> | null = null;
  const describe = (event: IndexEvent): string[] => {
    if (event.type === "file-changed") return [describeFile(event)];
    if (event.type === "index-damaged") return event.files.map((file) => `damaged ${file}: indexed again`);
    if (event.type !== "index-end") return [];
    const failures = event.failures.map(({ path, message }) => `failed ${plain(path)}: ${plain(message)}`);
    // What failed before anybody watched has been told.
    const news = failing === null ? [] : failures.filter((line) => failing?.has(line) === false);
    failing = new Set(failures);
    return event.written ? [...news, describeEnd(event, modelName(settings.model))] : news;
  };
  return (event: IndexEvent): void => {
    if (json) writeJsonLine(io.stdout, event);
    else for (const line of describe(event)) io.stdout.write(`${line}\n`);
  };
}

/** "changed notes/a.md", "renamed a.md to b.md" */
function describeFile({ change, path, previousPath }: Extract<IndexEvent, { type: "file-changed" }>): string {
  return previousPath === null ? `${change} ${plain(path)}` : `${change} ${plain(previousPath)} to ${plain(path)}`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
