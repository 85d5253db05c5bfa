import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { errno, IndexError } from "../errors.ts";
import { writeNew } from "./durable.ts";

const LOCK = /^writer-[0-9a-f-]{36}\.lock$/;
const HEARTBEAT_MS = 5_000;
/** A lock of another machine, whose processes cannot be asked for, is dead when it has been silent for this long. */
const SILENCE_MS = 60_000;
/** An unfinished lock is one that is just being written, or whose writer died in that moment. */
const UNFINISHED_MS = 2_000;
const ATTEMPTS = 8;

const OwnerSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** When the process started, as the system counts it; null where it does not tell. */
  started: z.string().nullable(),
  since: z.string(),
});
type Owner = z.infer<typeof OwnerSchema>;

/**
 * Makes this process the only writer of a folder, until the function it gives is called.
 * A writer first announces itself in a lock file of its own name and then looks for others: of two that come at once, at
 * least one sees the other, and steps back. So a dead one's file can be removed by anybody at any time without a race,
 * which no single file that is taken over allows. Throws IndexError `index-locked`.
 */
export async function lockForWriting(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const own = `writer-${randomUUID()}.lock`;
  const path = join(folder, own);
  let other = await livingWriter(folder, own);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!other) {
      await announce(path);
      other = await livingWriter(folder, own);
      if (!other) return holding(path);
      await rm(path, { force: true });
    }
    // By chance, so that two which stepped back from each other do not do it again.
    await sleep(5 + Math.random() * 60);
    other = await livingWriter(folder, own);
  }
  throw lockedBy(other);
}

async function announce(path: string): Promise<void> {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    started: await startOf(process.pid),
    since: new Date().toISOString(),
  };
  await writeNew(path, [JSON.stringify(owner)]).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
}

function holding(path: string): () => Promise<void> {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  return async () => {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  };
}

/** Any writer but `own` that lives, after removing the locks of those that do not; `unknown` while one is unfinished. */
async function livingWriter(folder: string, own: string): Promise<Owner | "unknown" | null> {
  let living: Owner | "unknown" | null = null;
  for (const name of await readdir(folder)) {
    if (!LOCK.test(name) || name === own) continue;
    const path = join(folder, name);
    const details = await stat(path).catch(() => null);
    const text = await readFile(path, "utf8").catch(() => null);
    // Gone meanwhile: its writer has ended.
    if (!details || text === null) continue;
    const owner = parseOwner(text);
    const silence = Date.now() - details.mtimeMs;
    if (owner ? await lives(owner, silence) : silence < UNFINISHED_MS) living = owner ?? living ?? "unknown";
    else await rm(path, { force: true });
  }
  return living;
}

async function lives({ pid, host, started }: Owner, silence: number): Promise<boolean> {
  if (host !== hostname()) return silence < SILENCE_MS;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (errno(error) !== "EPERM") return false;
  }
  const now = await startOf(pid);
  // The number may have been given to another process since.
  return started === null || now === null || started === now;
}

/** When a process started, in clock ticks since boot, and of which boot; null where there is no /proc. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [boot, status] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The 22nd field; the second, the name, may itself hold blanks and parentheses.
    const ticks = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
    return ticks ? `${boot.trim()} ${ticks}` : null;
  } catch {
    return null;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    return OwnerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function lockedBy(owner: Owner | "unknown" | null): IndexError {
  const who =
    owner === null || owner === "unknown"
      ? "another process"
      : `process ${owner.pid}${owner.host === hostname() ? "" : ` on ${owner.host}`}, since ${owner.since}`;
  return new IndexError("index-locked", `The index is being written by ${who}`, "Wait until it is done, or end it.");
}
