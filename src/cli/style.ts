import type { Io, Output } from "./io.ts";

/** Wraps text in the terminal's codes, or leaves it as it is where nobody would see a colour. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

/** Colours on a terminal only, and never with NO_COLOR (https://no-color.org). */
export function styleOf(output: Output, env: Io["env"]): Style {
  const coloured = output.isTTY && !env.NO_COLOR;
  const code = (on: number, off: number) => (text: string) =>
    coloured && text ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), green: code(32, 39), yellow: code(33, 39), red: code(31, 39) };
}
