import { modelName } from "../config/model.ts";
import type { Settings } from "../config.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { bringUpToDate, describeEnd, describeFailures } from "./bring-up-to-date.ts";
import { sayWhenInside } from "./index-inside.ts";
import type { Io } from "./io.ts";
import { EXIT } from "./problem.ts";
import { jsonProgress, textProgress } from "./progress.ts";
import { showPath } from "./show-path.ts";
import { watchCorpus } from "./watch.ts";

export interface IndexOptions {
  readonly settings: Settings;
  readonly rebuild: boolean;
  /** Whether the folder is followed afterwards. */
  readonly watch?: boolean;
  /** One JSON object an event, a line each. */
  readonly json: boolean;
}

/** `pilcrow index`. Files that cannot be indexed are listed and are no failure of the whole. */
export async function indexCommand(
  pilcrow: Pilcrow,
  { settings, rebuild, watch = false, json }: IndexOptions,
  io: Io,
): Promise<number> {
  sayWhenInside(settings, io);
  const progress = json ? jsonProgress(io) : textProgress(io, showPath(settings.corpus, io.cwd));
  const end = await bringUpToDate(pilcrow, { rebuild, progress }, io);
  if (!json) {
    for (const line of describeFailures(end)) io.stderr.write(`${line}\n`);
    io.stdout.write(`${describeEnd(end, modelName(settings.model))}\n`);
  }
  if (watch) await watchCorpus(pilcrow, { settings, json }, io);
  return EXIT.success;
}
