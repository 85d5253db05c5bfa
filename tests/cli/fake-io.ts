import type { Io } from "../../src/cli/io.ts";

export interface FakeIo extends Io {
  /** Everything written so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly stop: () => void;
}

interface Given {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly env?: Io["env"];
  readonly cwd?: string;
  readonly stdin?: readonly string[];
}

/** An Io that keeps what is written to it. */
export function fakeIo({ isTTY = false, columns = 80, env = {}, cwd = "/home/ann", stdin = [] }: Given = {}): FakeIo {
  const out: string[] = [];
  const err: string[] = [];
  const controller = new AbortController();
  return {
    stdin: (async function* () {
      yield* stdin;
    })(),
    stdout: { isTTY, columns, write: (text) => void out.push(text) },
    stderr: { isTTY, columns, write: (text) => void err.push(text) },
    env,
    cwd,
    signal: controller.signal,
    out: () => out.join(""),
    err: () => err.join(""),
    stop: () => controller.abort(),
  };
}
