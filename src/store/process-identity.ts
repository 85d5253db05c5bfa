import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { promisify } from "node:util";
import { z } from "zod";
import { errno } from "../errors.ts";

/** Tells one process from every other, also of another machine, container or time, as far as the system says. */
export const ProcessIdentity = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Of the system's start; hosts of one name have different ones. null where the system does not tell. */
  boot: z.string().nullable().default(null),
  /** In which `pid` counts: a container has its own. null where there is no such thing. */
  pidNamespace: z.string().nullable().default(null),
  /** When the process started, as the system counts it; null where it does not tell. */
  started: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

export async function ownIdentity(): Promise<ProcessIdentity> {
  const [boot, pidNamespace, started] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => null),
    readlink("/proc/self/ns/pid").catch(() => null),
    startOf(process.pid),
  ]);
  return { pid: process.pid, host: hostname(), boot: boot?.trim() ?? null, pidNamespace, started };
}

/** Whether a process runs; null where it cannot be asked for from here, or its number may be another one's by now. */
export async function isRunning(other: ProcessIdentity, own: ProcessIdentity): Promise<boolean | null> {
  const isHere = other.host === own.host && other.boot === own.boot && other.pidNamespace === own.pidNamespace;
  if (!isHere) return null;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (errno(error) !== "EPERM") return false;
  }
  const started = await startOf(other.pid);
  return started === null || other.started === null ? null : started === other.started;
}

/** When a process started, from one clock for all processes of the machine; null where that cannot be read. */
function startOf(pid: number): Promise<string | null> {
  if (process.platform === "win32") return Promise.resolve(null);
  return (process.platform === "linux" ? startFromProc(pid) : startFromPs(pid)).catch(() => null);
}

/** In clock ticks since boot. */
async function startFromProc(pid: number): Promise<string | null> {
  // A /proc of another container counts other processes.
  if ((await readlink("/proc/self")) !== String(process.pid)) return null;
  const status = await readFile(`/proc/${pid}/stat`, "utf8");
  // The 22nd field; the second, the name, may itself hold blanks and parentheses.
  const [state = "", ...fields] = status.slice(status.lastIndexOf(")") + 2).split(" ");
  // One that has ended and that nobody has asked about yet: it holds nothing, and started at no time.
  return /^[ZX]/.test(state) ? "ended" : (fields[18] ?? null);
}

/** To the second: macOS and the BSDs have no /proc. */
export async function startFromPs(pid: number): Promise<string | null> {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)], { env });
  return stdout.trim() || null;
}
