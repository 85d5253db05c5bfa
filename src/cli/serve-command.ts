import type { Settings } from "../config.ts";
import { isLoopback } from "../guard.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { type Io, writeJsonLine } from "./io.ts";
import { prepareAloud } from "./prepare-aloud.ts";
import { EXIT, problemLine, problemOf } from "./problem.ts";
import { count } from "./text.ts";
import { updateAloud } from "./with-index.ts";

/** A server that listens. */
export interface Listening {
  /** With the port that was taken. */
  readonly url: string;
  /** Resolves when the answers under way are sent. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly settings: Settings;
  /** Whether the index is brought up to date first. */
  readonly update: boolean;
  /** `{url, documents, passages}` on one line, when ready. */
  readonly json: boolean;
  readonly listen: (pilcrow: Pilcrow) => Promise<Listening>;
  /** Follows the folder until it is stopped; left out where nobody asked for it. */
  readonly follow?: (() => Promise<void>) | undefined;
}

/** Milliseconds between two looks for a newer index: one question to the file system. */
const LOOKS = 250;
/** Milliseconds that answers under way are waited for. */
const GRACE = 5000;

/** `pilcrow serve`. Prints one line when it is ready, and resolves when it was stopped. */
export async function serveCommand(
  pilcrow: Pilcrow,
  { settings, update, json, listen, follow }: ServeOptions,
  io: Io,
): Promise<number> {
  const holds = update ? await updateOrKeep(pilcrow, settings, io) : await holding(pilcrow);
  io.signal.throwIfAborted();
  if (!isLoopback(settings.host)) {
    io.stderr.write(`pilcrow: warning: on ${settings.host}, everybody on the network can read the documents.\n`);
  }
  const server = await listen(pilcrow);
  const url = server.url.replace("//127.0.0.1:", "//localhost:");
  if (json) writeJsonLine(io.stdout, { url, ...holds });
  else {
    const inside = `${count(holds.documents, "document")}, ${count(holds.passages, "passage")}`;
    io.stdout.write(`Pilcrow is ready: ${url} (${inside})\n`);
  }
  // The first question would wait for the model; it loads while the page is opened.
  prepareAloud(pilcrow, io)
    .then(() => pilcrow.warm())
    .catch((error: unknown) => {
      if (!io.signal.aborted) io.stderr.write(`${problemLine(problemOf(error))}\n`);
    });
  // What cannot be opened now is told by the request that needs it, or opened by a later look.
  const looking = setInterval(() => pilcrow.refresh().catch(() => undefined), LOOKS);
  const following = follow?.();
  await aborted(io.signal);
  clearInterval(looking);
  await following;
  await Promise.race([server.close(), new Promise((resolve) => setTimeout(resolve, GRACE).unref())]);
  return EXIT.success;
}

interface Holds {
  readonly documents: number;
  readonly passages: number;
}

/** An index that cannot be brought up to date is served as it is; without one, the failure stands. */
export async function updateOrKeep(pilcrow: Pilcrow, settings: Settings, io: Io): Promise<Holds> {
  try {
    const { documents, passages } = await updateAloud(pilcrow, settings, io);
    return { documents, passages };
  } catch (error) {
    io.signal.throwIfAborted();
    const holds = await holding(pilcrow).catch(() => {
      throw error;
    });
    io.stderr.write(`${problemLine(problemOf(error))}\n`);
    io.stderr.write("pilcrow: warning: the index was not brought up to date; it is served as it is.\n");
    return holds;
  }
}

async function holding(pilcrow: Pilcrow): Promise<Holds> {
  const documents = await pilcrow.documents();
  return { documents: documents.length, passages: documents.reduce((sum, { passages }) => sum + passages, 0) };
}

/** Resolves with the signal. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
