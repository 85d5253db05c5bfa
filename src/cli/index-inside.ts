import { isAbsolute, relative, sep } from "node:path";
import type { Settings } from "../config.ts";
import type { Io } from "./io.ts";
import { plain } from "./text.ts";

/** An index among the documents is no mistake, but who looks through them should know what it is. */
export function sayWhenInside({ corpus, index }: Settings, { stderr }: Pick<Io, "stderr">): void {
  const way = relative(corpus, index);
  if (way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return;
  stderr.write(`The index lies inside the documents' folder, in ${plain(way)}; it is passed over.\n`);
}
