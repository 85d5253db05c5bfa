import { setTimeout } from "node:timers/promises";
import { modelName } from "../config/model.ts";
import type { Settings } from "../config.ts";
import { changesIn } from "../documents/watch-folder.ts";
import { PilcrowError } from "../errors.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { describeEnd } from "./bring-up-to-date.ts";
import { describeChanges, type FileChanged } from "./describe-changes.ts";
import { type Io, writeJsonLine } from "./io.ts";
import { problemLine, problemOf } from "./problem.ts";
import { plain, plainPath } from "./text.ts";

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
  const warn = (message: string) => io.stderr.write(`pilcrow: warning: ${plain(message)}\n`);
  const tell = teller({ settings, json }, io);
  for await (const _ of changesIn(settings.corpus, { ignore: [settings.index], signal: io.signal, warn })) {
    for (let told = ""; !io.signal.aborted; await pause(RETRY, io.signal)) {
      const problem = await update(pilcrow, tell, io);
      if (problem === null) break;
      // Once, however often it is tried.
      if (problem !== told) io.stderr.write(`${problem}\n`);
      told = problem;
    }
  }
}

/** What is wrong where it failed, which is no reason to stop watching. */
async function update(pilcrow: Pilcrow, tell: (event: IndexEvent) => void, io: Io): Promise<string | null> {
  try {
    for await (const event of pilcrow.index({ signal: io.signal })) tell(event);
    return null;
  } catch (error) {
    if (io.signal.aborted || !(error instanceof PilcrowError)) throw error;
    return problemLine(problemOf(error));
  }
}

/** Tells what a run did: nothing where nothing has changed, and of a file that fails once why. */
function teller({ settings, json }: { readonly settings: Settings; readonly json: boolean }, io: Io) {
  let failing: ReadonlySet<string> | null = null;
  const changes: FileChanged[] = [];
  const describe = (event: IndexEvent): string[] => {
    if (event.type === "file-changed") changes.push(event);
    if (event.type === "scan-end") return describeChanges(changes.splice(0));
    if (event.type === "index-damaged") return event.files.map((file) => `damaged ${file}: indexed again`);
    if (event.type !== "index-end") return [];
    const failures = event.failures.map(({ path, message }) => `failed ${plainPath(path)}: ${plain(message)}`);
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

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
