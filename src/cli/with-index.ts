import { modelName } from "../config/model.ts";
import type { Settings } from "../config.ts";
import { IndexError } from "../errors.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { bringUpToDate, describeEnd, describeFailures } from "./bring-up-to-date.ts";
import { sayWhenInside } from "./index-inside.ts";
import type { Io } from "./io.ts";
import { prepareAloud } from "./prepare-aloud.ts";
import { textProgress } from "./progress.ts";
import { showPath } from "./show-path.ts";

const MADE_FIRST: readonly string[] = ["index-missing", "index-outdated"];

/** Does what needs an index; where there is none that fits, makes it first, with the progress on standard error. */
export async function withIndex<T>(pilcrow: Pilcrow, settings: Settings, io: Io, use: () => Promise<T>): Promise<T> {
  await prepareAloud(pilcrow, io);
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof IndexError && MADE_FIRST.includes(error.code))) throw error;
  }
  await updateAloud(pilcrow, settings, io);
  return use();
}

/** Brings the index up to date and says on standard error what came of it. Returns what the index holds. */
export async function updateAloud(
  pilcrow: Pilcrow,
  settings: Settings,
  io: Io,
): Promise<{ readonly documents: number; readonly passages: number }> {
  sayWhenInside(settings, io);
  const progress = textProgress(io, showPath(settings.corpus, io.cwd));
  const end = await bringUpToDate(pilcrow, { rebuild: false, progress }, io);
  for (const line of describeFailures(end)) io.stderr.write(`${line}\n`);
  io.stderr.write(`${describeEnd(end, modelName(settings.model))}\n`);
  return end;
}
