import type { Pilcrow } from "../pilcrow.ts";
import type { Io } from "./io.ts";
import { lineProgress, type Progress } from "./progress.ts";

/** Downloads the model where that is needed, with the progress on standard error; silent where it is not. */
export async function prepareAloud(
  pilcrow: Pick<Pilcrow, "prepare">,
  io: Pick<Io, "stderr" | "signal">,
): Promise<void> {
  let progress: Progress | undefined;
  try {
    for await (const event of pilcrow.prepare({ signal: io.signal })) {
      progress ??= lineProgress(io, `Downloading the model ${event.model}`);
      progress.show(event);
    }
  } finally {
    progress?.end();
  }
}
