import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { giveWay } from "./give-way.ts";
import type { Io } from "./io.ts";

/**
 * Runs `pilcrow index --watch` beside a server, in a process of its own, so that no answer waits for a file to be indexed:
 * the server sees the new index as it sees anybody's. `command` are the arguments to Node. What it says goes to standard
 * error. Resolves when it has ended: with the signal, or by itself, which is told. It ends when this process dies, too.
 */
export async function watchInProcess(command: readonly string[], { signal, stderr, env, cwd }: Io): Promise<void> {
  const child = spawn(process.execPath, command, { env: { ...env }, cwd, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  // Answers come first where there are fewer cores than work.
  if (child.pid !== undefined) giveWay(child.pid);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on("line", (line) => {
      if (!signal.aborted) stderr.write(`${line}\n`);
    });
  }
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  await new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  if (!signal.aborted) stderr.write("pilcrow: warning: the folder is no longer watched.\n");
}
