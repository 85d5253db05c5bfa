/** Where text goes. A class of Node's is not asked for, so that a test can stand in. */
export interface Output {
  write(text: string): void;
  /** Whether a person reads it as it comes: lines are wrapped, coloured and rewritten. */
  readonly isTTY: boolean;
  /** Width in columns; it changes when a window does. */
  readonly columns: number;
}

/** All that a command has of the process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder: paths are shown as they can be opened from there. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The Io of this process. */
export function processIo(signal: AbortSignal): Io {
  const { stdin, env } = process;
  return { stdin, stdout: output(process.stdout), stderr: output(process.stderr), env, cwd: process.cwd(), signal };
}

function output(stream: NodeJS.WriteStream): Output {
  let readerIsGone = false;
  // `| head` closes the pipe early: that is no failure of ours, and the exit code is still the command's.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    readerIsGone = true;
  });
  return {
    write(text) {
      if (!readerIsGone) stream.write(text);
    },
    get isTTY() {
      return Boolean(stream.isTTY) && process.env.TERM !== "dumb";
    },
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** Resolves when all that was written has left the process. */
export async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0 && !stream.destroyed) {
      await new Promise<void>((resolve) => {
        stream.once("error", () => resolve());
        stream.write("", () => resolve());
      });
    }
  }
}

/** Writes a value as indented JSON with control characters escaped, so that a terminal obeys nothing in it. */
export function writeJson(output: Output, value: unknown): void {
  output.write(`${escapeControls(JSON.stringify(value, null, 2))}\n`);
}

/** Writes a value as one line of JSON. */
export function writeJsonLine(output: Output, value: unknown): void {
  output.write(`${escapeControls(JSON.stringify(value))}\n`);
}

/** JSON.stringify escapes the control characters below the blank itself, but not these. */
function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
