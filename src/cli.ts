#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Action, parseArguments } from "./cli/arguments.ts";
import { commands } from "./cli/commands.ts";
import { helpData, helpText } from "./cli/help.ts";
import { flushed, type Io, processIo, writeJson } from "./cli/io.ts";
import { EXIT, report } from "./cli/problem.ts";
import { textsSent } from "./config/model.ts";
import type { SettingFlags } from "./config/settings-table.ts";
import { parseSettings, type Settings } from "./config.ts";
import { UsageError } from "./errors.ts";

const here = dirname(fileURLToPath(import.meta.url));
const packageRoot = dirname(here);
/** Where `node web/build.js` puts the page; the package carries it inside dist. */
const webRoot = basename(here) === "dist" ? join(here, "web") : join(packageRoot, "web", "dist");

/** Runs a command line and returns its exit code. */
async function main(argv: readonly string[], io: Io): Promise<number> {
  // Known before the arguments are read, so that wrong usage is told as JSON too.
  let json = argv.slice(0, argv.includes("--") ? argv.indexOf("--") : argv.length).includes("--json");
  try {
    const action = parseArguments(argv);
    json = action.json;
    const performed = perform(action, io);
    // These put things in order when stopped; the others may end at once, since an index is safe to cut off.
    const waitsForOrder = ["index", "serve", "mcp"].includes(action.command);
    return await (waitsForOrder ? performed : Promise.race([performed, stopped(io.signal)]));
  } catch (error) {
    return report(error, json, io);
  }
}

/** What each command needs is imported when it runs, so that help and wrong usage do not wait for it. */
async function perform(action: Action, io: Io): Promise<number> {
  const { command, json } = action;
  if (command === "help") {
    if (json) writeJson(io.stdout, helpData(action.topic));
    else io.stdout.write(helpText(action.topic, io.stdout.columns));
    return EXIT.success;
  }
  if (command === "version") {
    const version = await readVersion();
    if (json) writeJson(io.stdout, { version });
    else io.stdout.write(`${version}\n`);
    return EXIT.success;
  }

  const settings = parseSettings(action.settings, io.env, io.cwd, packageRoot);
  // A language model that cannot be used is told of before the index is brought up to date.
  const writes =
    command === "serve" || command === "mcp" || (command === "ask" && action.request.mode === "generative");
  const llm = writes ? settings.llm : null;
  if (command === "ask" && writes && llm === null) {
    const advice = "Name one with --llm PROVIDER:MODEL or PILCROW_LLM.";
    throw new UsageError("no-language-model", "--mode generative needs a language model, and none is set", advice);
  }
  if (llm !== null) {
    const { passagesSent, requireLanguageModel } = await import("./answering/providers.ts");
    await requireLanguageModel(llm);
    io.stderr.write(`pilcrow: ${passagesSent(llm)}.\n`);
  }
  if (command !== "status" && command !== "doctor") sayWhenSent(settings, io);
  if (command === "eval") {
    const { evalCommand } = await import("./cli/eval-command.ts");
    return evalCommand({ settings, folder: action.folder, baseline: action.baseline, json, packageRoot }, io);
  }
  const { createPilcrow } = await import("./pilcrow.ts");
  const pilcrow = createPilcrow(settings);
  if (command !== "status" && command !== "doctor") sayWhenExample(settings, io);
  switch (command) {
    case "index": {
      const [{ indexCommand }, { giveWay }] = await Promise.all([
        import("./cli/index-command.ts"),
        import("./cli/give-way.ts"),
      ]);
      giveWay();
      return indexCommand(pilcrow, { settings, rebuild: action.rebuild, watch: action.watch, json }, io);
    }
    case "ask": {
      const { askCommand } = await import("./cli/ask-command.ts");
      return askCommand(pilcrow, { settings, request: action.request, json }, io);
    }
    case "search": {
      const { searchCommand } = await import("./cli/search-command.ts");
      return searchCommand(pilcrow, { settings, request: action.request, json }, io);
    }
    case "serve": {
      const { requireCorpus } = await import("./documents/corpus.ts");
      await requireCorpus(settings.corpus);
      const [{ serveCommand }, { keepHeapSmall }] = await Promise.all([
        import("./cli/serve-command.ts"),
        import("./cli/small-heap.ts"),
      ]);
      keepHeapSmall();
      const version = await readVersion();
      const { host, port, allowedHosts, publicUrl } = settings;
      const { createServer, listen } = await import("./server.ts");
      const start = () =>
        listen(createServer(pilcrow, { webRoot, version, host, allowedHosts, publicUrl }), { host, port });
      const follow = action.watch ? () => watchInOtherProcess(action.settings, io) : undefined;
      return serveCommand(pilcrow, { settings, update: action.update, json, listen: start, follow }, io);
    }
    case "mcp": {
      const { mcpCommand } = await import("./cli/mcp-command.ts");
      const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
      const { untilAnswered } = await import("./mcp/until-answered.ts");
      const inputEnd = new Promise<void>((resolve) => process.stdin.once("end", () => resolve()));
      const transport = untilAnswered(new StdioServerTransport(), inputEnd);
      const follow = action.watch ? (until: Io) => watchInOtherProcess(action.settings, until) : undefined;
      return mcpCommand(pilcrow, { settings, version: await readVersion(), transport, follow }, io);
    }
    case "status": {
      const { statusCommand } = await import("./cli/status-command.ts");
      return statusCommand(pilcrow, { settings, json }, io);
    }
    case "doctor": {
      const { doctorCommand } = await import("./cli/doctor-command.ts");
      const patient = {
        settings,
        pilcrow,
        packageRoot,
        webRoot,
        nodeVersion: process.versions.node,
        model: (await import("./embedding/source.ts")).modelSource(settings.model),
        loadStore: () => import("./store/vectra.ts"),
      };
      return doctorCommand({ patient, json }, io);
    }
  }
}

/** With the settings that were given here, so far as `index` takes them. */
async function watchInOtherProcess(given: SettingFlags, io: Io): Promise<void> {
  const { watchInProcess } = await import("./cli/watching-process.ts");
  const taken: readonly string[] = commands.find(({ name }) => name === "index")?.settings ?? [];
  const flags = Object.entries(given).flatMap(([flag, value]) => (taken.includes(flag) ? [`--${flag}=${value}`] : []));
  return watchInProcess([...process.execArgv, fileURLToPath(import.meta.url), "index", "--watch", ...flags], io);
}

function sayWhenExample({ exampleCorpus }: Settings, { stderr }: Io): void {
  if (!exampleCorpus) return;
  stderr.write("No folder `corpus` here: using the example documents. --corpus FOLDER takes yours.\n");
}

function sayWhenSent({ model }: Settings, { stderr }: Io): void {
  const sent = textsSent(model);
  if (sent !== null) stderr.write(`pilcrow: ${sent}.\n`);
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(version);
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Milliseconds a command has to stop after the first signal; a second signal ends it at once. */
const GRACE = 6000;

function stopOnSignals(controller: AbortController): void {
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    setTimeout(() => process.exit(EXIT.interrupted), GRACE).unref();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // Started by another Pilcrow: it has died.
  process.on("disconnect", stop);
}

const controller = new AbortController();
stopOnSignals(controller);
const io = processIo(controller.signal);
// What nobody caught is told like everything else: in one line, without a stack.
process.on("uncaughtException", (error) => process.exit(report(error, false, io)));
const code = await main(process.argv.slice(2), io);
await flushed();
process.exit(code);
