import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A path that does not exist yet, in a folder that goes when the test ends. */
export async function temporaryPath(name = "index"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pilcrow-store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}
