import { formatDuration } from "../src/cli/text.ts";

/** Shows how far a stage is. */
export interface Progress {
  /** Begins a stage; what it gives back is called with how much is done of how much. */
  stage(name: string): (done: number, total: number, note?: string) => void;
  /** Ends the last stage. The stages with the seconds that each took. */
  end(): readonly { readonly name: string; readonly seconds: number }[];
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Milliseconds between two lines: one is rewritten on a terminal, elsewhere they pile up. */
const REDRAW = 200;
const PLAIN_INTERVAL = 10_000;

export function textProgress(output: Output): Progress {
  const stages: { name: string; seconds: number }[] = [];
  const interval = output.isTTY ? REDRAW : PLAIN_INTERVAL;
  let started = performance.now();
  let written = started;
  let current: string | null = null;

  const write = (line: string) => output.write(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  const finish = () => {
    if (current === null) return;
    const seconds = (performance.now() - started) / 1000;
    stages.push({ name: current, seconds });
    output.write(`${output.isTTY ? "\r\x1b[2K" : ""}${current}: ${seconds.toFixed(1)} s\n`);
    current = null;
  };
  return {
    stage(name) {
      finish();
      current = name;
      started = performance.now();
      written = started;
      let first: { done: number; at: number } | null = null;
      if (output.isTTY) write(name);
      return (done, total, note) => {
        const now = performance.now();
        // What was there at the start (a cache, a checkpoint) says nothing about the rate.
        first ??= { done, at: now };
        if (now - written < interval) return;
        written = now;
        const rate = (done - first.done) / (now - first.at);
        const left = rate > 0 ? `, ${formatDuration((total - done) / rate)} left` : "";
        write(`${name}: ${Math.floor((100 * done) / total)}%${left}${note === undefined ? "" : `, ${note}`}`);
      };
    },
    end() {
      finish();
      return stages;
    },
  };
}
