import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { Settings } from "../config.ts";
import type { IndexEvent } from "../index-corpus.ts";
import type { Step, Tell } from "../mcp/context.ts";
import { resourceUri } from "../mcp/document-link.ts";
import { preparation } from "../mcp/preparation.ts";
import { saidOnce } from "../mcp/said-once.ts";
import { createMcpServer } from "../mcp/server.ts";
import type { Pilcrow } from "../pilcrow.ts";
import { sentence } from "../problem.ts";
import type { Io } from "./io.ts";
import { prepareAloud } from "./prepare-aloud.ts";
import { EXIT, problemLine, problemOf, sentences } from "./problem.ts";
import { aborted, updateOrKeep } from "./serve-command.ts";
import { count } from "./text.ts";

export interface McpOptions {
  readonly settings: Settings;
  /** Of Pilcrow. */
  readonly version: string;
  /** Between the client and this process; what closes it ends the command. */
  readonly transport: Transport;
  /** Follows the folder until it is stopped; left out where nobody asked for it. */
  readonly follow?: ((io: Io) => Promise<void>) | undefined;
}

/** Milliseconds between two looks for a newer index: one question to the file system. */
const LOOKS = 500;

/**
 * `pilcrow mcp`: answers a client at once, and brings the index up to date meanwhile; what needs it waits. All that is
 * said goes to standard error. Resolves when the client has gone or the command was stopped.
 */
export async function mcpCommand(
  pilcrow: Pilcrow,
  { settings, version, transport, follow }: McpOptions,
  io: Io,
): Promise<number> {
  const gone = new AbortController();
  const signal = AbortSignal.any([io.signal, gone.signal]);
  const until = { ...io, signal };
  const index = preparation((tell) => updateOrKeep(telling(pilcrow, tell), settings, until));
  // As over HTTP, a sentence by itself; on a terminal the program's name stands before it.
  const explain = (error: unknown) => sentence(sentences(problemOf(error)));
  const server = createMcpServer({
    pilcrow,
    version,
    listChanged: true,
    ready: index.wait,
    link: resourceUri,
    explain,
  });
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  await server.connect(saidOnce(transport));
  const aloud = (error: unknown) => {
    if (!signal.aborted) io.stderr.write(`${problemLine(problemOf(error))}\n`);
  };
  // What cannot be done now is told by the request that needs it, too.
  const updating = index
    .start()
    .then(() => prepareAloud(pilcrow, until))
    .then(() => pilcrow.warm())
    .catch(aloud);
  const following = updating.then(async () => {
    const stop = await followIndex(pilcrow, () => server.sendResourceListChanged());
    if (!signal.aborted) await follow?.(until);
    await aborted(signal);
    stop();
  });
  io.signal.addEventListener("abort", () => void server.close(), { once: true });
  if (io.signal.aborted) await server.close();
  await closed;
  gone.abort();
  await following;
  return EXIT.success;
}

/** Calls `changed` whenever the index is another than before. Returns what ends that. */
async function followIndex(pilcrow: Pilcrow, changed: () => void): Promise<() => void> {
  const generation = async () => {
    // What cannot be opened is told by the request that needs it.
    await pilcrow.refresh().catch(() => undefined);
    return (await pilcrow.status({ pending: false })).generation;
  };
  let known = await generation().catch(() => null);
  const look = async () => {
    const now = await generation();
    if (now === known) return;
    known = now;
    changed();
  };
  const looking = setInterval(() => look().catch(() => undefined), LOOKS);
  return () => clearInterval(looking);
}

/** The same, where indexing tells how it goes to one more listener. */
function telling(pilcrow: Pilcrow, tell: Tell): Pilcrow {
  return {
    ...pilcrow,
    async *index(options) {
      for await (const event of pilcrow.index(options)) {
        const step = stepOf(event);
        if (step !== null) tell(step);
        yield event;
      }
    },
  };
}

function stepOf(event: IndexEvent): Step | null {
  if (event.type !== "progress") return null;
  const { passages, passagesTotal, documents, documentsTotal } = event;
  const message = `${documents} of ${count(documentsTotal, "document")} indexed`;
  return { counted: { done: passages, total: passagesTotal }, message };
}
