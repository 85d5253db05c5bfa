import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, readFile, rm, utimes } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { errno, IndexError } from "../errors.ts";
import { makeFolder, writeNew } from "./durable.ts";
import { isRunning, ownIdentity, ProcessIdentity } from "./process-identity.ts";

const LOCK = /^writer-[0-9a-f-]{36}\.lock$/;
const ATTEMPTS = 8;

/** In milliseconds. */
export interface LockTimes {
  /** How often a writer touches its lock. */
  readonly heartbeat: number;
  /** A lock whose process cannot be asked for is dead when nobody has touched it while it was watched for so long. */
  readonly silence: number;
  /** So is, sooner, one that says nothing: it is just being written, or its writer died in that moment. */
  readonly unfinished: number;
}
const TIMES: LockTimes = { heartbeat: 5_000, silence: 30_000, unfinished: 2_000 };

const OwnerSchema = ProcessIdentity.extend({ since: z.string() });
type Owner = z.infer<typeof OwnerSchema>;

/** The place of the only writer, as long as it is held. */
export interface WriterLock {
  /** Throws IndexError `index-locked` where another has taken the place: this process was held to be dead. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Makes this process the only writer of a folder, until it releases the lock.
 * A writer first announces itself in a lock file of its own name and then looks for others: of two that come at once, at
 * least one sees the other, and steps back. So a dead one's file can be removed by anybody at any time without a race,
 * which no single file that is taken over allows. Throws IndexError `index-locked`.
 */
export async function lockForWriting(folder: string, times: LockTimes = TIMES): Promise<WriterLock> {
  await makeFolder(folder);
  const owner: Owner = { ...(await ownIdentity()), since: new Date().toISOString() };
  const own = `writer-${randomUUID()}.lock`;
  const others = { folder, own, owner, times, alive: new Set<string>() };
  let other = await livingWriter(others);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!other) {
      const lock = await announce(others);
      // Where it cannot be looked for others, the lock must not stay.
      other = await livingWriter(others).catch(async (error: unknown) => {
        await lock.release();
        throw error;
      });
      if (!other) return lock;
      await lock.release();
    }
    // By chance, so that two which stepped back from each other do not do it again.
    await sleep(5 + Math.random() * 60);
    other = await livingWriter(others);
  }
  throw lockedBy(other);
}

/** A writer that lives, for whoever only reads; one that cannot be asked for is taken at its word. */
export async function currentWriter(folder: string): Promise<Owner | null> {
  const own = await ownIdentity();
  const names = await unlessGone(readdir(folder));
  for (const name of names?.filter((name) => LOCK.test(name)) ?? []) {
    const owner = parseOwner((await readLock(join(folder, name)))?.text ?? "");
    if (owner && (await isRunning(owner, own)) !== false) return owner;
  }
  return null;
}

/** What a writer looks for others with. */
interface Looking {
  readonly folder: string;
  readonly own: string;
  readonly owner: Owner;
  readonly times: LockTimes;
  /** Locks that were seen to be touched: they need not be watched again. */
  readonly alive: Set<string>;
}

/** Writes the lock, and touches it from now on: others may be watching already. */
async function announce(looking: Looking): Promise<WriterLock> {
  const path = join(looking.folder, looking.own);
  const text = JSON.stringify(looking.owner);
  await writeNew(path, [text]).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, looking.times.heartbeat).unref();
  return {
    async check() {
      if ((await unlessGone(readFile(path, "utf8"))) !== text) throw lockedBy(await livingWriter(looking));
    },
    async release() {
      clearInterval(heartbeat);
      await rm(path, { force: true });
    },
  };
}

/** Any other writer that lives, after removing the locks of those that do not. */
async function livingWriter(looking: Looking): Promise<Owner | null> {
  let living: Owner | null = null;
  for (const name of await readdir(looking.folder)) {
    if (!LOCK.test(name) || name === looking.own) continue;
    const path = join(looking.folder, name);
    const owner = await livingOwner(path, name, looking);
    if (owner === null) await rm(path, { force: true });
    else living = owner;
  }
  return living;
}

/** Whose a lock is; null where it is a dead one's, or gone meanwhile. */
async function livingOwner(path: string, name: string, looking: Looking): Promise<Owner | null> {
  const { owner: own, times, alive } = looking;
  const lock = await readLock(path);
  if (lock === null) return null;
  const owner = parseOwner(lock.text);
  if (owner === null) {
    // One that was being written has an owner by now.
    return (await isTouched(path, lock.mtime, times.unfinished)) ? livingOwner(path, name, looking) : null;
  }
  const isOfThisBoot = owner.boot !== null && owner.boot === own.boot;
  if (owner.host === own.host && !isOfThisBoot && isBeforeBoot(lock.mtime)) return null;
  const isLiving = await isRunning(owner, own);
  if (isLiving !== null) return isLiving ? owner : null;
  if (!alive.has(name) && !(await isTouched(path, lock.mtime, times.silence))) return null;
  alive.add(name);
  return owner;
}

/** Whether somebody touches a file while it is watched. Times are never held against this machine's clock: another's may differ. */
async function isTouched(path: string, mtime: bigint, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    await sleep(Math.min(500, milliseconds / 10));
    const now = await readLock(path);
    if (now === null) return false;
    if (now.mtime !== mtime) return true;
  }
  return false;
}

/** What started before this machine did has ended with it. */
function isBeforeBoot(mtime: bigint): boolean {
  return Number(mtime / 1_000_000n) < Date.now() - uptime() * 1000;
}

/** Opened each time, as a network file system tells newly opened files alone how they are now. null where it is gone. */
async function readLock(path: string): Promise<{ readonly text: string; readonly mtime: bigint } | null> {
  const file: FileHandle | null = await unlessGone(open(path, "r"));
  try {
    return file && { text: await file.readFile("utf8"), mtime: (await file.stat({ bigint: true })).mtimeNs };
  } finally {
    await file?.close();
  }
}

function unlessGone<T>(done: Promise<T>): Promise<T | null> {
  return done.catch((error: unknown) => {
    if (errno(error) === "ENOENT") return null;
    throw error;
  });
}

function parseOwner(text: string): Owner | null {
  try {
    return OwnerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** null where it is not known who. */
function lockedBy(owner: Owner | null): IndexError {
  const who = owner
    ? `process ${owner.pid}${owner.host === hostname() ? "" : ` on ${owner.host}`}, since ${owner.since}`
    : "another process";
  return new IndexError("index-locked", `The index is being written by ${who}`, "Wait until it is done, or end it.");
}
