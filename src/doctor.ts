import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { z } from "zod";
import { passagesSent, requireLanguageModel } from "./answering/providers.ts";
import { textsSent } from "./config/model.ts";
import type { Settings } from "./config.ts";
import type { ModelSource } from "./embedding/embedder.ts";
import { PilcrowError } from "./errors.ts";
import type { Pilcrow } from "./pilcrow.ts";
import { readCorpus } from "./read-corpus.ts";

/** What one check found. A warning leaves Pilcrow usable. */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "warning" | "problem";
  readonly message: string;
  /** What to do about it; empty where all is well. */
  readonly advice: string;
}

/** All that is checked. */
export interface Patient {
  readonly settings: Settings;
  readonly pilcrow: Pilcrow;
  readonly packageRoot: string;
  readonly webRoot: string;
  /** "20.19.0" */
  readonly nodeVersion: string;
  readonly model: Pick<ModelSource, "load" | "isHere">;
  /** Loads the library that keeps the index. */
  readonly loadStore: () => Promise<unknown>;
}

type Check = (patient: Patient) => Promise<Omit<Finding, "name">>;

/** Every check, in order, as each is done. Nothing is written anywhere. */
export async function* diagnose(patient: Patient): AsyncGenerator<Finding> {
  for (const [name, check] of Object.entries(CHECKS)) {
    const found = await check(patient).catch((error: unknown) => problemOf(error));
    yield { name, ...found };
  }
}

const CHECKS: Readonly<Record<string, Check>> = {
  node: checkNode,
  store: checkStore,
  model: checkModel,
  "language model": checkLanguageModel,
  corpus: checkCorpus,
  index: checkIndex,
  "index folder": checkIndexFolder,
  page: checkPage,
  port: checkPort,
};

async function checkNode({ packageRoot, nodeVersion }: Patient): Promise<Omit<Finding, "name">> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")));
  const needed = manifest.engines.node;
  const has = `Node ${nodeVersion} on ${process.platform} ${process.arch}`;
  if (isAtLeast(nodeVersion, needed)) return ok(`${has} (${needed} is needed)`);
  return problem(`${has}, but ${needed} is needed`, "Install a newer Node from nodejs.org.");
}

const Manifest = z.object({ engines: z.object({ node: z.string().startsWith(">=") }) });

function isAtLeast(version: string, range: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = range.replace(">=", "").split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

async function checkStore({ loadStore }: Patient): Promise<Omit<Finding, "name">> {
  try {
    await loadStore();
    return ok("the vector store loads");
  } catch (error) {
    return problem(`the vector store does not load: ${messageOf(error)}`, "Run `npm ci` again.");
  }
}

async function checkModel({ settings, model }: Patient): Promise<Omit<Finding, "name">> {
  const chosen = settings.model;
  if (chosen.kind === "hub" && !(await isHere(model))) {
    const host = new URL(chosen.endpoint).host;
    return warning(`${chosen.id} is not downloaded yet`, `\`pilcrow index\` fetches it from ${host}.`);
  }
  const embedder = await model.load();
  const [vector] = await embedder.embed(["Does the model work?"], "query");
  const isUnit = Math.abs(Math.hypot(...(vector ?? [])) - 1) < 0.01;
  if (vector?.length !== embedder.dimension || !isUnit) {
    return problem(`${embedder.id} gives no vectors of unit length`, "Use the bundled model: leave --model out.");
  }
  const works = `${embedder.id} gives vectors of ${embedder.dimension} dimensions`;
  const sent = textsSent(chosen);
  return ok(sent === null ? works : `${works}; ${sent}`);
}

/** Whether it could be asked; a request would cost something. */
async function checkLanguageModel({ settings: { llm }, model }: Patient): Promise<Omit<Finding, "name">> {
  if (llm === null) return ok("none is set: answers are quotes");
  await requireLanguageModel(llm);
  const sent = passagesSent(llm);
  const hasFloor = !(await isHere(model)) || (await model.load()).words !== undefined;
  const without = "its sentences are checked without a floor of similarity, which this embedding model has none of";
  return ok(hasFloor ? sent : `${sent}; ${without}`);
}

async function isHere(model: Patient["model"]): Promise<boolean> {
  return model.isHere ? model.isHere() : true;
}

async function checkCorpus({ settings }: Patient): Promise<Omit<Finding, "name">> {
  const { corpus, exampleCorpus, index, maxFileBytes } = settings;
  const { documents, failures } = await readCorpus({ folder: corpus, maxFileBytes, ignore: [index] });
  const where = `${corpus}${exampleCorpus ? " (the example documents)" : ""}`;
  const failed =
    failures.length === 0 ? "" : `, and ${counted(failures.length, "entry", "entries")} that cannot be indexed`;
  if (documents.length === 0) {
    return problem(`${where} holds no document${failed}`, "Put some there, or name another folder with --corpus.");
  }
  const holds = `${where} holds ${counted(documents.length, "document")}${failed}`;
  return failures.length === 0 ? ok(holds) : warning(holds, "`pilcrow index` lists them.");
}

async function checkIndex({ pilcrow, settings, model }: Patient): Promise<Omit<Finding, "name">> {
  const { generation, documents, passages, embedder, failureCount, pending } = await pilcrow.status();
  if (generation === null) return warning(`there is none in ${settings.index}`, "Run `pilcrow index`.");
  // Throws where another model or other rules made the index. Nothing is downloaded to find out.
  if (await isHere(model)) await pilcrow.warm();
  const holds = `${counted(documents, "document")}, ${counted(passages, "passage")}, made with ${embedder ?? "an unknown model"}`;
  const behind = pending ? Object.values(pending).reduce((sum, count) => sum + count, 0) : 0;
  if (behind > 0) return warning(`${holds}; ${counted(behind, "file")} changed since`, "Run `pilcrow index`.");
  if (failureCount > 0)
    return warning(`${holds}; ${counted(failureCount, "file")} could not be indexed`, "See `pilcrow status`.");
  return ok(holds);
}

async function checkIndexFolder({ settings }: Patient): Promise<Omit<Finding, "name">> {
  const folder = await nearestExisting(settings.index);
  if (!(await stat(folder)).isDirectory())
    return problem(`${folder} is not a folder`, "Keep the index elsewhere: --index FOLDER.");
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return ok(`${settings.index} can be written`);
  } catch {
    return problem(`${folder} cannot be written`, "Keep the index elsewhere: --index FOLDER.");
  }
}

/** The folder itself, or the nearest above it that is there. */
async function nearestExisting(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  const above = dirname(folder);
  return there || above === folder ? folder : nearestExisting(above);
}

async function checkPage({ webRoot }: Patient): Promise<Omit<Finding, "name">> {
  const built = await stat(join(webRoot, "index.html")).catch(() => null);
  if (built) return ok("the chat page is built");
  return warning("the chat page is not built", "Run `npm start`, which builds it; the API works without.");
}

async function checkPort({ settings: { host, port } }: Patient): Promise<Omit<Finding, "name">> {
  if (port === 0) return ok("a free one is taken");
  const code = await refusalToListen(host, port);
  if (code === null) return ok(`${port} of ${host} is free`);
  if (code === "EADDRINUSE") {
    return warning(
      `${port} of ${host} is in use, perhaps by Pilcrow itself`,
      "Choose another with --port if it is not.",
    );
  }
  return problem(`${port} of ${host} cannot be listened on (${code})`, "Choose others with --host and --port.");
}

/** Listens for a moment; null when that works, else the system's error code. */
function refusalToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

function ok(message: string): Omit<Finding, "name"> {
  return { state: "ok", message, advice: "" };
}

function warning(message: string, advice: string): Omit<Finding, "name"> {
  return { state: "warning", message, advice };
}

function problem(message: string, advice: string): Omit<Finding, "name"> {
  return { state: "problem", message, advice };
}

function problemOf(error: unknown): Omit<Finding, "name"> {
  return problem(messageOf(error), error instanceof PilcrowError ? error.advice : "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
